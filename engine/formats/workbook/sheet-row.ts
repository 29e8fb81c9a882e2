import type { Cell } from '../../dataset/dataset';

/** Something about a cell that keeps its row from being used. */
export interface CellFault {
	/** Index of the column, from 0. */
	column: number;
	kind: 'formula-error' | 'unknown-text';
	/** The error as the cell shows it, or the number of the text that is not there. */
	value: string;
}

/** A row of a sheet that holds at least one value. */
export interface SheetRow {
	/** 1-based, as the spreadsheet program shows it. */
	number: number;
	/** From column A on; at least as many as asked for, more where the row holds more. */
	cells: Cell[];
	/** How many cells hold a value; empty text is none. */
	filled: number;
	faults: CellFault[] | undefined;
	/** Whether the row is hidden, by hand or by a filter. */
	hidden?: true;
	/** Index of the first column with a formula that no value was saved with. */
	blankFormula?: number;
}

/** Puts a row together cell by cell. */
export class RowBuilder {
	/** Whether a row was begun and not finished. */
	isOpen = false;

	/** Number of the row begun last. */
	number = 0;

	/** Index of the cell read last; -1 before the first. */
	column = -1;

	readonly #emptyRow: Cell[];

	#cells: Cell[] = [];

	#filled = 0;

	#faults: CellFault[] | undefined;

	#hidden = false;

	#blankFormula: number | undefined;

	/** @param width how many cells a row has at least; those that the sheet leaves out are null */
	constructor(width: number) {
		this.#emptyRow = Array.from({ length: width }, () => null);
	}

	start(number: number, hidden = false): void {
		this.isOpen = true;
		this.#hidden = hidden;
		this.number = number;
		this.column = -1;
		this.#cells = this.#emptyRow.slice();
		this.#filled = 0;
		this.#faults = undefined;
		this.#blankFormula = undefined;
	}

	put(column: number, value: Cell): void {
		const cells = this.#cells;
		if (column < cells.length) {
			cells[column] = value;
		} else {
			while (cells.length < column) cells.push(null);
			cells.push(value);
		}
		if (value !== null && value !== '') this.#filled++;
	}

	putFault(column: number, kind: CellFault['kind'], value: string): void {
		this.put(column, value);
		(this.#faults ??= []).push({ column, kind, value });
	}

	/** Notes a formula that no value was saved with. */
	noteBlankFormula(column: number): void {
		this.#blankFormula ??= column;
	}

	/** @returns the row, unless none was begun or it holds no value */
	finish(): SheetRow | undefined {
		const isRow = this.isOpen && this.#filled > 0;
		this.isOpen = false;
		if (!isRow) return undefined;
		const row: SheetRow = {
			number: this.number,
			cells: this.#cells,
			filled: this.#filled,
			faults: this.#faults,
		};
		if (this.#hidden) row.hidden = true;
		if (this.#blankFormula !== undefined) row.blankFormula = this.#blankFormula;
		return row;
	}
}
