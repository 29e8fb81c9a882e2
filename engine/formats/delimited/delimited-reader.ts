import { setImmediate as turn } from 'node:timers/promises';
import type { ByteSource, Cell, FileSource, RawBatch, Reader, ReadOptions } from '../../dataset';
import { ImportError, issue, quoteValue } from '../../issues';
import { decideEncoding, decodeChunks, decodeHead, HEAD_BYTES } from '../encoding';
import { readAhead } from '../records';
import { decideTable, TableRows, type RowPolicies, type TableLayout } from '../table';
import { decideDialect, HEAD_RECORDS, parseHead, type Dialect } from './dialect';
import { MalformedRecord, splitRecords, type RecordBatch } from './records';
import { RowOrigins } from './row-origins';
import { widestRecord } from './widest-record';

/** Largest record in characters: what lies beyond is taken for a quote that was never closed. */
const MAX_RECORD_LENGTH = 4 * 1024 * 1024;

type DelimitedOptions = Dialect &
	RowPolicies & { encoding: string; maxRecordLength: number; layout: TableLayout };

/** Reads CSV, TSV and their relatives (RFC 4180 and what people make of it). */
export const delimitedReader: Reader = {
	format: 'csv',

	async open(bytes: ByteSource, options: ReadOptions): Promise<FileSource> {
		const head = await bytes.read(0, HEAD_BYTES);
		const encoding = decideEncoding(head, options.encoding);
		const text = decodeHead(head, String(encoding.value));
		if (text.trim() === '') throw new ImportError('FILE_EMPTY', 'The file is empty');

		const isInMemory = head.length === bytes.size;
		if (!isInMemory && !/[\r\n]/.test(text)) throw firstLineTooLong();
		const { dialect, decisions } = decideDialect(text, isInMemory, options);
		// a head of a hundred thousand columns keeps each of these steps busy
		await turn();
		const rows = parseHead(text, dialect, isInMemory).map((cells, i) => ({ number: i + 1, cells }));
		await turn();
		const isWhole = isInMemory && rows.length < HEAD_RECORDS;
		const reading = {
			...dialect,
			encoding: String(encoding.value),
			maxRecordLength: options.maxRecordLength ?? MAX_RECORD_LENGTH,
		};
		// to keep long rows the widest must be known, and it may be the last
		let table = decideTable(rows, isWhole, options);
		if (options.longRows === 'keep' && !isWhole) {
			const { firstRow, lastRow } = table.layout;
			const widest = await widestRecord(recordsOf(bytes, reading), firstRow, lastRow);
			table = decideTable(rows, isWhole, options, { kind: 'text' }, widest);
		}
		const { footer, shortRows, longRows } = options;
		const readerOptions: DelimitedOptions = {
			...reading,
			layout: table.layout,
			...(footer !== undefined && { footer }),
			...(shortRows !== undefined && { shortRows }),
			...(longRows !== undefined && { longRows }),
		};
		return {
			kind: 'file',
			format: 'csv',
			options: { ...readerOptions },
			columns: table.columns,
			decisions: [encoding, ...decisions, ...table.decisions],
			issues: table.issues,
			limit: options.limit,
		};
	},

	read(bytes, source, batchSize) {
		return readRows(bytes, source, batchSize);
	},
};

const firstLineTooLong = (): ImportError =>
	new ImportError(
		'FILE_TOO_LARGE',
		`The first line of the file does not end within its first ${HEAD_BYTES} bytes`,
		{ hint: 'Check whether the file has line ends. No table has so many columns.' },
	);

type Reading = Dialect & Pick<DelimitedOptions, 'encoding' | 'maxRecordLength'>;

function recordsOf(
	bytes: ByteSource,
	options: Reading,
	onText?: (text: string) => void,
): AsyncGenerator<RecordBatch> {
	const texts = decodeChunks(readAhead(bytes.chunks()), options.encoding);
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
		{ kind: 'text' },
		source.limit,
	);
	const origins = new RowOrigins();
	let batch: RawBatch = { rows: [], rejected: [], issues: [], originOf: origins.of };
	const lookForDamage = damageSearch(source, table);
	const { firstRow } = options.layout;
	for await (const records of recordsOf(bytes, options, lookForDamage)) {
		origins.add(records);
		const originOf = (row: number) => ({
			line: records.lineOf(row - records.firstRecord),
			raw: records.rawOf(row - records.firstRecord),
		});
		for (let i = 0; i < records.length && !table.isDone; i++) {
			const record = records.records[i];
			const row = records.firstRecord + i;
			const found = records.hasIssues ? records.issueOf(i) : undefined;
			if (Array.isArray(record)) {
				if (found !== undefined) batch.issues.push(found);
				table.add(batch, row, record, originOf);
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
