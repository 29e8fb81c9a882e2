import type { RejectedRow } from '../../dataset';
import type { RecordBatch } from './records';

/** More records are not kept for one batch of rows: where a row of the others stands is not told. */
const MOST_BATCHES = 32;

/** Where the rows of a batch stand in the file. It costs nothing until it is asked. */
export class RowOrigins {
	#batches: RecordBatch[] = [];

	/** The line and the text of a row, by its number; nothing where its records are no longer kept. */
	readonly of = (row: number): Pick<RejectedRow, 'line' | 'raw'> => {
		const found = this.#batches.findLast(({ firstRecord }) => firstRecord <= row);
		const index = row - (found?.firstRecord ?? 0);
		if (found === undefined || index >= found.length) return {};
		return { line: found.lineOf(index), raw: found.rawOf(index) };
	};

	add(batch: RecordBatch): void {
		this.#batches.push(batch);
		if (this.#batches.length > MOST_BATCHES) this.#batches.shift();
	}

	/** Lets go of all records but these, from which further rows may come. */
	keep(batch: RecordBatch): void {
		this.#batches = [batch];
	}
}
