import type { ByteSource } from '../../dataset/byte-source';
import type { FileSource } from '../../dataset/dataset';
import type { RawBatch, Reader, ReadOptions } from '../../dataset/reader';
import { ImportError } from '../../issues';
import { RowBatch } from './row-batch';
import { chosenSheet, detectSheet, findSheet, type SheetChoice } from './sheet-choice';
import { readHead } from './sheet-head';
import { chooseHeader, columnsOf } from './sheet-header';
import type { SheetRow } from './sheet-row';
import type { Workbook, WorkbookFormat, WorkbookLimits } from './workbook';

/** What `read` needs to know of what `open` decided; plain JSON. */
type WorkbookOptions = WorkbookLimits & { sheet: string; headerRow: number };

/** The reader of a format that keeps its cells in sheets. It reads one sheet at a time. */
export const workbookReader = ({ format, open: openWorkbook }: WorkbookFormat): Reader => ({
	format,

	async open(bytes: ByteSource, options: ReadOptions): Promise<FileSource> {
		const workbook = await openWorkbook(bytes, limitsOf(options));
		try {
			return await describe(format, workbook, options);
		} finally {
			await workbook.close();
		}
	},

	async *read(
		bytes: ByteSource,
		source: FileSource,
		batchSize: number,
	): AsyncGenerator<RawBatch, void, undefined> {
		const { sheet, headerRow, ...limits } = workbookOptions(source);
		const workbook = await openWorkbook(bytes, limits);
		try {
			const found = findSheet(workbook.sheets, sheet);
			const rows = dataRows(workbook.rows(found, { width: source.columns.length }), headerRow);
			const batch = new RowBatch(found.name, source.columns, batchSize);
			yield* inBatches(rows, batch, source.limit ?? Number.POSITIVE_INFINITY);
		} finally {
			await workbook.close();
		}
	},
});

async function describe(
	format: string,
	workbook: Workbook,
	options: ReadOptions,
): Promise<FileSource> {
	const { sheet, decision } = await chooseSheet(workbook, options);
	const header = await chooseHeader(workbook, sheet, options.headerRow);
	const { columns, issues } = columnsOf(header, sheet);
	const readOptions: WorkbookOptions = {
		...limitsOf(options),
		sheet: sheet.name,
		headerRow: header.row,
	};
	return {
		kind: 'file',
		format,
		options: { ...readOptions },
		columns,
		decisions: [decision, header.decision, ...workbook.decisions],
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
function workbookOptions({ options }: FileSource): WorkbookOptions {
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
