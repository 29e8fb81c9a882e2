import type { CellMode, Sheet, Workbook } from './workbook';
import type { SheetRow } from './sheet-row';

/** Rows that are looked at to find the header and the columns. */
const HEAD_ROWS = 1000;

/** Wide sheets need not have so many. */
const HEAD_CELLS = 250_000;

/** The first rows of a sheet that hold a value. */
export interface SheetHead {
	rows: SheetRow[];
	/** Whether no row follows them. */
	isWhole: boolean;
}

/**
 * Reads the head of a sheet. Only as much of the file is read as it needs.
 *
 * @param fromRow number of the first row that is wanted
 * @throws ImportError FILE_UNREADABLE, FILE_TOO_LARGE
 */
export async function readHead(
	workbook: Workbook,
	sheet: Sheet,
	cells: CellMode,
	fromRow = 1,
): Promise<SheetHead> {
	const head: SheetRow[] = [];
	let read = 0;
	for await (const rows of workbook.rows(sheet, { cells })) {
		for (const row of rows) {
			if (row.number < fromRow) continue;
			if (head.length >= HEAD_ROWS || read >= HEAD_CELLS) return { rows: head, isWhole: false };
			head.push(row);
			read += row.cells.length;
		}
	}
	return { rows: head, isWhole: true };
}

/** Whether a sheet holds a value at all. */
export async function holdsValues(workbook: Workbook, sheet: Sheet): Promise<boolean> {
	for await (const rows of workbook.rows(sheet)) if (rows.length > 0) return true;
	return false;
}

/** How many cells the longest row of a sheet has. Reads the whole sheet. */
export async function widestRow(workbook: Workbook, sheet: Sheet): Promise<number> {
	let widest = 0;
	for await (const rows of workbook.rows(sheet)) {
		for (const { cells } of rows) widest = Math.max(widest, cells.length);
	}
	return widest;
}
