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
 * comes out as malformed, and reading goes on at the next line.
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
			while (rest.length > maxRecordLength) {
				rest = parseInto(batch, dropFirstLine(batch, rest, dialect), dialect, true);
			}
			if (batch.length > 0) yield batch;
		}
	}
	yield* lastRecords(rest, dialect);
}

/** What is left when the text ends: a last record without a line end, or a quote that was never closed. */
function* lastRecords(text: string, dialect: Dialect): Generator<RecordBatch> {
	let rest = text;
	while (rest !== '') {
		const batch: RecordBatch = [];
		rest = parseInto(batch, rest, dialect, true);
		if (rest !== '' && endsInsideQuotes(rest, dialect)) {
			rest = dropFirstLine(batch, rest, dialect);
		} else if (rest !== '') {
			rest = parseInto(batch, rest, dialect, false);
		}
		if (batch.length > 0) yield batch;
	}
}

/** Parses complete records into the batch and returns the text behind them. */
function parseInto(
	batch: RecordBatch,
	text: string,
	{ delimiter, quote, newline }: Dialect,
	keepLast: boolean,
): string {
	const parser = new Papa.Parser({ delimiter, newline, quoteChar: quote, escapeChar: quote });
	const { data, meta } = parser.parse(text, 0, keepLast) as Papa.ParseResult<string[]>;
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

function endsInsideQuotes(text: string, { delimiter, quote, newline }: Dialect): boolean {
	const parser = new Papa.Parser({ delimiter, newline, quoteChar: quote, escapeChar: quote });
	const { errors } = parser.parse(text, 0, false) as Papa.ParseResult<string[]>;
	return errors.some((error) => error.code === 'MissingQuotes');
}

function dropFirstLine(batch: RecordBatch, text: string, { newline }: Dialect): string {
	const end = text.indexOf(newline);
	const line = end === -1 ? text : text.slice(0, end);
	batch.push(new MalformedRecord(line.endsWith('\r') ? line.slice(0, -1) : line));
	return end === -1 ? '' : text.slice(end + 1);
}
