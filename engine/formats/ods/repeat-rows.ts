import { setImmediate as turn } from 'node:timers/promises';
import type { SheetRow } from '../workbook';
import type { RowRun } from './table-rows';

/** A list of rows is handed over once it holds so many cells. */
const MOST_CELLS = 50_000;

/** Longest time, in milliseconds, that rows are repeated without letting other work of the process run. */
const LONGEST_TURN = 40;

/** Rows as they stand in the sheet, each as often as it is repeated. */
export async function* repeatRows(
	runs: readonly RowRun[],
): AsyncGenerator<SheetRow[], void, undefined> {
	let rows: SheetRow[] = [];
	let cells = 0;
	let turnBegan = performance.now();
	for (const { row, times } of runs) {
		rows.push(row);
		for (let index = 1; index < times; index++) {
			rows.push({ ...row, number: row.number + index, cells: row.cells.slice() });
			cells += row.cells.length;
			if (cells < MOST_CELLS) continue;
			yield rows;
			rows = [];
			cells = 0;
			if (performance.now() - turnBegan > LONGEST_TURN) {
				await turn();
				turnBegan = performance.now();
			}
		}
	}
	if (rows.length > 0) yield rows;
}
