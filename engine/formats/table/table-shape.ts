import { BLANK, fits, isTyped, kindOf } from './cell-kind';
import { textOf, type RowProfile } from './row-profile';

/** What the rows of a table have in common. Indexes count from column A. */
export interface TableShape {
	/** Index of the leftmost column. */
	first: number;
	/** Index behind the last column. */
	last: number;
	/** What the values of each column look like. */
	kinds: readonly string[];
	/** The names of the columns as they stand in the header; empty when there is none. */
	header: readonly string[];
}

/** How the cells of a row fit the columns of a table whose values look alike. */
export function compareWithShape({ cells }: RowProfile, { kinds }: TableShape) {
	let [typed, matching, contrary] = [0, 0, 0];
	for (let column = 0; column < kinds.length; column++) {
		const expected = kinds[column];
		if (expected === undefined || !isTyped(expected)) continue;
		typed++;
		const kind = kindOf(cells[column]);
		if (kind === BLANK) continue;
		if (fits(kind, expected)) matching++;
		else contrary++;
	}
	return { typed, matching, contrary };
}

/** Whether a row is a record of the table beyond doubt. */
export function isRecord(row: RowProfile, shape: TableShape): boolean {
	if (shape.last - shape.first < 2) return true;
	if (row.filled < 2 || repeatsHeader(row, shape) || isKeyLine(row, shape)) return false;
	const { typed, matching, contrary } = compareWithShape(row, shape);
	if (typed > 0) return matching > 0 && matching >= contrary;
	return row.last === shape.last;
}

/** A name with a colon and its value, in a table that is wider: `Card: | 4111`. */
function isKeyLine({ cells, first, filled }: RowProfile, shape: TableShape): boolean {
	return filled === 2 && shape.last - shape.first > 2 && textOf(cells[first]).endsWith(':');
}

/**
 * Whether a row holds the names of the columns again.
 *
 * @param least so many names are no chance: a single one may be a value
 */
export function repeatsHeader(
	{ cells }: RowProfile,
	{ first, last, header }: TableShape,
	least = 2,
): boolean {
	if (header.length < least) return false;
	for (let column = first; column < last; column++) {
		if (textOf(cells[column]) !== header[column - first]) return false;
	}
	return true;
}
