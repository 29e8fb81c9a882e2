import { RowBuilder, type SheetRow } from '../workbook';
import type { SheetSurvey } from './sheet-survey';

/** Takes the cells of a sheet and gives its rows. */
export interface RowOrder {
	/** Where the cells of a row go; undefined when the row is not wanted now. @param row index from 0 */
	builder(row: number): RowBuilder | undefined;
	/** The rows that are complete. @param isEnd whether no more cells follow */
	take(isEnd: boolean): SheetRow[];
}

/** Rows that come one after the other. */
export class RowsInOrder implements RowOrder {
	readonly #hidden: Uint8Array;

	readonly #builder: RowBuilder;

	#row = -1;

	#complete: SheetRow[] = [];

	constructor({ hidden }: SheetSurvey, width: number) {
		this.#hidden = hidden;
		this.#builder = new RowBuilder(width);
	}

	builder(row: number): RowBuilder {
		if (row !== this.#row) {
			this.#finish();
			this.#row = row;
			this.#builder.start(row + 1, this.#hidden[row] === 1);
		}
		return this.#builder;
	}

	take(isEnd: boolean): SheetRow[] {
		if (isEnd) this.#finish();
		const rows = this.#complete;
		this.#complete = [];
		return rows;
	}

	#finish(): void {
		const row = this.#builder.finish();
		if (row !== undefined) this.#complete.push(row);
	}
}

/** Rows of a range whose cells come in any order. */
export class RowsInRange implements RowOrder {
	readonly #hidden: Uint8Array;

	readonly #width: number;

	readonly #first: number;

	readonly #builders: (RowBuilder | undefined)[];

	/** @param range indexes of the first row and of the one behind the last */
	constructor({ hidden }: SheetSurvey, width: number, [first, end]: readonly [number, number]) {
		this.#hidden = hidden;
		this.#width = width;
		this.#first = first;
		this.#builders = Array.from({ length: end - first }, () => undefined);
	}

	builder(row: number): RowBuilder | undefined {
		const index = row - this.#first;
		if (index < 0 || index >= this.#builders.length) return undefined;
		let builder = this.#builders[index];
		if (builder === undefined) {
			builder = new RowBuilder(this.#width);
			builder.start(row + 1, this.#hidden[row] === 1);
			this.#builders[index] = builder;
		}
		return builder;
	}

	take(isEnd: boolean): SheetRow[] {
		if (!isEnd) return [];
		return this.#builders.flatMap((builder) => builder?.finish() ?? []);
	}
}

/** Rows that are held in memory at a time while a sheet without order is read. */
const ROWS_HELD = 4096;

/** The ranges of rows that a sheet without order is read in, each in a pass of its own through the sheet. */
export function rangesOf({ rowsEnd }: SheetSurvey): [number, number][] {
	return Array.from({ length: Math.ceil(rowsEnd / ROWS_HELD) }, (_, index) => [
		index * ROWS_HELD,
		Math.min((index + 1) * ROWS_HELD, rowsEnd),
	]);
}
