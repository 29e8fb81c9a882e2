import { issue, quoteValue, type Issue } from '../../issues';
import { countLineEnds } from './line-ends';
import { Tokenizer, type Dialect } from './tokenizer';

/** A record that could not be taken apart: the raw text of its (first) line, and why. */
export class MalformedRecord {
	readonly line: string;

	readonly reason: string;

	constructor(line: string, reason = 'a quote is not closed') {
		this.line = line;
		this.reason = reason;
	}
}

/** A record that is longer than it may be: the beginning of its text. */
export class OverlongRecord extends MalformedRecord {
	/** @param limit in characters */
	constructor(line: string, limit: number) {
		super(line, `it is longer than ${limit} characters`);
	}
}

/** A line that is a comment, as it stands in the file. It counts as a record. */
export class CommentLine {
	readonly line: string;

	constructor(line: string) {
		this.line = line;
	}
}

/** The cells of a record, or what is known of one that has none. */
export type FileRecord = string[] | MalformedRecord | CommentLine;

/** What is worth knowing about a record that was read all the same. */
export type RecordNote = 'broken-quotes' | 'loose-quote';

/**
 * Some records of a delimited file, in order. Where each stands in the text is found out only when asked: see `rawOf`.
 */
export class RecordBatch implements Iterable<FileRecord> {
	readonly records: readonly FileRecord[];

	/** Number of the first record, from 1; blank lines and comments count. */
	readonly firstRecord: number;

	/** Line of the file on which the first record begins, from 1. */
	readonly firstLine: number;

	/** How much text stands before the first record, in characters. */
	readonly position: number;

	readonly #text: string;

	readonly #dialect: Dialect;

	readonly #notes: ReadonlyMap<number, RecordNote> | undefined;

	#starts: readonly number[] | undefined;

	#hasIssues: boolean | undefined;

	/** Line ends that were counted already: who asks for lines asks for one after the other. */
	#counted = { end: 0, lines: 0 };

	constructor(
		records: readonly FileRecord[],
		at: { firstRecord: number; firstLine: number; position: number },
		text: string,
		dialect: Dialect,
		/** `starts`: where in the text each record begins, and as the last number where the text ends. */
		known: { starts?: readonly number[]; notes?: ReadonlyMap<number, RecordNote> } = {},
	) {
		this.records = records;
		this.firstRecord = at.firstRecord;
		this.firstLine = at.firstLine;
		this.position = at.position;
		this.#text = text;
		this.#dialect = dialect;
		this.#starts = known.starts;
		this.#notes = known.notes;
		// only a careful look, which knows where records stand, finds any
		if (known.starts === undefined) this.#hasIssues = false;
	}

	/** Whether `issueOf` gives an issue for any of the records. */
	get hasIssues(): boolean {
		this.#hasIssues ??=
			(this.#notes?.size ?? 0) > 0 || this.records.some((record) => !Array.isArray(record));
		return this.#hasIssues;
	}

	[Symbol.iterator](): IterableIterator<FileRecord> {
		return this.records[Symbol.iterator]();
	}

	get length(): number {
		return this.records.length;
	}

	/** Where the text of the batch ends, in characters from the beginning of the file. */
	get end(): number {
		return this.position + this.#text.length;
	}

	/** The number of the record that holds a position of the file which lies in the batch. */
	recordAt(position: number): number {
		let index = 0;
		while (index + 1 < this.length && this.position + this.#startOf(index + 1) <= position) index++;
		return this.firstRecord + index;
	}

	/** The text of a record as it stands in the file, line breaks inside cells included, its line end left out. */
	rawOf(index: number): string {
		const record = this.records[index];
		if (record !== undefined && !Array.isArray(record)) return record.line;
		return withoutLineEnd(this.#text.slice(this.#startOf(index), this.#startOf(index + 1)));
	}

	/** The line of the file on which a record begins, from 1. */
	lineOf(index: number): number {
		const start = this.#startOf(index);
		if (start < this.#counted.end) this.#counted = { end: 0, lines: 0 };
		const { end, lines } = this.#counted;
		const more = countLineEnds(this.#text, this.#dialect.newline, start, end);
		this.#counted = { end: start, lines: lines + more };
		return this.firstLine + this.#counted.lines;
	}

	/**
	 * The issue of a record: ROW_MALFORMED, ROW_COMMENT, or ROW_QUOTES for one that was read although its quotes are
	 * broken; undefined for all others.
	 */
	issueOf(index: number): Issue | undefined {
		const record = this.records[index];
		const note = this.#notes?.get(index);
		if (Array.isArray(record) && note === undefined) return undefined;
		const row = this.firstRecord + index;
		const line = this.lineOf(index);
		const where = line === row ? `Row ${row}` : `Row ${row} (line ${line})`;
		const value = quoteValue(this.rawOf(index));
		if (record instanceof CommentLine) {
			return issue('ROW_COMMENT', `${where} is a comment and is skipped`, { row, value });
		}
		if (record instanceof MalformedRecord) {
			return issue('ROW_MALFORMED', `${where} cannot be read: ${record.reason}`, { row, value });
		}
		const message =
			note === 'loose-quote'
				? `${where} has a quote inside a cell that has none around it. It is read as text; further rows like it are not listed`
				: `${where} has a quote where none can stand. The row is read as the number of its columns suggests`;
		return issue('ROW_QUOTES', message, { row, value });
	}

	#startOf(index: number): number {
		this.#starts ??= findStarts(this.#text, this.#dialect);
		const start = this.#starts[index];
		if (start === undefined) throw new RangeError(`The batch has no record ${index}`);
		return start;
	}
}

/** Takes the text apart anew: the fast way to split it does not say where the records stand. */
function findStarts(text: string, dialect: Dialect): number[] {
	const tokenizer = new Tokenizer(text, dialect, true);
	const starts = [0];
	while (tokenizer.end < text.length && tokenizer.read(tokenizer.end)) starts.push(tokenizer.end);
	return starts;
}

const withoutLineEnd = (text: string): string => text.replace(/(?:\r\n|\n|\r)$/, '');
