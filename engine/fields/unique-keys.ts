import { hash } from 'node:crypto';
import type { Cell, Row } from '../dataset';
import { SpillFile } from '../dataset/spill';
import { issue, quoteValue, type Issue } from '../issues';
import type { Slot } from './field-slot';
import { cellText } from './joined-text';
import { isEmpty } from './row-coercion';

/** So many keys are kept in memory, where most files have all of theirs; later ones lie in a temporary file. */
const MOST_IN_MEMORY = 100_000;

/** Longer keys are kept by their digest. */
const LONGEST_KEY = 64;

/**
 * Knows which values of which fields came before, over any number of rows, in bounded memory.
 */
export class UniqueKeys {
	readonly #inMemory = new Map<string, number>();

	readonly #file = new SpillFile(
		'create table seen (key text primary key, number integer) without rowid',
	);

	/** @returns the number of the row that has the key already */
	find(field: number, key: string): number | undefined {
		const name = nameOf(field, key);
		const inMemory = this.#inMemory.get(name);
		if (inMemory !== undefined || this.#inMemory.size < MOST_IN_MEMORY) return inMemory;
		const found = this.#file.statement('select number from seen where key = ?').get(name) as
			{ number: number } | undefined;
		return found?.number;
	}

	/** Remembers a key that `find` does not know. */
	add(field: number, key: string, row: number): void {
		const name = nameOf(field, key);
		if (this.#inMemory.size < MOST_IN_MEMORY) this.#inMemory.set(name, row);
		else this.#file.statement('insert into seen values (?, ?)').run(name, row);
	}

	close(): void {
		this.#inMemory.clear();
		this.#file.close();
	}
}

/** What is compared: the value in its type, however it is written in Unicode. */
function uniqueKey(cell: Cell, ignoreCase: boolean): string {
	const text = cellText(cell).normalize('NFC');
	return ignoreCase ? text.trim().toLowerCase() : text;
}

/** A digest has 256 bits, and stands behind another sign than a short key, so that the two are never the same. */
const nameOf = (field: number, key: string): string =>
	key.length <= LONGEST_KEY ? `${field}=${key}` : `${field}#${hash('sha256', key, 'base64')}`;

/**
 * Adds an issue CELL_NOT_UNIQUE for each value that an earlier row has. Values of a row that fails stay free for later
 * rows.
 *
 * @param mapped the values of the row, in the order of the slots
 * @param issues what speaks against the row already
 */
export function checkUnique(
	{ number }: Row,
	slots: readonly Slot[],
	mapped: readonly Cell[],
	unique: UniqueKeys,
	issues: Issue[] | undefined,
): Issue[] | undefined {
	const keys: Array<readonly [number, string]> = [];
	slots.forEach((slot, index) => {
		const value = mapped[index] ?? null;
		if (!slot.unique || value === slot.passes || isEmpty(value)) return;
		const key = uniqueKey(value, slot.unique === 'ignoreCase');
		const first = unique.find(index, key);
		if (first === undefined) {
			keys.push([index, key]);
			return;
		}
		const message = `${JSON.stringify(quoteValue(value))} stands in row ${first} already, and the field "${slot.origin.field}" allows it once`;
		(issues ??= []).push(
			issue('CELL_NOT_UNIQUE', message, { row: number, ...slot.origin, value: quoteValue(value) }),
		);
	});
	if (issues === undefined) for (const [index, key] of keys) unique.add(index, key, number);
	return issues;
}
