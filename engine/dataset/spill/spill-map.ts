import type { Cell } from '../dataset';
import { SpillFile } from './spill-file';

/** What is kept in memory, in characters of keys and values, about. Beyond, all lies in a temporary file. */
const MOST_CHARACTERS = 16 * 1024 * 1024;

/** What an entry costs besides its characters. */
const ENTRY_COST = 200;

/** A map from texts to plain values that stays in memory while it is small, and lies in a temporary SQLite file then. */
export class SpillMap<V extends Cell> {
	readonly #most: number;

	readonly #file = new SpillFile(
		'create table entries (key text primary key, value text) without rowid',
	);

	#memory: Map<string, V> | undefined = new Map();

	#characters = 0;

	/** @param most characters that are kept in memory */
	constructor(most = MOST_CHARACTERS) {
		this.#most = most;
	}

	/** Whether the entries still are in memory. */
	get isInMemory(): boolean {
		return this.#memory !== undefined;
	}

	get(key: string): V | undefined {
		if (this.#memory !== undefined) return this.#memory.get(key);
		const row = this.#file.statement('select value from entries where key = ?').get(key);
		return row === undefined ? undefined : (JSON.parse(String(row.value)) as V);
	}

	set(key: string, value: V): void {
		if (this.#memory === undefined) {
			this.#store(key, value);
			return;
		}
		this.#memory.set(key, value);
		this.#characters += key.length + charactersOf(value) + ENTRY_COST;
		if (this.#characters > this.#most) this.#spill(this.#memory);
	}

	close(): void {
		this.#memory = undefined;
		this.#file.close();
	}

	#spill(entries: ReadonlyMap<string, V>): void {
		for (const [key, value] of entries) this.#store(key, value);
		this.#memory = undefined;
	}

	#store(key: string, value: V): void {
		this.#file
			.statement('insert or replace into entries values (?, ?)')
			.run(key, JSON.stringify(value));
	}
}

function charactersOf(value: Cell): number {
	if (typeof value === 'string') return value.length;
	if (typeof value !== 'object' || value === null) return 8;
	let sum = 0;
	for (const part of Object.values(value)) sum += charactersOf(part);
	return sum;
}
