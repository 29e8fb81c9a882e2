import type { ByteSource } from '../../dataset/byte-source';
import type { Cell, Column, Decision, FileSource } from '../../dataset/dataset';
import type { RawBatch, Reader, ReadOptions } from '../../dataset/reader';
import { ImportError, type Issue } from '../../issues';
import { columnLetters, columnsWithoutHeader, nameColumns } from '../header';
import { findHeaderRow } from './header-row';
import { RowBatch } from './row-batch';
import { chosenSheet, detectSheet, findSheet, type SheetChoice } from './sheet-choice';
import { filledColumns, readHead } from './sheet-head';
import type { SheetRow } from './sheet-row';
import { Workbook, type Sheet, type WorkbookLimits } from './workbook';

/** What `read` needs to know of what `open` decided; plain JSON. */
type XlsxOptions = WorkbookLimits & { sheet: string; headerRow: number };

interface Header {
	/** Number of its row; 0 when there is none. */
	row: number;
	cells: readonly Cell[];
	/** The rows of the head below it. */
	below: readonly SheetRow[];
	decision: Decision;
}

/** Reads XLSX workbooks (ECMA-376 transitional and strict) one sheet at a time, in constant memory but for their texts. */
export const xlsxReader: Reader = {
	format: 'xlsx',

	async open(bytes: ByteSource, options: ReadOptions): Promise<FileSource> {
		const workbook = await Workbook.open(bytes, limitsOf(options));
		try {
			return await describe(workbook, options);
		} finally {
			await workbook.close();
		}
	},

	async *read(
		bytes: ByteSource,
		source: FileSource,
		batchSize: number,
	): AsyncGenerator<RawBatch, void, undefined> {
		const { sheet, headerRow, ...limits } = xlsxOptions(source);
		const workbook = await Workbook.open(bytes, limits);
		try {
			const found = findSheet(workbook.sheets, sheet);
			const rows = dataRows(workbook.rows(found, source.columns.length), headerRow);
			const batch = new RowBatch(found.name, source.columns, batchSize);
			yield* inBatches(rows, batch, source.limit ?? Number.POSITIVE_INFINITY);
		} finally {
			await workbook.close();
		}
	},
};

async function describe(workbook: Workbook, options: ReadOptions): Promise<FileSource> {
	const { sheet, decision } = await chooseSheet(workbook, options);
	const header = await chooseHeader(workbook, sheet, options.headerRow);
	const { columns, issues } = columnsOf(header, sheet);
	const readOptions: XlsxOptions = {
		...limitsOf(options),
		sheet: sheet.name,
		headerRow: header.row,
	};
	return {
		kind: 'file',
		format: 'xlsx',
		options: { ...readOptions },
		columns,
		decisions: [formatDecision(options), decision, header.decision, dateSystemDecision(workbook)],
		issues,
		...(options.limit === undefined ? {} : { limit: options.limit }),
	};
}

/** Rows below the header; titles above it are not data. */
async function* dataRows(
	lists: AsyncIterable<SheetRow[]>,
	headerRow: number,
): AsyncGenerator<SheetRow[], void, undefined> {
	let isBelow = headerRow === 0;
	for await (const rows of lists) {
		const first = isBelow ? 0 : rows.findIndex(({ number }) => number > headerRow);
		if (first < 0) continue;
		isBelow = true;
		yield first === 0 ? rows : rows.slice(first);
	}
}

async function* inBatches(
	lists: AsyncIterable<SheetRow[]>,
	batch: RowBatch,
	limit: number,
): AsyncGenerator<RawBatch, void, undefined> {
	let left = limit;
	if (left <= 0) return;
	for await (const rows of lists) {
		for (const row of rows.slice(0, left)) {
			batch.add(row);
			if (batch.isFull) yield batch.take();
		}
		left -= rows.length;
		if (left <= 0) break;
	}
	if (!batch.isEmpty) yield batch.take();
}

/** The options travel as JSON between the nodes of a workflow, so that their types are not certain. */
function xlsxOptions({ options }: FileSource): XlsxOptions {
	const { sheet, headerRow, maxUnpackedBytes, maxRecordLength } = options;
	if (typeof sheet !== 'string' || typeof headerRow !== 'number') {
		throw new ImportError(
			'RUN_CONFIG',
			'The description of the workbook is not complete. Parse the file again.',
		);
	}
	return {
		sheet,
		headerRow,
		...(typeof maxUnpackedBytes === 'number' ? { maxUnpackedBytes } : {}),
		...(typeof maxRecordLength === 'number' ? { maxRecordLength } : {}),
	};
}

function limitsOf({ maxUnpackedBytes, maxRecordLength }: ReadOptions): WorkbookLimits {
	return {
		...(maxUnpackedBytes === undefined ? {} : { maxUnpackedBytes }),
		...(maxRecordLength === undefined ? {} : { maxRecordLength }),
	};
}

async function chooseSheet(workbook: Workbook, { sheet }: ReadOptions): Promise<SheetChoice> {
	if (sheet !== undefined && sheet !== '') return chosenSheet(workbook.sheets, sheet);
	return await detectSheet(
		workbook,
		async (candidate) => (await readHead(workbook, candidate)).length > 0,
	);
}

async function chooseHeader(
	workbook: Workbook,
	sheet: Sheet,
	wanted: number | undefined,
): Promise<Header> {
	const head = await readHead(workbook, sheet, wanted);
	if (wanted === undefined) return detectedHeader(head, sheet);
	const decision: Decision = {
		subject: 'header row',
		value: wanted,
		confidence: 1,
		evidence: 'It was set.',
		chosenBy: 'setting',
	};
	if (wanted === 0) return { row: 0, cells: [], below: head, decision };
	const first = head[0];
	if (first === undefined) throw await headerMissing(workbook, sheet, wanted);
	const isThere = first.number === wanted;
	return {
		row: wanted,
		cells: isThere ? first.cells : [],
		below: isThere ? head.slice(1) : head,
		decision,
	};
}

async function headerMissing(
	workbook: Workbook,
	sheet: Sheet,
	wanted: number,
): Promise<ImportError> {
	const head = await readHead(workbook, sheet);
	if (head.length === 0) return sheetEmpty(sheet);
	return new ImportError(
		'HEADER_MISSING',
		`Row ${wanted} was set as the header, but the sheet “${sheet.name}” ends before it.`,
		{ row: wanted, sheet: sheet.name },
	);
}

function sheetEmpty(sheet: Sheet): ImportError {
	return new ImportError('FILE_EMPTY', `The sheet “${sheet.name}” holds no values.`, {
		sheet: sheet.name,
	});
}

function detectedHeader(head: readonly SheetRow[], sheet: Sheet): Header {
	const { index, confidence, evidence } = findHeaderRow(head);
	const row = head[index];
	if (row === undefined) throw sheetEmpty(sheet);
	return {
		row: row.number,
		cells: row.cells,
		below: head.slice(index + 1),
		decision: {
			subject: 'header row',
			value: row.number,
			confidence,
			evidence,
			chosenBy: 'detection',
		},
	};
}

function columnsOf(header: Header, sheet: Sheet): { columns: Column[]; issues: Issue[] } {
	const filledBelow = filledColumns(header.below);
	if (header.row === 0) return { columns: columnsWithoutHeader(filledBelow.length), issues: [] };
	const named = filledColumns([
		{ number: 0, cells: [...header.cells], filled: 0, faults: undefined },
	]);
	const width = Math.max(named.length, filledBelow.length);
	const { columns, issues } = nameColumns(
		header.cells,
		width,
		(column) => filledBelow[column] === true,
	);
	const letters = new Map(columns.map(({ name }, index) => [name, columnLetters(index)]));
	const placed = issues.map((found) => ({
		...found,
		sheet: sheet.name,
		row: header.row,
		...(found.column !== undefined && { cell: `${letters.get(found.column)}${header.row}` }),
	}));
	return { columns, issues: placed };
}

function formatDecision({ format }: ReadOptions): Decision {
	return {
		subject: 'format',
		value: 'xlsx',
		confidence: 1,
		evidence: 'The file is a zip archive that holds a workbook.',
		chosenBy: format === 'xlsx' ? 'setting' : 'detection',
	};
}

function dateSystemDecision({ date1904 }: Workbook): Decision {
	return {
		subject: 'date system',
		value: date1904 ? '1904' : '1900',
		confidence: 1,
		evidence: date1904
			? 'The workbook says that it counts days from 1904-01-01.'
			: 'The workbook counts days from 1900-01-01, as is usual.',
		chosenBy: 'detection',
	};
}
