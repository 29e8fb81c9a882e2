import { ColumnEvidence } from './column-evidence';
import { isNote, isTotal } from './footer';
import { isAllText, isFullOfNames, isHeaderOfSameWidth, mayBeHeader } from './names-below';
import { textOf, type RowProfile } from './row-profile';
import { compareWithShape, isRecord, repeatsHeader, type TableShape } from './table-shape';

/** More rows are never held back. */
const MOST_HELD = 60;

/** Rows below what may be the header of another table that are looked at. */
const ROWS_BELOW = 4;

/** What is to become of a row, or of all rows that are held back, the row among them. */
export type Verdict =
	/** It is a record. */
	| 'record'
	/** It is to be held back until more rows are known. */
	| 'held'
	/** All rows that are held back are records. */
	| 'released'
	/** Of the rows held back, those from an index on belong to another table. */
	| { otherTable: number };

/**
 * Watches the rows of a table for its end: for notes and totals, which may be its footer, and for what may be the header of
 * another table. Such rows are held back until the rows behind them tell what they are.
 */
export class EndWatch {
	readonly #shape: TableShape;

	#held: RowProfile[] = [];

	#mayHoldHeader = false;

	/** Whether the table went on below blank rows before: such rows end nothing then. */
	#hadGap = false;

	#doubtful: RowProfile | undefined;

	constructor(shape: TableShape) {
		this.#shape = shape;
	}

	/** The rows that are held back. */
	get held(): readonly RowProfile[] {
		return this.#held;
	}

	/** The first row that was taken for a record and may be the header of another table. */
	get doubtful(): RowProfile | undefined {
		return this.#doubtful;
	}

	/** Takes the next row. */
	add(row: RowProfile): Verdict {
		if (this.#held.length === 0 && !isDoubtful(row, this.#shape)) {
			this.#hadGap ||= row.isAfterGap;
			return 'record';
		}
		this.#held.push(row);
		this.#mayHoldHeader ||= row.filled > 1 && isAllText(row);
		if (this.#mayHoldHeader) {
			const other = findOtherTable(this.#held, this.#shape, this.#hadGap, false);
			if (typeof other === 'number') return { otherTable: other };
			this.#mayHoldHeader = other === 'more';
		}
		const isFull = this.#held.length >= MOST_HELD;
		if (!isFull && (this.#mayHoldHeader || !this.#goesOnWith(row))) return 'held';
		this.#release();
		return 'released';
	}

	/** Decides over the rows that are held back when no more come. */
	end(): Verdict {
		const other = findOtherTable(this.#held, this.#shape, this.#hadGap, true);
		if (typeof other === 'number') return { otherTable: other };
		this.#noteDoubtful();
		return 'released';
	}

	/** Lets go of the rows that are held back. */
	clear(): void {
		this.#held = [];
		this.#mayHoldHeader = false;
	}

	#release(): void {
		this.#noteDoubtful();
		this.#hadGap ||= this.#held.some(({ isAfterGap }) => isAfterGap);
		this.clear();
	}

	#noteDoubtful(): void {
		this.#doubtful ??= this.#held.find((row, index) =>
			mayBeHeader(row, rowsRightBelow(this.#held, index), this.#shape),
		);
	}

	/** Whether a row shows that the table goes on. */
	#goesOnWith(row: RowProfile): boolean {
		return this.#held.length > 1 && isRecord(row, this.#shape) && !isTotal(row, this.#shape);
	}
}

/** Whether a row may not belong to the table, so that the rows behind it are to be seen first. */
function isDoubtful(row: RowProfile, shape: TableShape): boolean {
	if (shape.last - shape.first < 2) return false;
	if (row.isAfterGap && (!isRecord(row, shape) || isFullOfNames(row, shape))) return true;
	return isTotal(row, shape) || isNote(row, shape) || isOtherHeader(row, shape);
}

/** A row of texts that is not as long as the rows of the table, over columns that hold other values. */
function isOtherHeader(row: RowProfile, shape: TableShape): boolean {
	if (row.last === shape.last || row.filled < 3 || !isAllText(row)) return false;
	const { matching, contrary } = compareWithShape(row, shape);
	return matching === 0 && contrary > 1;
}

function findOtherTable(
	held: readonly RowProfile[],
	shape: TableShape,
	hadGap: boolean,
	isEnd: boolean,
): number | 'more' | undefined {
	let isAfterGap = false;
	let titles = 0;
	for (const [index, row] of held.entries()) {
		isAfterGap ||= row.isAfterGap;
		const below = rowsRightBelow(held, index);
		const isCut = held.length > index + 1 + below.length;
		if (row.filled > 1 && isAllText(row) && (isAfterGap || isOtherHeader(row, shape))) {
			if (below.length < ROWS_BELOW && !isCut && !isEnd) return 'more';
			const isHeader = isAfterGap
				? isHeaderApart(row, below, shape, titles > 0) ||
					(row.isAfterGap && isHeaderOfSameWidth(row, below, shape, hadGap))
				: isHeaderClose(row, below);
			if (isHeader) return index - trailingTitles(held, index, shape);
		}
		if (row.filled > 2 && !isTotal(row, shape)) return undefined;
		titles += row.filled === 1 && isAfterGap ? 1 : 0;
	}
	return undefined;
}

/** The rows below a row, up to the next blank one. */
function rowsRightBelow(rows: readonly RowProfile[], index: number): RowProfile[] {
	const below: RowProfile[] = [];
	for (const row of rows.slice(index + 1, index + 1 + ROWS_BELOW)) {
		if (row.isAfterGap) break;
		below.push(row);
	}
	return below;
}

/** How many rows right above a header are titles of its table and no footer of the one before. */
function trailingTitles(held: readonly RowProfile[], header: number, shape: TableShape): number {
	let titles = 0;
	for (let index = header - 1; index >= 0; index--) {
		const row = held[index];
		if (row === undefined || isTotal(row, shape) || isNote(row, shape)) break;
		titles++;
	}
	return titles;
}

/** Whether a row below blank rows is the header of another table. */
function isHeaderApart(
	row: RowProfile,
	below: readonly RowProfile[],
	shape: TableShape,
	hasTitle: boolean,
): boolean {
	if (below.length === 0 || textOf(row.cells[row.first]).endsWith(':')) return false;
	if (repeatsHeader(row, shape)) return true;
	const { unlike, alike, typed } = new ColumnEvidence([row, ...below]).compare(0, 1);
	const { matching, contrary } = compareWithShape(row, shape);
	const isOtherWidth = row.last !== shape.last;
	if (typed === 0) {
		return isOtherWidth && below.length > 1 && below.every(({ last }) => last === row.last);
	}
	if (unlike === 0 || alike > 0 || matching > contrary) return false;
	return unlike > 1 || isOtherWidth || hasTitle;
}

/** Whether a row right below the records begins another table: the rows below it are as long as it is. */
function isHeaderClose(row: RowProfile, below: readonly RowProfile[]): boolean {
	if (below.length < 2) return false;
	const { unlike, alike } = new ColumnEvidence([row, ...below]).compare(0, 1);
	const asLong = below.filter(({ last }) => last === row.last).length;
	return unlike > 1 && alike === 0 && asLong * 2 > below.length;
}
