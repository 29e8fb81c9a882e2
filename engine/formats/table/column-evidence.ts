import { BLANK, commonKind, isTyped, kindOf, NUMBER, TEXT, wholeNumber } from './cell-kind';
import { isFilled, textOf, type RowProfile } from './row-profile';

/** Columns and rows beyond these say nothing new about the table. */
const COLUMNS_LOOKED_AT = 200;
const ROWS_LOOKED_AT = 50;

const isText = (kind: string) => kind === TEXT || kind.startsWith('c');

/** How the cells of a row compare with the columns below it. */
export interface Comparison {
	/** Columns whose values look alike: numbers, dates, codes. */
	typed: number;
	/** Typed columns over which the row has a text. */
	unlike: number;
	/** Typed columns over which the row has a value like those below. */
	alike: number;
	/** Columns in which the text of the row stands below as well. */
	repeated: number;
}

/** What the rows of a part of the file look like, column by column. */
export class ColumnEvidence {
	readonly rows: readonly RowProfile[];

	readonly width: number;

	readonly #kinds = new Map<number, readonly string[]>();

	readonly #columns = new Map<number, string[]>();

	constructor(rows: readonly RowProfile[]) {
		this.rows = rows;
		let width = 0;
		for (const { last } of rows) width = Math.max(width, last);
		this.width = Math.min(width, COLUMNS_LOOKED_AT);
	}

	/** The kinds of the cells of a row. */
	kinds(index: number): readonly string[] {
		let kinds = this.#kinds.get(index);
		if (kinds === undefined) {
			const cells = this.rows[index]?.cells ?? [];
			kinds = Array.from({ length: this.width }, (_, column) => kindOf(cells[column]));
			this.#kinds.set(index, kinds);
		}
		return kinds;
	}

	/** What most values of each column look like in the rows from an index on. */
	columnsFrom(index: number): string[] {
		let columns = this.#columns.get(index);
		if (columns === undefined) {
			const end = Math.min(this.rows.length, index + ROWS_LOOKED_AT);
			const rows = Array.from({ length: Math.max(0, end - index) }, (_, i) =>
				this.kinds(index + i),
			);
			columns = Array.from({ length: this.width }, (_, column) =>
				commonKind(rows.map((kinds) => kinds[column] ?? BLANK)),
			);
			this.#columns.set(index, columns);
		}
		return columns;
	}

	/** Compares a row with the columns in the rows from an index on. */
	compare(row: number, from: number): Comparison {
		const kinds = this.kinds(row);
		const columns = this.columnsFrom(from);
		const found: Comparison = { typed: 0, unlike: 0, alike: 0, repeated: 0 };
		const numbers: number[] = [];
		columns.forEach((column, index) => {
			const kind = kinds[index] ?? BLANK;
			if (!isTyped(column)) return;
			found.typed++;
			if (kind === BLANK) return;
			if (kind === column) {
				found.alike++;
				if (kind === NUMBER) numbers.push(index);
			} else if (isText(kind)) found.unlike++;
		});
		if (found.alike === numbers.length && this.#countsColumns(row, from, numbers)) {
			found.unlike += found.alike;
			found.alike = 0;
		}
		if (found.typed === 0) found.repeated = this.#repeated(row, from);
		return found;
	}

	/** Whether numbers over columns of numbers name them: years, or a count that goes on by one. */
	#countsColumns(row: number, from: number, columns: readonly number[]): boolean {
		if (columns.length < 2) return false;
		// where names stand above them, they are values
		const above = this.rows[row - 1]?.cells ?? [];
		if (columns.every((column) => isFilled(above[column]))) return false;
		const names = columns.map((column) => wholeNumber(this.rows[row]?.cells[column]));
		if (names.some((name) => name === undefined) || new Set(names).size < names.length)
			return false;
		const below = this.rows.slice(from, from + ROWS_LOOKED_AT);
		const numbersOf = ({ cells }: RowProfile) =>
			columns.map((column) => wholeNumber(cells[column]));
		if (names.every(isYear)) {
			const values = below.flatMap(numbersOf);
			return values.filter(isYear).length * 2 < values.length;
		}
		const goesOn = (numbers: ReadonlyArray<number | undefined>) =>
			numbers.every((value, i) => i === 0 || value === (numbers[i - 1] ?? NaN) + 1);
		return columns.length > 2 && goesOn(names) && !below.some((other) => goesOn(numbersOf(other)));
	}

	#repeated(row: number, from: number): number {
		const cells = this.rows[row]?.cells ?? [];
		// a row that repeats all of it is the header again
		const below = this.rows
			.slice(from, from + ROWS_LOOKED_AT)
			.filter((other) => other.cells.some((cell, i) => textOf(cell) !== textOf(cells[i])));
		let repeated = 0;
		for (let column = 0; column < this.width; column++) {
			const text = textOf(cells[column]);
			if (text !== '' && below.some((other) => textOf(other.cells[column]) === text)) repeated++;
		}
		return repeated;
	}
}

const isYear = (value: number | undefined): boolean =>
	value !== undefined && value >= 1900 && value <= 2100;
