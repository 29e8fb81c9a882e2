import type { Cell } from '../../dataset/dataset';
import type { CellRange, CellRanges } from './cell-ranges';
import type { CellFault, SheetRow } from './sheet-row';

/** The value of the first cell of a range. */
interface FilledValue {
	cell: Cell;
	/** What keeps the rows with it from being used. */
	fault: CellFault | undefined;
}

/** A range that is wider, such as a whole row, fills only the cells that its rows have. */
const WIDEST_FILLED = 1000;

/** Ranges lie beside each other: a row cannot have more of them than columns. */
const MOST_AT_ONCE = 16_384;

/**
 * Puts the value of merged cells, which the first of them holds, into all of them. Rows are given in order. A row that the
 * sheet holds no value for is not made up: it stays away.
 */
export class MergedRanges {
	readonly #ranges: CellRanges;

	readonly #fromTop: Uint32Array;

	/** How many of them began in the rows seen so far. */
	#begun = 0;

	readonly #current = new Map<CellRange, FilledValue>();

	readonly #firstColumn: number;

	readonly #width: number;

	/**
	 * @param firstColumn index of the first column of the table, from 0
	 * @param width how many columns the table has: a range over all of them is a title or a note, and is not filled
	 */
	constructor(ranges: CellRanges, firstColumn: number, width: number) {
		this.#ranges = ranges;
		this.#fromTop = ranges.fromTop();
		this.#firstColumn = firstColumn;
		this.#width = width;
	}

	fill(row: SheetRow): void {
		const { number } = row;
		for (; this.#begun < this.#fromTop.length; this.#begun++) {
			const next = this.#ranges.get(this.#fromTop[this.#begun] ?? 0);
			if (next.firstRow > number) break;
			// Where the row with the first cell is missing, all cells of the range are empty.
			if (next.firstRow < number || !this.#isFilled(next)) continue;
			const isRoom = this.#current.size < MOST_AT_ONCE;
			if (isRoom) this.#current.set(next, valueOf(row, next.firstColumn));
		}
		for (const [range, value] of this.#current) {
			if (range.lastRow < number) this.#current.delete(range);
			else if (value.cell !== null && value.cell !== '') fillCells(row, range, value);
		}
	}

	#isFilled({ firstRow, lastRow, firstColumn, lastColumn }: CellRange): boolean {
		const end = this.#firstColumn + this.#width - 1;
		const isNote = this.#width > 1 && firstColumn <= this.#firstColumn && lastColumn >= end;
		return lastRow >= firstRow && lastColumn >= firstColumn && !isNote;
	}
}

function valueOf({ cells, faults }: SheetRow, column: number): FilledValue {
	return {
		cell: cells[column] ?? null,
		fault: faults?.find((fault) => fault.column === column),
	};
}

function fillCells(
	row: SheetRow,
	{ firstColumn, lastColumn }: CellRange,
	value: FilledValue,
): void {
	const { cells } = row;
	const isWide = lastColumn - firstColumn >= WIDEST_FILLED;
	const end = isWide ? Math.min(lastColumn, cells.length - 1) : lastColumn;
	while (cells.length <= end) cells.push(null);
	for (let column = firstColumn; column <= end; column++) {
		const isBlank = cells[column] === null || cells[column] === '';
		if (!isBlank) continue;
		cells[column] = value.cell;
		row.filled++;
		if (value.fault !== undefined) (row.faults ??= []).push({ ...value.fault, column });
	}
}
