import type { ReadOptions } from '../../dataset';
import type { HeaderChoice } from './find-header';
import { countFooters } from './footer';
import type { RowProfile } from './row-profile';
import { EndWatch } from './table-end';
import type { TableShape } from './table-shape';

/** How a table ends within the head. */
export interface TableEnd {
	/** Index of the row at which another table begins; undefined where none does. */
	next?: number;
	/** Number of the last row before the other table. */
	lastRow?: number;
	/** Index behind the last record, where rows follow it. */
	records?: number;
	/** Numbers of the rows below the records that are none, where the end of the table is in the head. */
	footers: number[];
}

/** Looks for the end of a table in the head, as `TableRows` does when the rows are read. */
export function endOfTable(
	rows: readonly RowProfile[],
	{ data }: HeaderChoice,
	shape: TableShape,
	isWholeFile: boolean,
	footer: ReadOptions['footer'],
): TableEnd {
	const watch = new EndWatch(shape);
	for (const [offset, row] of rows.slice(data).entries()) {
		// blank rows below the header say nothing
		const verdict = watch.add(offset === 0 ? { ...row, isAfterGap: false } : row);
		if (typeof verdict === 'object') {
			const start = data + offset + 1 - watch.held.length;
			return otherTableAt(rows, start, start + verdict.otherTable, shape, footer);
		}
	}
	if (!isWholeFile || watch.held.length === 0) return { footers: [] };
	const start = rows.length - watch.held.length;
	const verdict = watch.end();
	if (typeof verdict === 'object') {
		return otherTableAt(rows, start, start + verdict.otherTable, shape, footer);
	}
	const footers = footersOf(rows.slice(start), shape, footer);
	return footers.length === 0 ? { footers } : { records: rows.length - footers.length, footers };
}

/** The end of a table where another begins at an index, and the rows from `start` on were doubtful. */
function otherTableAt(
	rows: readonly RowProfile[],
	start: number,
	next: number,
	shape: TableShape,
	footer: ReadOptions['footer'],
): TableEnd {
	const footers = footersOf(rows.slice(start, next), shape, footer);
	const lastRow = rows[next - 1]?.number ?? 0;
	return { next, lastRow, records: next - footers.length, footers };
}

function footersOf(
	rows: readonly RowProfile[],
	shape: TableShape,
	footer: ReadOptions['footer'],
): number[] {
	const count = footer === 'keep' ? 0 : countFooters(rows, shape);
	return rows.slice(rows.length - count).map(({ number }) => number);
}
