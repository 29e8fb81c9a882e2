import { createHash } from 'node:crypto';
import type { PlannedRow } from '../../targets';
import type { KeptRow } from './run-store';

/** Bytes that say whether anything differs, and for each column those that say whether it is this one. */
const WHOLE_BYTES = 12;
const COLUMN_BYTES = 2;

/**
 * What the record of a planned row was, in a few bytes: 96 bits of SHA-256 over what tells it from every other and its
 * values, then for each written column 16 bits of its value, so that a difference can be named.
 */
export class RowDigests {
	readonly #columns: readonly string[];

	/** @param columns those that are written, in their order */
	constructor(columns: readonly string[]) {
		this.#columns = columns;
	}

	/** @param row one that is to be inserted or updated */
	keep({ number, action, record, current }: PlannedRow): KeptRow {
		if (action !== 'update') return { number, action: 'insert', digest: new Uint8Array(0) };
		const values = this.#columns.map((name) => JSON.stringify(current?.[name] ?? null));
		const digest = new Uint8Array(WHOLE_BYTES + COLUMN_BYTES * values.length);
		const whole = createHash('sha256')
			.update(JSON.stringify([record ?? null, values]))
			.digest();
		digest.set(whole.subarray(0, WHOLE_BYTES));
		for (const [i, value] of values.entries()) {
			const hash = shortHash(value);
			digest[WHOLE_BYTES + COLUMN_BYTES * i] = hash & 0xff;
			digest[WHOLE_BYTES + COLUMN_BYTES * i + 1] = hash >> 8;
		}
		return { number, action, digest };
	}

	/** Whether a row is to do the same as it was planned to. */
	isSame(planned: KeptRow, now: KeptRow): boolean {
		return planned.action === now.action && Buffer.compare(planned.digest, now.digest) === 0;
	}

	/** The columns whose values differ. None where it is another record, or what differs cannot be told. */
	differences(planned: KeptRow, now: KeptRow): string[] {
		return this.#columns.filter((_, i) => {
			const start = WHOLE_BYTES + COLUMN_BYTES * i;
			const end = start + COLUMN_BYTES;
			return (
				Buffer.compare(planned.digest.subarray(start, end), now.digest.subarray(start, end)) !== 0
			);
		});
	}
}

/** FNV-1a, folded to 16 bits: http://www.isthe.com/chongo/tech/comp/fnv/ */
function shortHash(text: string): number {
	let hash = 0x811c9dc5;
	for (let i = 0; i < text.length; i++) {
		hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
	}
	return ((hash >>> 16) ^ hash) & 0xffff;
}
