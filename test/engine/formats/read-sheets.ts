import { MemoryBytes } from '../../../engine/dataset/byte-source';
import type { Cell } from '../../../engine/dataset/dataset';
import type {
	CellFault,
	CellMode,
	WorkbookFormat,
	WorkbookLimits,
} from '../../../engine/formats/workbook';

export interface SheetRead {
	name: string;
	hidden: boolean;
	/** From row 1 on; rows without a value are empty. */
	rows: Cell[][];
	/** Numbers of the rows that are hidden. */
	hiddenRows: number[];
	faults: (CellFault & { row: number })[];
	merges: string[];
}

/** Reads all sheets of a workbook. */
export async function readSheets(
	format: WorkbookFormat,
	content: Uint8Array | string,
	{ cells, ...limits }: WorkbookLimits & { cells?: CellMode } = {},
): Promise<SheetRead[]> {
	const bytes = new MemoryBytes(typeof content === 'string' ? Buffer.from(content) : content);
	const workbook = await format.open(bytes, limits);
	const sheets: SheetRead[] = [];
	for (const sheet of workbook.sheets) {
		const { name, hidden } = sheet;
		const read: SheetRead = { name, hidden, rows: [], hiddenRows: [], faults: [], merges: [] };
		for await (const rows of workbook.rows(sheet, { cells })) {
			for (const row of rows) {
				while (read.rows.length < row.number) read.rows.push([]);
				read.rows[row.number - 1] = row.cells;
				if (row.hidden) read.hiddenRows.push(row.number);
				for (const fault of row.faults ?? []) read.faults.push({ ...fault, row: row.number });
			}
		}
		read.merges = (await workbook.merges(sheet)).texts();
		sheets.push(read);
	}
	await workbook.close();
	return sheets;
}
