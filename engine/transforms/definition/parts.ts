import type { Row } from '../../dataset';

/** Copies of a row that a step makes several of: each knows the row of the file and its place among the others. */
export function parted(row: Row, count: number): Row[] {
	if (count === 1) {
		row.source ??= row.cells.slice();
		return [row];
	}
	const source = row.source ?? row.cells;
	return Array.from({ length: count }, (_, i) => ({
		number: row.number,
		cells: row.cells.slice(),
		source,
		part: row.part === undefined ? i + 1 : (row.part - 1) * count + i + 1,
	}));
}
