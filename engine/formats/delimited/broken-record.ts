import { readLeniently } from './lenient-line';
import { findLineEnd } from './line-ends';
import { MalformedRecord, OverlongRecord, type FileRecord } from './record-batch';
import { Tokenizer, type Dialect } from './tokenizer';

/** A record that is broken is looked at together with so many lines and characters behind it, and no more. */
const LINES_AHEAD = 10;
const CHARACTERS_AHEAD = 16 * 1024;

/** What is kept of a line that is longer than the limit. */
const KEPT_OF_LONG_LINE = 64 * 1024;

/** A record that was found behind a fault. */
export interface FoundRecord {
	record: FileRecord;
	/** Where the next record begins; -1 where the line is too long and its end is not there yet. */
	end: number;
}

/** What is known when a broken record is read. */
interface BrokenRecordContext {
	dialect: Dialect;
	/** Numbers of cells that the record may have; the likeliest first. */
	widths: ReadonlySet<number | undefined>;
	/** In characters. */
	maxRecordLength: number;
	/** Whether no more text follows. */
	isEnd: boolean;
}

/**
 * Reads a line whose quotes are broken, with those behind it where they belong to it. How it is read depends on a window
 * of text behind its start alone, never on how much more is there: a file gives the same records however it arrives.
 *
 * @returns undefined where text of that window is missing
 */
export function readBrokenRecord(
	text: string,
	start: number,
	context: BrokenRecordContext,
): FoundRecord | undefined {
	const { dialect, widths, maxRecordLength, isEnd } = context;
	const lineEndFrom = (from: number) => {
		const found = findLineEnd(text, from, dialect.newline);
		return found === undefined && isEnd ? { at: text.length, next: text.length } : found;
	};
	const first = lineEndFrom(start);
	if ((first?.at ?? text.length) - start > maxRecordLength) {
		const kept = Math.min(KEPT_OF_LONG_LINE, maxRecordLength);
		const record = new OverlongRecord(text.slice(start, start + kept), maxRecordLength);
		return { record, end: first?.next ?? -1 };
	}
	if (first === undefined) return undefined;
	const malformed = { record: new MalformedRecord(text.slice(start, first.at)), end: first.next };
	const reach = start + Math.min(CHARACTERS_AHEAD, maxRecordLength);
	let last = first;
	for (let lines = 0; lines < LINES_AHEAD && last.at <= reach; lines++) {
		for (const width of widths) {
			if (width === undefined) continue;
			const cells = readLeniently(text.slice(start, last.at), dialect, width);
			if (cells !== undefined) return { record: cells, end: last.next };
		}
		if (last.next >= text.length) return isEnd ? malformed : undefined;
		const isSound = isSoundAt(text, last.next, context);
		if (isSound === undefined) return undefined;
		if (isSound) return malformed;
		const next = lineEndFrom(last.next);
		if (next === undefined) return text.length > reach ? malformed : undefined;
		last = next;
	}
	return malformed;
}

/** Whether a record of an expected width begins at a line; undefined where text is missing that could tell. */
function isSoundAt(
	text: string,
	start: number,
	{ dialect, widths, isEnd }: BrokenRecordContext,
): boolean | undefined {
	const window = text.slice(start, start + CHARACTERS_AHEAD);
	const isAll = isEnd || window.length === CHARACTERS_AHEAD;
	const tokenizer = new Tokenizer(window, dialect, isAll);
	if (!tokenizer.read(0)) return isAll ? false : undefined;
	return tokenizer.fault === undefined && widths.has(tokenizer.cells.length);
}
