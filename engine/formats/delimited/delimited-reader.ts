import { setImmediate as turn } from 'node:timers/promises';
import type { ByteSource, Cell, FileSource, RawBatch, Reader, ReadOptions } from '../../dataset';
import { ImportError, issue, quoteValue, type Issue } from '../../issues';
import { MOST_COLUMNS } from '../column-limit';
import {
	ByteOrderMarks,
	decideEncoding,
	decodeChunks,
	decodeHead,
	hasByteOrderMark,
	HEAD_BYTES,
	withoutMarks,
} from '../encoding';
import { readAhead } from '../records';
import { decideTable, TableRows, type RowPolicies, type TableLayout } from '../table';
import { decideDialect, HEAD_RECORDS, parseHead, type Dialect } from './dialect';
import { isOneRecord, readFirstRecord } from './only-record';
import { MalformedRecord, splitRecords, type RecordBatch } from './records';
import { RowOrigins } from './row-origins';
import { decideTextFormulas, unwrapTextFormulas } from './text-formulas';
import { widestRecord } from './widest-record';

/** Largest record in characters: what lies beyond is taken for a quote that was never closed. */
const MAX_RECORD_LENGTH = 4 * 1024 * 1024;

type DelimitedOptions = Dialect &
	RowPolicies & {
		encoding: string;
		maxRecordLength: number;
		layout: TableLayout;
		/** Whether the file begins with one: a file that is made after it does too. */
		byteOrderMark?: boolean;
		/** Indexes of columns whose formulas are texts. */
		textFormulas?: readonly number[];
	};

/** Reads CSV, TSV and their relatives (RFC 4180 and what people make of it). */
export const delimitedReader: Reader = {
	format: 'csv',

	async open(bytes: ByteSource, options: ReadOptions): Promise<FileSource> {
		const head = await bytes.read(0, HEAD_BYTES);
		const encoding = decideEncoding(head, options.encoding);
		const marks = new ByteOrderMarks();
		const text = marks.drop(decodeHead(head, String(encoding.value)));
		const hasMark = hasByteOrderMark(head);
		if (text.trim() === '') throw new ImportError('FILE_EMPTY', 'The file is empty');

		const isInMemory = head.length === bytes.size;
		if (!isInMemory && !/[\r\n]/.test(text) && countSigns(text) > MOST_COLUMNS)
			throw tooManyColumns();
		const { dialect, decisions } = decideDialect(text, isInMemory, options);
		// a head of a hundred thousand columns keeps each of these steps busy
		await turn();
		const rows = parseHead(text, dialect, isInMemory, marks);
		await turn();
		const isWhole = isInMemory && rows.length < HEAD_RECORDS;
		const reading = {
			...dialect,
			encoding: String(encoding.value),
			maxRecordLength: options.maxRecordLength ?? MAX_RECORD_LENGTH,
		};
		if (isOneRecord(rows)) {
			const first = await readFirstRecord(recordsOf(bytes, reading));
			if ((first?.length ?? 0) > MOST_COLUMNS) throw tooManyColumns();
			if (first !== undefined && !isInMemory) rows.splice(0, 1, { number: 1, cells: [...first] });
		}
		const formulas = decideTextFormulas(rows, options.textFormulas);
		for (const { cells } of rows) unwrapTextFormulas(cells, formulas.columns);
		// to keep long rows the widest must be known, and it may be the last
		const grid = { kind: 'text', isDrawn: dialect.drawn === true } as const;
		let table = decideTable(rows, isWhole, options, grid);
		if (options.longRows === 'keep' && !isWhole) {
			const { firstRow, lastRow } = table.layout;
			const widest = await widestRecord(recordsOf(bytes, reading), firstRow, lastRow);
			if (widest > MOST_COLUMNS) throw tooManyColumns('A line');
			table = decideTable(rows, isWhole, options, grid, widest);
		}
		const { footer, shortRows, longRows } = options;
		const readerOptions: DelimitedOptions = {
			...reading,
			layout: table.layout,
			...(hasMark && { byteOrderMark: true }),
			...(formulas.columns.length > 0 && { textFormulas: formulas.columns }),
			...(footer !== undefined && { footer }),
			...(shortRows !== undefined && { shortRows }),
			...(longRows !== undefined && { longRows }),
		};
		return {
			kind: 'file',
			format: 'csv',
			options: { ...readerOptions },
			columns: table.columns,
			decisions: [
				encoding,
				...decisions,
				...table.decisions,
				...(formulas.decision === undefined ? [] : [formulas.decision]),
			],
			issues: table.issues,
			limit: options.limit,
		};
	},

	read(bytes, source, batchSize) {
		return readRows(bytes, source, batchSize);
	},
};

const tooManyColumns = (where = 'The first line'): ImportError =>
	new ImportError('FILE_TOO_LARGE', `${where} of the file has more than ${MOST_COLUMNS} columns`, {
		hint: 'Check whether the file has line ends. No table has so many columns.',
	});

/** How often the most frequent of the usual delimiters stands in a text. */
function countSigns(text: string): number {
	const counts = [',', ';', '\t', '|'].map((sign) => {
		let count = 0;
		for (let at = text.indexOf(sign); at !== -1; at = text.indexOf(sign, at + 1)) count++;
		return count;
	});
	return Math.max(...counts);
}

type Reading = Dialect & Pick<DelimitedOptions, 'encoding' | 'maxRecordLength'>;

function recordsOf(
	bytes: ByteSource,
	options: Reading,
	marks = new ByteOrderMarks(),
	onText?: (text: string) => void,
): AsyncGenerator<RecordBatch> {
	const texts = withoutMarks(decodeChunks(readAhead(bytes.chunks()), options.encoding), marks);
	const seen = onText === undefined ? texts : watched(texts, onText);
	return splitRecords(seen, options, options.maxRecordLength);
}

async function* watched(
	texts: AsyncIterable<string>,
	onText: (text: string) => void,
): AsyncGenerator<string> {
	for await (const text of texts) {
		onText(text);
		yield text;
	}
}

async function* readRows(
	bytes: ByteSource,
	source: FileSource,
	batchSize: number,
): AsyncGenerator<RawBatch> {
	const options = source.options as unknown as DelimitedOptions;
	const table = new TableRows(
		options.layout,
		source.columns,
		options,
		{ kind: 'text', isDrawn: options.drawn === true },
		source.limit,
	);
	const origins = new RowOrigins();
	let batch: RawBatch = { rows: [], rejected: [], issues: [], originOf: origins.of };
	const lookForDamage = damageSearch(source, table);
	const { textFormulas = [], quote } = options;
	const { firstRow } = options.layout;
	const isOneColumn = source.columns.length === 1;
	const marks = new ByteOrderMarks();
	for await (const records of recordsOf(bytes, options, marks, lookForDamage)) {
		origins.add(records);
		const starts = marks.takeBefore(records.end).map((position) => records.recordAt(position));
		const originOf = (row: number) => ({
			line: records.lineOf(row - records.firstRecord),
			raw: records.rawOf(row - records.firstRecord),
		});
		for (let i = 0; i < records.length && !table.isDone; i++) {
			const record = records.records[i];
			const row = records.firstRecord + i;
			if (row === starts[0]) {
				while (starts[0] === row) starts.shift();
				batch.issues.push(byteOrderMark(row));
				table.startFile(row);
			}
			const found = records.hasIssues ? records.issueOf(i) : undefined;
			if (Array.isArray(record)) {
				const isUnwrapped = unwrapTextFormulas(record, textFormulas);
				// the quotes of such a formula are sound
				const isSound = isUnwrapped && !record.some((cell) => cell.includes(quote));
				if (found !== undefined && !isSound) batch.issues.push(found);
				if (isOneColumn && isEmptyValue(record, originOf(row)))
					table.addEmpty(batch, row, originOf);
				else table.add(batch, row, record, originOf);
			} else if (found !== undefined) {
				if (record instanceof MalformedRecord && row >= firstRow) {
					table.addMalformed(batch, row, found, originOf);
				} else if (record instanceof MalformedRecord || row >= firstRow) {
					batch.issues.push(found);
				}
			}
			if (batch.rows.length + batch.rejected.length >= batchSize) {
				yield batch;
				origins.keep(records);
				batch = { rows: [], rejected: [], issues: [], originOf: origins.of };
			}
		}
		if (table.isDone) break;
	}
	table.end(batch);
	if (batch.rows.length + batch.rejected.length + batch.issues.length > 0) yield batch;
}

function byteOrderMark(row: number): Issue {
	const message = `Row ${row} begins with a byte order mark, as where files were put together one behind the other. It is dropped`;
	return issue('ROW_BYTE_ORDER_MARK', message, { row });
}

/** Whether the only cell of a record is empty, but stands between quotes: a blank line is no row, this is one. */
function isEmptyValue(record: readonly string[], { raw }: { raw: string }): boolean {
	return record.length === 1 && record[0] === '' && raw !== '';
}

/** What a decoder puts in the place of bytes that are not valid in the encoding. */
const DAMAGED = '\uFFFD';

/** Looks through the cells of rows for damage, but only from where the text shows some. */
function damageSearch({ columns }: FileSource, table: TableRows): (text: string) => void {
	const warn = (batch: RawBatch, row: number, cells: readonly Cell[]) => {
		cells.forEach((cell, i) => {
			if (typeof cell !== 'string' || !cell.includes(DAMAGED)) return;
			const column = columns[i]?.name;
			const message = `Row ${row}: "${column ?? ''}" has bytes that are not valid in the encoding of the file`;
			batch.issues.push(issue('FILE_ENCODING', message, { row, column, value: quoteValue(cell) }));
		});
	};
	return (text) => {
		if (table.onRow === undefined && text.includes(DAMAGED)) table.onRow = warn;
	};
}
