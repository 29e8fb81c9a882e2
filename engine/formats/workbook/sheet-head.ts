import type { Cell } from '../../dataset/dataset';
import type { SheetRow } from './sheet-row';
import type { Sheet, Workbook } from './workbook';

/** Rows that are looked at to find the header and the columns. */
const HEAD_ROWS = 1000;

/** Wide sheets need not have so many. */
const HEAD_CELLS = 250_000;

/**
 * The first rows of a sheet that hold a value. Only as much of the file is read as they need.
 *
 * @param fromRow number of the first row that is wanted
 * @throws ImportError FILE_UNREADABLE, FILE_TOO_LARGE
 */
export async function readHead(workbook: Workbook, sheet: Sheet, fromRow = 1): Promise<SheetRow[]> {
	const head: SheetRow[] = [];
	let cells = 0;
	for await (const rows of workbook.rows(sheet)) {
		for (const row of rows) {
			if (row.number < fromRow) continue;
			head.push(row);
			cells += row.cells.length;
			if (head.length >= HEAD_ROWS || cells >= HEAD_CELLS) return head;
		}
	}
	return head;
}

/** Whether a cell holds a value; one with empty text holds none. */
export function holdsValue(cell: Cell | undefined): boolean {
	return cell !== undefined && cell !== null && cell !== '';
}

/** For each column of some rows, whether it holds a value. @returns as many as the widest row fills */
export function filledColumns(rows: readonly SheetRow[]): boolean[] {
	const filled: boolean[] = [];
	for (const { cells } of rows) {
		for (const [column, cell] of cells.entries()) {
			if (!holdsValue(cell)) continue;
			while (filled.length < column) filled.push(false);
			filled[column] = true;
		}
	}
	return filled;
}
