import type { Cell, Row } from './dataset';

/**
 * A row as a reader makes it.
 *
 * A class, and not an object literal, because of the collector: V8 learns for each literal whether what it makes lives
 * long, and puts it straight into the old generation then. Rows of the first batches may happen to live when it looks;
 * the rows of the whole file would then stay, with all their cells, until the next full collection. What a constructor
 * or `slice()` makes is always young.
 */
export class ReadRow implements Row {
	number: number;

	cells: Cell[];

	source: Cell[] | undefined;

	constructor(number: number, cells: Cell[]) {
		this.number = number;
		this.cells = cells;
		this.source = undefined;
	}
}
