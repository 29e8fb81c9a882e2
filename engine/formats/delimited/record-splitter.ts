import { readLeniently } from './lenient-line';
import { countLineEnds, findLineEnd, type LineEnd } from './line-ends';
import { LooseQuotes } from './loose-quotes';
import { parseFast, suitsPapaParse } from './papa-parse';
import {
	CommentLine,
	MalformedRecord,
	RecordBatch,
	type FileRecord,
	type RecordNote,
} from './record-batch';
import { Tokenizer, type Dialect } from './tokenizer';

/** A record that is broken is looked at together with so many lines and characters behind it, and no more. */
const LINES_AHEAD = 10;
const CHARACTERS_AHEAD = 16 * 1024;

/** Records that the careful way gives out at a time. */
const CAREFUL_RECORDS = 500;

/** A record that grows longer is read anew only once it has doubled, so that its length costs linear time. */
const LONG_RECORD = 64 * 1024;

/** What is kept of a line that is longer than the limit. */
const KEPT_OF_LONG_LINE = 64 * 1024;

/** A record that was found behind a fault, and where the next begins. */
interface Found {
	record: FileRecord;
	end: number;
}

/** Takes pieces of text and gives the records that they complete. */
export class RecordSplitter {
	readonly #dialect: Dialect;

	readonly #maxRecordLength: number;

	readonly #isSuitable: boolean;

	readonly #looseQuotes: LooseQuotes;

	/** Text of a record that is not complete. */
	#rest = '';

	/** How long the text must be until it is worth a look. */
	#wanted = 0;

	/** Whether the text up to the next line end belongs to a line that was too long. */
	#isSkipping = false;

	/**
	 * Characters that are still searched for a quote inside a cell that has none around it. It does no harm and is reported
	 * once; to look for the first one in all of a large file would cost more than it tells.
	 */
	#searchedForLooseQuote = 4 * 1024 * 1024;

	#isLooseQuoteNoted = false;

	#firstRecord = 1;

	#firstLine = 1;

	/** The number of cells of the last sound record. */
	#width: number | undefined;

	constructor(dialect: Dialect, maxRecordLength: number) {
		this.#dialect = dialect;
		this.#maxRecordLength = maxRecordLength;
		this.#isSuitable = suitsPapaParse(dialect);
		this.#looseQuotes = new LooseQuotes(dialect);
	}

	/** Takes a piece of text. @returns the records that are complete now */
	*add(piece: string): Generator<RecordBatch> {
		this.#rest += piece;
		if (this.#isSkipping && !this.#skipLongLine()) return;
		if (this.#rest.length < this.#wanted && this.#rest.length <= this.#maxRecordLength) return;
		yield* this.#split();
		while (this.#rest.length > this.#maxRecordLength) yield* this.#breakLongRecord();
		this.#wanted = this.#rest.length > LONG_RECORD ? 2 * this.#rest.length : 0;
	}

	/** Says that no more text follows. @returns the last records */
	*end(): Generator<RecordBatch> {
		if (this.#isSkipping && !this.#skipLongLine()) return;
		yield* this.#splitCarefully(true);
	}

	*#split(): Generator<RecordBatch> {
		const text = this.#rest;
		const fast = this.#mayBeFast(text) ? parseFast(text, this.#dialect) : undefined;
		if (fast === undefined) {
			yield* this.#splitCarefully(false);
			return;
		}
		if (fast.records.length === 0) return;
		this.#width = fast.records.at(-1)?.length;
		yield this.#take(fast.length, fast.records);
	}

	/** Whether nothing speaks against the fast way, which sees broken quotes around cells and nothing else. */
	#mayBeFast(text: string): boolean {
		const { quote, escape, comment, newline } = this.#dialect;
		if (!this.#isSuitable) return false;
		if (newline === '\r' && text.includes('\n')) return false;
		if (comment !== '' && (text.startsWith(comment) || text.includes(newline + comment)))
			return false;
		if (quote === '' || !text.includes(quote)) return true;
		if (escape !== quote && text.includes(escape + escape)) return false;
		if (this.#searchedForLooseQuote <= 0) return true;
		this.#searchedForLooseQuote -= text.length;
		return !this.#looseQuotes.areIn(text);
	}

	/** Cuts the text of some records off and makes a batch of them. */
	#take(
		length: number,
		records: FileRecord[],
		known?: { starts: number[]; notes: ReadonlyMap<number, RecordNote> },
	): RecordBatch {
		const all = this.#rest;
		const text = all.slice(0, length);
		this.#rest = all.slice(length);
		const at = { firstRecord: this.#firstRecord, firstLine: this.#firstLine };
		this.#firstRecord += records.length;
		const { quote, newline } = this.#dialect;
		const isLineEach = known === undefined && (quote === '' || !text.includes(quote));
		this.#firstLine += isLineEach ? records.length : countLineEnds(all, newline, length);
		return new RecordBatch(records, at, text, this.#dialect, known);
	}

	/** @param breakFirst whether the first record counts as broken where it does not end */
	*#splitCarefully(isEnd: boolean, breakFirst = false): Generator<RecordBatch> {
		const text = this.#rest;
		const tokenizer = new Tokenizer(text, this.#dialect, isEnd);
		let records: FileRecord[] = [];
		let starts: number[] = [];
		let notes = new Map<number, RecordNote>();
		let position = 0;
		let taken = 0;
		while (position < text.length) {
			starts.push(position - taken);
			const isWhole = tokenizer.read(position);
			if (isWhole && tokenizer.fault === undefined) {
				if (tokenizer.isComment) {
					records.push(new CommentLine(text.slice(position, tokenizer.end).trimEnd()));
				} else {
					if (tokenizer.hasLooseQuote && !this.#isLooseQuoteNoted) {
						this.#isLooseQuoteNoted = true;
						this.#searchedForLooseQuote = 0;
						notes.set(records.length, 'loose-quote');
					}
					this.#width = tokenizer.cells.length;
					records.push(tokenizer.cells);
				}
				position = tokenizer.end;
			} else {
				const isBroken = isWhole || (breakFirst && position === 0);
				const found = isBroken
					? this.#readBroken(text, position, isEnd, breakFirst && position === 0)
					: undefined;
				if (found === undefined) break;
				if (Array.isArray(found.record)) notes.set(records.length, 'broken-quotes');
				records.push(found.record);
				position = found.end;
				tokenizer.forget();
			}
			if (records.length < CAREFUL_RECORDS) continue;
			starts.push(position - taken);
			yield this.#take(position - taken, records, { starts, notes });
			taken = position;
			[records, starts, notes] = [[], [], new Map<number, RecordNote>()];
		}
		if (records.length === 0) return;
		if (starts.length === records.length) starts.push(position - taken);
		yield this.#take(position - taken, records, { starts, notes });
	}

	/**
	 * Reads a line whose quotes are broken, with those behind it where they belong to it.
	 *
	 * @param isDue whether it is read now, though text may be missing
	 * @returns undefined where text is missing
	 */
	#readBroken(text: string, start: number, isEnd: boolean, isDue: boolean): Found | undefined {
		const first = this.#endOfLine(text, start, isEnd);
		if (first === undefined) return undefined;
		const malformed = { record: new MalformedRecord(text.slice(start, first.at)), end: first.next };
		if (first.at - start > this.#maxRecordLength) return malformed;
		const unsolved = isEnd || isDue ? malformed : undefined;
		const widths = new Set([this.#width, this.#dialect.width]);
		let last = first;
		for (let lines = 0; lines < LINES_AHEAD && last.at - start <= CHARACTERS_AHEAD; lines++) {
			for (const width of widths) {
				if (width === undefined) continue;
				const cells = readLeniently(text.slice(start, last.at), this.#dialect, width);
				if (cells !== undefined) return { record: cells, end: last.next };
			}
			if (last.next >= text.length) return unsolved;
			if (this.#isSoundAt(text, last.next, widths)) return malformed;
			const next = this.#endOfLine(text, last.next, isEnd);
			if (next === undefined) return unsolved;
			last = next;
		}
		return malformed;
	}

	/** Whether a record of the expected width begins at a line. */
	#isSoundAt(text: string, start: number, widths: ReadonlySet<number | undefined>): boolean {
		const tokenizer = new Tokenizer(
			text.slice(start, start + CHARACTERS_AHEAD),
			this.#dialect,
			true,
		);
		return tokenizer.read(0) && tokenizer.fault === undefined && widths.has(tokenizer.cells.length);
	}

	#endOfLine(text: string, start: number, isEnd: boolean): LineEnd | undefined {
		const found = findLineEnd(text, start, this.#dialect.newline);
		if (found !== undefined) return found;
		return isEnd ? { at: text.length, next: text.length } : undefined;
	}

	/** A record beyond the limit: a quote that is never closed, or a line that does not end. */
	*#breakLongRecord(): Generator<RecordBatch> {
		if (this.#endOfLine(this.#rest, 0, false) !== undefined) {
			yield* this.#splitCarefully(false, true);
			return;
		}
		const line = this.#rest.slice(0, KEPT_OF_LONG_LINE);
		const reason = `it is longer than ${this.#maxRecordLength} characters`;
		const starts = [0, this.#rest.length];
		yield this.#take(this.#rest.length, [new MalformedRecord(line, reason)], {
			starts,
			notes: new Map(),
		});
		this.#isSkipping = true;
	}

	/** Drops the text up to the next line end. @returns whether there is one */
	#skipLongLine(): boolean {
		const end = this.#endOfLine(this.#rest, 0, false);
		this.#isSkipping = end === undefined;
		this.#rest = end === undefined ? '' : this.#rest.slice(end.next);
		if (end !== undefined) this.#firstLine++;
		return end !== undefined;
	}
}
