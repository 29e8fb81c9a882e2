import { MemoryBytes } from '../../../../engine/dataset/byte-source';
import type { Cell } from '../../../../engine/dataset/dataset';
import type { CellMode, SheetRow, WorkbookLimits } from '../../../../engine/formats/workbook';
import { xlsFormat } from '../../../../engine/formats/xls';

export interface ReadSheet {
	name: string;
	hidden: boolean;
	rows: SheetRow[];
	/** Cells of the rows; rows that hold no value are left out. */
	cells: Cell[][];
	merges: string[];
}

/** All sheets of a workbook. */
export async function readSheets(
	file: Uint8Array,
	{ cells = 'typed', ...limits }: WorkbookLimits & { cells?: CellMode } = {},
): Promise<ReadSheet[]> {
	const workbook = await xlsFormat.open(new MemoryBytes(file), limits);
	try {
		const sheets: ReadSheet[] = [];
		for (const sheet of workbook.sheets) {
			const rows: SheetRow[] = [];
			for await (const list of workbook.rows(sheet, { cells })) rows.push(...list);
			sheets.push({
				name: sheet.name,
				hidden: sheet.hidden,
				rows,
				cells: rows.map((row) => row.cells),
				merges: (await workbook.merges(sheet)).texts(),
			});
		}
		return sheets;
	} finally {
		await workbook.close();
	}
}

/** The cells of the only sheet. */
export async function readCells(file: Uint8Array, cells?: CellMode): Promise<Cell[][]> {
	const [sheet] = await readSheets(file, { cells });
	return sheet!.cells;
}
