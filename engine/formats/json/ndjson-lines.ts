import { isUtf8 } from 'node:buffer';
import type { ByteSource } from '../../dataset';
import { ImportError } from '../../issues';
import { decodeChunks } from '../encoding';
import { readAhead } from '../records';
import { parseFlatRecords } from './flat-records';
import type { Nested } from './json-records';
import { fewerKeys, mostKeys } from './key-count';
import { mayHoldTooManyKeys, refuseTooManyKeys } from './key-limit';

/** A line whose bytes are not UTF-8, as well as it can be shown. */
export class DamagedLine {
	constructor(readonly text: string) {}
}

/** Some whole lines in order: the records that they hold where all are sound and flat, else the lines themselves. */
export interface LineGroup {
	readonly records?: readonly unknown[];
	readonly lines?: ReadonlyArray<string | DamagedLine>;
	/** At least as many keys as the lines hold: see `mostKeys`. */
	readonly keys: number;
	/** The lines once more. */
	readonly again: () => ReadonlyArray<string | DamagedLine>;
}

/**
 * The lines of a file, blank ones included.
 *
 * @throws ImportError FILE_TOO_LARGE when a line exceeds the limit, or has more keys than a table may have columns
 */
export async function* ndjsonLines(
	bytes: ByteSource,
	encoding: string,
	{ maxLength, nested }: { maxLength: number; nested: Nested },
): AsyncGenerator<LineGroup, void, undefined> {
	if (encoding === 'utf-8') {
		let isFirst = true;
		for await (const lines of framedLines(bytes, maxLength)) {
			yield groupOf(isFirst ? withoutByteOrderMark(lines) : lines, nested);
			isFirst = false;
		}
		return;
	}
	let rest: string[] = [];
	let restLength = 0;
	for await (const text of decodeChunks(readAhead(bytes.chunks()), encoding)) {
		const end = text.lastIndexOf('\n');
		if (end === -1) {
			rest.push(text);
			restLength += text.length;
			if (restLength > maxLength) throw tooLong(maxLength);
			continue;
		}
		yield groupOfText(rest.join('') + text.slice(0, end), nested);
		rest = [text.slice(end + 1)];
		restLength = text.length - end - 1;
	}
	if (restLength > 0) yield groupOfText(rest.join(''), nested);
}

const LINE_FEED = 0x0a;

const FRAME = Buffer.from('\n');

const BYTE_ORDER_MARK = Buffer.from('\ufeff');

/** Whole lines as bytes, with a line feed before the first and behind each. */
async function* framedLines(
	bytes: ByteSource,
	maxLength: number,
): AsyncGenerator<Buffer, void, undefined> {
	let rest: Buffer[] = [FRAME];
	let restLength = 0;
	for await (const read of readAhead(bytes.chunks())) {
		const chunk = Buffer.from(read.buffer, read.byteOffset, read.byteLength);
		const end = chunk.lastIndexOf(LINE_FEED) + 1;
		if (end > 0) {
			yield Buffer.concat([...rest, chunk.subarray(0, end)]);
			rest = [FRAME];
			restLength = 0;
		}
		// a copy: it must not hold on to the larger piece that was read from the disk
		rest.push(end > 0 ? Buffer.from(chunk.subarray(end)) : chunk);
		restLength += countCharacters(chunk.subarray(end));
		if (restLength > maxLength) throw tooLong(maxLength);
	}
	if (restLength > 0) yield Buffer.concat([...rest, FRAME]);
}

function tooLong(maxLength: number): ImportError {
	return new ImportError(
		'FILE_TOO_LARGE',
		`A line of the file is longer than ${maxLength} characters`,
	);
}

/** Characters of UTF-8, counted by their first bytes. */
function countCharacters(bytes: Uint8Array): number {
	let count = 0;
	for (const byte of bytes) if (byte < 0x80 || byte >= 0xc0) count++;
	return count;
}

function withoutByteOrderMark(framed: Buffer): Buffer {
	if (framed.indexOf(BYTE_ORDER_MARK) !== FRAME.length) return framed;
	const text = framed.subarray(BYTE_ORDER_MARK.length);
	text[0] = LINE_FEED;
	return text;
}

function groupOf(framed: Buffer, nested: Nested): LineGroup {
	const keys = mostKeys(framed);
	if (!isUtf8(framed)) return groupOfLines(splitDamaged(framed.subarray(1, -1)), keys, nested);
	// lines that may hold too many keys are looked at before they are parsed
	const records = mayHoldTooManyKeys(framed.length) ? undefined : parseFlatRecords(framed);
	if (records !== undefined) return { records, keys, again: () => linesOf(framed) };
	return groupOfLines(linesOf(framed), keys, nested);
}

function groupOfText(text: string, nested: Nested): LineGroup {
	return groupOfLines(text.split('\n'), fewerKeys(text), nested);
}

function groupOfLines(
	lines: ReadonlyArray<string | DamagedLine>,
	keys: number,
	nested: Nested,
): LineGroup {
	for (const line of lines) if (typeof line === 'string') refuseTooManyKeys(line, nested);
	return { lines, keys, again: () => lines };
}

const linesOf = (framed: Buffer): string[] =>
	framed.toString('utf8', 1, framed.length - 1).split('\n');

/** The lines of text that is not UTF-8; those that are get through unharmed. */
function splitDamaged(text: Buffer): Array<string | DamagedLine> {
	const lines: Array<string | DamagedLine> = [];
	for (let start = 0; start <= text.length;) {
		const found = text.indexOf(LINE_FEED, start);
		const end = found === -1 ? text.length : found;
		const bytes = text.subarray(start, end);
		const line = bytes.toString('utf8');
		lines.push(isUtf8(bytes) ? line : new DamagedLine(line));
		start = end + 1;
	}
	return lines;
}
