import type { Row } from '../dataset';
import { packed, unpackedBatches } from './packed-row';
import { SpillFile } from './spill-file';

/** Part of the key by which stored rows are ordered: numbers stand before texts, empty values last. */
export type KeyPart = string | number | null;

/**
 * Rows that a step must see all of before it gives the first: kept in a temporary file, never in memory, and in the order
 * of their keys from the start. Nothing is sorted at the end, so that no call takes long.
 */
export class RowStore {
	readonly #file: SpillFile;

	readonly #insert: string;

	readonly #select: string;

	#count = 0;

	/** @param descending for each part of the key, whether the largest comes first */
	constructor(descending: readonly boolean[]) {
		const columns = [...descending.flatMap((_, i) => [`rank${i}`, `key${i}`]), 'seq', 'row'];
		// a rank is ascending always: empty values are last, whatever the direction
		const parts = descending.map((isDown, i) => `rank${i}, key${i}${isDown ? ' desc' : ''}`);
		const order = [...parts, 'seq'].join(', ');
		this.#file = new SpillFile(
			`create table rows (${columns.join(', ')}, primary key (${order})) without rowid`,
		);
		this.#insert = `insert into rows values (${columns.map(() => '?').join(', ')})`;
		this.#select = `select row from rows order by ${order}`;
	}

	/** Adds a row. Rows with the same key stay in the order in which they came. */
	add(key: readonly KeyPart[], row: Row): void {
		// SQLite keeps no null in the key of such a table
		const parts = key.flatMap((part) => [rankOf(part), part ?? '']);
		this.#file.statement(this.#insert).run(...parts, this.#count++, packed(row));
	}

	/** All rows in the order of their keys, some at a time. */
	*batches(): Generator<Row[]> {
		if (this.#count === 0) return;
		yield* unpackedBatches(this.#file.statement(this.#select));
	}

	close(): void {
		this.#file.close();
	}
}

const rankOf = (part: KeyPart): number => (part === null ? 2 : typeof part === 'number' ? 0 : 1);
