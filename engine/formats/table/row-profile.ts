import type { Cell } from '../../dataset';
import type { GridRow } from './layout';

/** A row that holds something, and where. */
export interface RowProfile {
	number: number;
	cells: readonly Cell[];
	/** How many cells hold something. */
	filled: number;
	/** Index of the first cell that holds something. */
	first: number;
	/** Index behind the last cell that holds something. */
	last: number;
	/** Whether blank rows, or the end of a file, stand between the row and the one before it. */
	isAfterGap: boolean;
	/** Whether it is the first row of a file that was put behind another. */
	startsFile?: boolean;
}

/** Whether a person sees something in the cell. */
export function isFilled(cell: Cell | undefined): boolean {
	if (cell === '' || cell === null || cell === undefined) return false;
	// most texts begin with a sign that can be seen: the others are looked at more closely
	return typeof cell !== 'string' || cell.charCodeAt(0) > 0x20 ? true : cell.trim() !== '';
}

/** Index behind the last cell that holds something; 0 for a blank row. */
export function lastFilled(cells: readonly Cell[]): number {
	let last = cells.length;
	while (last > 0 && !isFilled(cells[last - 1])) last--;
	return last;
}

/** The profile of a row; undefined for a blank one. */
export function profileOf(
	{ number, cells, startsFile }: GridRow,
	isAfterGap: boolean,
): RowProfile | undefined {
	const last = lastFilled(cells);
	if (last === 0) return undefined;
	let first = 0;
	while (!isFilled(cells[first])) first++;
	let filled = 1;
	for (let index = first + 1; index < last; index++) if (isFilled(cells[index])) filled++;
	const profile = { number, cells, filled, first, last, isAfterGap };
	return startsFile === true ? { ...profile, startsFile } : profile;
}

/**
 * The profiles of the rows that are not blank.
 *
 * @param isLeftOut says which rows count as if they were not there
 */
export function profilesOf(
	rows: readonly GridRow[],
	isLeftOut: (cells: readonly Cell[]) => boolean = () => false,
): RowProfile[] {
	const profiles: RowProfile[] = [];
	let expected = rows[0]?.number ?? 1;
	for (const row of rows) {
		if (isLeftOut(row.cells)) {
			if (row.number === expected) expected++;
			continue;
		}
		const profile = profileOf(row, row.number !== expected || row.startsFile === true);
		if (profile === undefined) continue;
		profiles.push(profile);
		expected = row.number + 1;
	}
	return profiles;
}

/** The text of a cell without blanks around it; '' for one that holds nothing. */
export function textOf(cell: Cell | undefined): string {
	if (cell === null || cell === undefined) return '';
	return (typeof cell === 'object' ? JSON.stringify(cell) : String(cell)).trim();
}
