import { ImportError } from '../../issues';
import { columnLetters } from '../header';

/** A range of cells, rows counted from 1, columns from 0. */
export interface CellRange {
	firstRow: number;
	lastRow: number;
	firstColumn: number;
	lastColumn: number;
}

/** More merged ranges than any person made. */
const MOST_RANGES = 1_000_000;

const NUMBERS = 4;

/** A range may be said to end anywhere. */
const LAST = 2 ** 32 - 1;

/**
 * Ranges of merged cells, in the order of the file. A workbook may hold a million of them: as numbers they take 16 bytes each,
 * as texts or objects several times that.
 */
export class CellRanges {
	#size = 0;

	#numbers = new Uint32Array(64 * NUMBERS);

	get size(): number {
		return this.#size;
	}

	/** @throws ImportError FILE_TOO_LARGE beyond a million */
	add({ firstRow, lastRow, firstColumn, lastColumn }: CellRange): void {
		if (this.#size === MOST_RANGES) {
			throw new ImportError('FILE_TOO_LARGE', 'A sheet has more than a million merged ranges.');
		}
		const at = this.#size++ * NUMBERS;
		if (at === this.#numbers.length) {
			const larger = new Uint32Array(2 * at);
			larger.set(this.#numbers);
			this.#numbers = larger;
		}
		this.#numbers[at] = firstRow;
		this.#numbers[at + 1] = Math.min(lastRow, LAST);
		this.#numbers[at + 2] = firstColumn;
		this.#numbers[at + 3] = Math.min(lastColumn, LAST);
	}

	/** @param index from 0 to before `size` */
	get(index: number): CellRange {
		const at = index * NUMBERS;
		const [firstRow = 0, lastRow = 0, firstColumn = 0, lastColumn = 0] = this.#numbers.subarray(
			at,
			at + NUMBERS,
		);
		return { firstRow, lastRow, firstColumn, lastColumn };
	}

	/** The first of them, or all, as people write them: `A1:C1`. */
	texts(most = this.#size): string[] {
		return Array.from({ length: Math.min(most, this.#size) }, (_, index) => {
			const { firstRow, lastRow, firstColumn, lastColumn } = this.get(index);
			return `${columnLetters(firstColumn)}${firstRow}:${columnLetters(lastColumn)}${lastRow}`;
		});
	}

	/** Indexes of all ranges, from the topmost to the lowest. */
	fromTop(): Uint32Array {
		// rows before indexes in one number each: numbers are put in order without a function that compares them
		const keys = new Float64Array(this.#size);
		for (let index = 0; index < this.#size; index++) {
			keys[index] = (this.#numbers[index * NUMBERS] ?? 0) * MOST_RANGES + index;
		}
		return Uint32Array.from(keys.sort(), (key) => key % MOST_RANGES);
	}
}
