import type { Cell } from '../../dataset/dataset';
import type { CellFault, SheetRow } from './sheet-row';

/** A range of merged cells, rows counted from 1, columns from 0. */
interface Range {
	firstRow: number;
	lastRow: number;
	firstColumn: number;
	lastColumn: number;
}

/** The value of the first cell of a range. */
interface FilledValue {
	cell: Cell;
	/** What keeps the rows with it from being used. */
	fault: CellFault | undefined;
}

const RANGE = /^([A-Z]+)(\d+):([A-Z]+)(\d+)$/;

/** A range that is wider, such as a whole row, fills only the cells that its rows have. */
const WIDEST_FILLED = 1000;

/** Ranges lie beside each other: a row cannot have more of them than columns. */
const MOST_AT_ONCE = 16_384;

/**
 * Puts the value of merged cells, which the first of them holds, into all of them. Rows are given in order. A row that the
 * sheet holds no value for is not made up: it stays away.
 */
export class MergedRanges {
	/** Those that begin below the rows seen so far, the next one last. */
	readonly #waiting: Range[];

	readonly #current = new Map<Range, FilledValue>();

	/**
	 * @param ranges such as `A1:C1`
	 * @param firstColumn index of the first column of the table, from 0
	 * @param width how many columns the table has: a range over all of them is a title or a note, and is not filled
	 */
	constructor(ranges: readonly string[], firstColumn: number, width: number) {
		const isNote = (range: Range) =>
			width > 1 && range.firstColumn <= firstColumn && range.lastColumn >= firstColumn + width - 1;
		this.#waiting = ranges
			.flatMap(parsed)
			.filter((range) => !isNote(range))
			.sort((a, b) => b.firstRow - a.firstRow);
	}

	fill(row: SheetRow): void {
		const { number } = row;
		for (let next = this.#waiting.at(-1); next !== undefined; next = this.#waiting.at(-1)) {
			if (next.firstRow > number) break;
			this.#waiting.pop();
			// Where the row with the first cell is missing, all cells of the range are empty.
			const isRoom = this.#current.size < MOST_AT_ONCE;
			if (next.firstRow === number && isRoom)
				this.#current.set(next, valueOf(row, next.firstColumn));
		}
		for (const [range, value] of this.#current) {
			if (range.lastRow < number) this.#current.delete(range);
			else if (value.cell !== null && value.cell !== '') fillCells(row, range, value);
		}
	}
}

function valueOf({ cells, faults }: SheetRow, column: number): FilledValue {
	return {
		cell: cells[column] ?? null,
		fault: faults?.find((fault) => fault.column === column),
	};
}

function fillCells(row: SheetRow, { firstColumn, lastColumn }: Range, value: FilledValue): void {
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

function parsed(range: string): Range[] {
	const [, firstLetters, firstRow, lastLetters, lastRow] = RANGE.exec(range) ?? [];
	if (firstLetters === undefined || lastLetters === undefined) return [];
	const found = {
		firstRow: Number(firstRow),
		lastRow: Number(lastRow),
		firstColumn: columnIndex(firstLetters),
		lastColumn: columnIndex(lastLetters),
	};
	return found.lastRow >= found.firstRow && found.lastColumn >= found.firstColumn ? [found] : [];
}

function columnIndex(letters: string): number {
	let index = 0;
	for (const letter of letters) index = index * 26 + letter.charCodeAt(0) - 64;
	return index - 1;
}
