import Papa from 'papaparse';

export interface Dialect {
	delimiter: string;
	quote: string;
	newline: '\n' | '\r';
}

/** The first line of a record that could not be taken apart. */
export class MalformedRecord {
	readonly line: string;

	constructor(line: string) {
		this.line = line;
	}
}

/** Records of a delimited file: the cells of each, or what is known of one that could not be taken apart. */
export type RecordBatch = Array<string[] | MalformedRecord>;

/** Text is parsed in pieces of about this many characters, so that the event loop is never held for long. */
const PIECE_LENGTH = 64 * 1024;

/**
 * Splits decoded text into records as RFC 4180 has it, in constant memory.
 *
 * Papa Parse's core does the splitting, fed by hand: rows stay arrays, line ends may be mixed, and a record may not grow
 * beyond `maxRecordLength` characters. A quote that is never closed would swallow the rest of the file; here its first line
 * comes out as malformed, and reading goes on at the next line that parses.
 */
export async function* splitRecords(
	texts: AsyncIterable<string>,
	dialect: Dialect,
	maxRecordLength: number,
): AsyncGenerator<RecordBatch> {
	let rest = '';
	for await (const text of texts) {
		for (let start = 0; start < text.length; start += PIECE_LENGTH) {
			const piece = text.slice(start, start + PIECE_LENGTH);
			const batch: RecordBatch = [];
			rest = parseInto(batch, rest + piece, dialect, true);
			if (batch.length > 0) yield batch;
			if (rest.length > maxRecordLength) rest = yield* resynchronise(rest, dialect, false);
		}
	}
	yield* lastRecords(rest, dialect);
}

/** What is left when the text ends: a last record without a line end, or a quote that was never closed. */
function* lastRecords(text: string, dialect: Dialect): Generator<RecordBatch> {
	const batch: RecordBatch = [];
	const rest = parseInto(batch, text, dialect, true);
	if (batch.length > 0) yield batch;
	if (rest === '') return;
	if (endsInsideQuotes(rest, dialect)) {
		yield* resynchronise(rest, dialect, true);
		return;
	}
	const last: RecordBatch = [];
	parseInto(last, rest, dialect, false);
	yield last;
}

/** A record that begins behind a malformed one is looked for over so many lines and characters, and no further. */
const LINES_AHEAD = 10;
const CHARACTERS_AHEAD = 16 * 1024;

/** Records that are given out at a time. */
const RESYNC_RECORDS = 500;

/**
 * Goes on behind a quote that is never closed: the first line is malformed; each line behind it is a record if it parses,
 * alone or with the few lines that follow it, and malformed if not. The work for each line is bounded, so that a text
 * full of such quotes costs no more than its length.
 *
 * @returns what is left for later, where more text is to come
 */
function* resynchronise(
	text: string,
	dialect: Dialect,
	isEnd: boolean,
): Generator<RecordBatch, string> {
	let batch: RecordBatch = [];
	let position = 0;
	while (position < text.length) {
		const found = position === 0 ? undefined : recordAt(text, position, dialect, isEnd);
		if (found === 'unfinished') break;
		const end = found?.end ?? endOfLine(text, position, dialect);
		batch.push(found?.cells ?? new MalformedRecord(withoutReturn(text.slice(position, end))));
		position = end + 1;
		if (batch.length >= RESYNC_RECORDS) {
			yield batch;
			batch = [];
		}
	}
	if (batch.length > 0) yield batch;
	return text.slice(position);
}

/** The record that begins at a line; undefined where none does, "unfinished" where only more text could tell. */
function recordAt(
	text: string,
	start: number,
	dialect: Dialect,
	isEnd: boolean,
): { cells: string[]; end: number } | 'unfinished' | undefined {
	let end = start - 1;
	for (let lines = 0; lines < LINES_AHEAD; lines++) {
		if (end >= text.length || end - start > CHARACTERS_AHEAD) return undefined;
		end = endOfLine(text, end + 1, dialect);
		if (end === text.length && !isEnd) return 'unfinished';
		const parser = newParser(dialect);
		const candidate = text.slice(start, end);
		const { data, errors } = parser.parse(candidate, 0, false) as Papa.ParseResult<string[]>;
		const [cells] = data;
		if (errors.length === 0 && data.length <= 1) return { cells: copyRecord(cells ?? ['']), end };
	}
	return undefined;
}

function endOfLine(text: string, start: number, { newline }: Dialect): number {
	const end = text.indexOf(newline, start);
	return end === -1 ? text.length : end;
}

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);

const newParser = ({ delimiter, quote, newline }: Dialect) =>
	new Papa.Parser({ delimiter, newline, quoteChar: quote, escapeChar: quote });

/** Parses complete records into the batch and returns the text behind them. */
function parseInto(batch: RecordBatch, text: string, dialect: Dialect, keepLast: boolean): string {
	const { data, meta } = newParser(dialect).parse(text, 0, keepLast) as Papa.ParseResult<string[]>;
	for (const cells of data) {
		batch.push(copyRecord(cells));
		cells.length = 0; // should the parser's array be old already, it holds on to nothing
	}
	return keepLast ? text.slice(meta.cursor) : '';
}

/**
 * The cells of a record without a carriage return at the end. A copy, so that the arrays that the parser makes die young:
 * see `ReadRow` for what would happen otherwise.
 */
export function copyRecord(cells: readonly string[]): string[] {
	const copy = cells.slice();
	const last = copy.length - 1;
	const cell = copy[last];
	if (cell?.endsWith('\r')) copy[last] = cell.slice(0, -1);
	return copy;
}

function endsInsideQuotes(text: string, dialect: Dialect): boolean {
	const { errors } = newParser(dialect).parse(text, 0, false) as Papa.ParseResult<string[]>;
	return errors.some((error) => error.code === 'MissingQuotes');
}
