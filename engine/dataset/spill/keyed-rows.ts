import { createHash } from 'node:crypto';
import type { Row } from '../dataset';
import { SpillFile } from './spill-file';
import { packed, unpacked, unpackedBatches } from './packed-row';

/** A row that goes because another has its key. */
interface Duplicate {
	dropped: Row;
	/** Number of the row that stays. */
	stays: number;
}

/**
 * Knows which keys came before, over any number of rows, in a temporary SQLite file: no key is forgotten, and memory
 * does not grow with them.
 */
export class KeyedRows {
	readonly #file = new SpillFile(
		'create table seen (seq integer primary key, key blob unique, number integer, row text)',
	);

	readonly #keepsLast: boolean;

	#count = 0;

	/** @param keepsLast whether the rows themselves are kept, the last one of each key, for `rows` to give at the end */
	constructor(keepsLast: boolean) {
		this.#keepsLast = keepsLast;
	}

	/**
	 * @param key undefined for a row that is like no other
	 * @returns the row that goes, if one has the key already: this one, or the earlier one where the last is kept
	 */
	put(key: string | undefined, row: Row): Duplicate | undefined {
		const seq = this.#count++;
		if (key === undefined && !this.#keepsLast) return undefined;
		const digest = digestOf(key ?? `\u0000${seq}`);
		const earlier = this.#find(digest);
		if (earlier !== undefined && !this.#keepsLast) return { dropped: row, stays: earlier.number };
		const stored = this.#keepsLast ? packed(row) : null;
		this.#file
			.statement('insert or replace into seen values (?, ?, ?, ?)')
			.run(seq, digest, row.number, stored);
		if (earlier === undefined) return undefined;
		return { dropped: unpacked(earlier.row ?? ''), stays: row.number };
	}

	#find(digest: Uint8Array): { number: number; row: string | null } | undefined {
		return this.#file.statement('select number, row from seen where key = ?').get(digest) as
			{ number: number; row: string | null } | undefined;
	}

	/** The rows that stay, in the order in which they came. */
	*rows(): Generator<Row[]> {
		if (this.#count === 0) return;
		yield* unpackedBatches(this.#file.statement('select row from seen order by seq'));
	}

	close(): void {
		this.#file.close();
	}
}

/** 128 bits: that two of 10 million keys share them happens once in 10^24 files. */
const digestOf = (key: string): Uint8Array =>
	createHash('sha256').update(key).digest().subarray(0, 16);
