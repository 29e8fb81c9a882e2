import type { StagedValue } from '../target';

/** How the database compares the values of a key column: as texts sign by sign, or as whole numbers. */
export type ExactKind = 'text' | 'integer';

/**
 * Notices that the keys of a file go up from row to row, as they do in most exports: then no two rows have the same key,
 * and the database need not look for such.
 */
export class KeyOrder {
	readonly #places: readonly number[];

	readonly #kinds: ReadonlyArray<'string' | 'number'>;

	#last: StagedValue[] | undefined;

	/** Whether every key so far is greater than the one before it. */
	isRising = true;

	/** @param places where the values of the key stand in a row @param kinds how they are compared, in the same order */
	constructor(places: readonly number[], kinds: readonly ExactKind[]) {
		this.#places = places;
		this.#kinds = kinds.map((kind) => (kind === 'text' ? 'string' : 'number'));
	}

	add(values: readonly StagedValue[]): void {
		if (!this.isRising) return;
		const key: StagedValue[] = [];
		for (let i = 0; i < this.#places.length; i++) {
			const value = values[this.#places[i] ?? 0] ?? null;
			// a row without a key has none that another could have
			if (value === null) return;
			// 7 and "007" are the same number
			if (typeof value !== this.#kinds[i]) {
				this.isRising = false;
				return;
			}
			key.push(value);
		}
		if (this.#last !== undefined && !isGreater(key, this.#last)) this.isRising = false;
		this.#last = key;
	}
}

function isGreater(key: readonly StagedValue[], last: readonly StagedValue[]): boolean {
	for (let i = 0; i < key.length; i++) {
		const [value, before] = [key[i] ?? '', last[i] ?? ''];
		if (value !== before) return value > before;
	}
	return false;
}
