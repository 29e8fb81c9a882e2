import {
	ReadRow,
	type ByteSource,
	type Cell,
	type Column,
	type Decision,
	type FileSource,
	type RawBatch,
	type Reader,
	type ReadOptions,
} from '../../dataset';
import { ImportError, issue, quoteValue } from '../../issues';
import { decideEncoding, decodeChunks, decodeHead, HEAD_BYTES } from '../encoding';
import { columnsWithoutHeader, nameColumns } from '../header';
import { decideDelimiter, decideNewline, parseHead } from './dialect';
import { decideHeaderRow } from './header-row';
import { splitRecords, type Dialect } from './records';

/** Largest record in characters: what lies beyond is taken for a quote that was never closed. */
const MAX_RECORD_LENGTH = 4 * 1024 * 1024;

type DelimitedOptions = Dialect & { encoding: string; headerRow: number; maxRecordLength: number };

/** Reads CSV, TSV and their relatives (RFC 4180 and what people make of it). */
export const delimitedReader: Reader = {
	format: 'csv',

	async open(bytes: ByteSource, options: ReadOptions): Promise<FileSource> {
		const head = await bytes.read(0, HEAD_BYTES);
		const encoding = decideEncoding(head, options.encoding);
		const text = decodeHead(head, String(encoding.value));
		if (text.trim() === '') throw new ImportError('FILE_EMPTY', 'The file is empty');

		const quote = options.quote ?? '"';
		const newline = decideNewline(text);
		const delimiter = decideDelimiter(text, quote, newline, options.delimiter);
		const dialect: Dialect = { delimiter: String(delimiter.value), quote, newline };
		const rows = parseHead(text, dialect, head.length === bytes.size);
		const headerRow = decideHeaderRow(rows, options.headerRow);
		const { columns, issues } = namesFromHead(rows, headerRow);
		const readerOptions: DelimitedOptions = {
			...dialect,
			encoding: String(encoding.value),
			headerRow: Number(headerRow.value),
			maxRecordLength: options.maxRecordLength ?? MAX_RECORD_LENGTH,
		};
		return {
			kind: 'file',
			format: 'csv',
			options: { ...readerOptions },
			columns,
			decisions: [encoding, delimiter, headerRow],
			issues,
			limit: options.limit,
		};
	},

	read(bytes, source, batchSize) {
		return readRows(bytes, source, batchSize);
	},
};

function namesFromHead(rows: readonly string[][], headerRow: Decision) {
	const number = Number(headerRow.value);
	const header = number === 0 ? [] : rows[number - 1];
	if (header === undefined) {
		throw new ImportError(
			'HEADER_MISSING',
			`Row ${number} was named as the header, but only ${rows.length} rows were found`,
			{ row: number },
		);
	}
	const width = usedWidth(header, rows.slice(number));
	if (number === 0) return { columns: columnsWithoutHeader(width), issues: [] };
	return nameColumns(header, width);
}

/** Trailing columns that have neither a name nor a value are none: many programs end each line with delimiters. */
function usedWidth(header: readonly string[], data: readonly (readonly string[])[]): number {
	const named = lastFilled(header);
	// a long row must not make a column of its own where a header says how many there are
	if (named > 0)
		return Math.max(named, ...data.filter((row) => row.length <= header.length).map(lastFilled));
	return data.reduce((widest, row) => Math.max(widest, lastFilled(row)), 0);
}

function lastFilled(cells: readonly string[]): number {
	for (let i = cells.length; i > 0; i--) if (cells[i - 1]?.trim() !== '') return i;
	return 0;
}

async function* readRows(
	bytes: ByteSource,
	source: FileSource,
	batchSize: number,
): AsyncGenerator<RawBatch> {
	const options = source.options as unknown as DelimitedOptions;
	const shape = new RowShape(source.columns);
	const texts = watchForDamage(decodeChunks(bytes.chunks(), options.encoding), shape);
	const limit = source.limit ?? Infinity;
	let number = 0;
	let taken = 0;
	let batch: RawBatch = { rows: [], rejected: [], issues: [] };
	for await (const records of splitRecords(texts, options, options.maxRecordLength)) {
		for (const record of records) {
			number++;
			if (number <= options.headerRow) continue;
			if (Array.isArray(record) && isBlank(record)) continue;
			if (taken === limit) break;
			taken++;
			if (Array.isArray(record)) shape.add(batch, number, record);
			else rejectMalformed(batch, number, record.line);
			if (batch.rows.length + batch.rejected.length >= batchSize) {
				yield batch;
				batch = { rows: [], rejected: [], issues: [] };
			}
		}
		if (taken === limit) break;
	}
	if (batch.rows.length + batch.rejected.length > 0) yield batch;
}

function isBlank(cells: readonly string[]): boolean {
	for (const cell of cells) if (cell !== '' && cell.trim() !== '') return false;
	return true;
}

function rejectMalformed(batch: RawBatch, row: number, raw: string): void {
	batch.rejected.push({
		number: row,
		source: [],
		raw,
		outcome: 'failed',
		issues: [
			issue('ROW_MALFORMED', `Row ${row} cannot be read: a quote is not closed`, {
				row,
				value: quoteValue(raw),
			}),
		],
	});
}

/** What a decoder puts in the place of bytes that are not valid in the encoding. */
const DAMAGED = '\uFFFD';

/** Cells are searched for damage only from where the text shows some. */
async function* watchForDamage(
	texts: AsyncIterable<string>,
	shape: RowShape,
): AsyncGenerator<string> {
	for await (const text of texts) {
		if (!shape.searchesDamage && text.includes(DAMAGED)) shape.searchesDamage = true;
		yield text;
	}
}

/** Brings every row to the width of the header. */
class RowShape {
	readonly #columns: readonly Column[];

	searchesDamage = false;

	constructor(columns: readonly Column[]) {
		this.#columns = columns;
	}

	add(batch: RawBatch, row: number, cells: Cell[]): void {
		const width = this.#columns.length;
		if (cells.length < width) {
			const column = this.#columns[cells.length]?.name;
			const message = `Row ${row} has ${cells.length} of ${width} cells; the others are read as empty`;
			batch.issues.push(issue('ROW_SHORT', message, { row, column }));
			while (cells.length < width) cells.push('');
		} else if (cells.length > width) {
			if (cells.slice(width).some((cell) => cell !== '')) {
				rejectLong(batch, row, cells, width);
				return;
			}
			cells.length = width;
		}
		if (this.searchesDamage) this.#warnOfDamage(batch, row, cells);
		batch.rows.push(new ReadRow(row, cells));
	}

	#warnOfDamage(batch: RawBatch, row: number, cells: readonly Cell[]): void {
		cells.forEach((cell, i) => {
			if (typeof cell !== 'string' || !cell.includes(DAMAGED)) return;
			const column = this.#columns[i]?.name;
			const message = `Row ${row}: "${column ?? ''}" has bytes that are not valid in the encoding of the file`;
			batch.issues.push(issue('FILE_ENCODING', message, { row, column, value: quoteValue(cell) }));
		});
	}
}

function rejectLong(batch: RawBatch, row: number, cells: Cell[], width: number): void {
	const message = `Row ${row} has ${cells.length} cells, the header has ${width}: its values may stand in the wrong columns`;
	batch.rejected.push({
		number: row,
		source: cells,
		outcome: 'failed',
		issues: [
			issue('ROW_LONG', message, {
				row,
				value: quoteValue(cells.slice(width).map(String).join(' | ')),
			}),
		],
	});
}
