import type { AttachedTable, Cell, Row } from '../../dataset';
import { SpillMap } from '../../dataset/spill';
import { issue, quoteValue, type Issue } from '../../issues';
import { cellText, isEmpty } from '../definition/cell-text';

/** What is found under a key. */
export interface Hit {
	/** The columns that are brought over, of the first row with the key or of all of them, joined. */
	cells: Cell[];
	/** How many rows of the table have the key. */
	rows: number;
}

export interface LookupTableOptions {
	keyOf: (cells: readonly Cell[]) => string | undefined;
	/** Positions of the columns that are brought over. */
	kept: readonly number[];
	/** Positions of the key, for messages. */
	keys: readonly number[];
	/** What stands between the texts of several rows with one key; undefined where the first row counts alone. */
	separator?: string;
}

/** Joined texts are for people: no more values of one key are joined. */
const MOST_JOINED = 1000;

/** First row of the key, how many rows have it, and the cells; joined cells are lists until they are found. */
type Entry = [first: number, rows: number, cells: Cell[]];

/**
 * A table to look into by key, read once: in memory while it is small, in a temporary file when it is not. Rows without a
 * key are left out; keys that several rows have are counted.
 */
export class LookupTable {
	readonly #table: AttachedTable;

	readonly #options: LookupTableOptions;

	readonly #entries = new SpillMap<Entry>();

	#repeatedKeys = 0;

	#firstRepeated: { key: string; rows: [number, number] } | undefined;

	#rejected = 0;

	constructor(table: AttachedTable, options: LookupTableOptions) {
		this.#table = table;
		this.#options = options;
	}

	/** Reads the table. @returns what is wrong with it @throws ImportError FILE_*, RUN_* */
	async open(): Promise<Issue[]> {
		for await (const { rows, rejected } of this.#table.batches()) {
			for (const row of rows) this.#add(row);
			for (const { outcome } of rejected) if (outcome === 'failed') this.#rejected++;
		}
		return this.#issues();
	}

	find(key: string): Hit | undefined {
		const entry = this.#entries.get(key);
		if (entry === undefined) return undefined;
		const [, rows, cells] = entry;
		const { separator } = this.#options;
		if (separator === undefined) return { cells, rows };
		return { cells: cells.map((texts) => joined(texts as string[], separator)), rows };
	}

	close(): void {
		this.#entries.close();
	}

	#add({ number, cells }: Row): void {
		const { keyOf, kept, separator } = this.#options;
		const key = keyOf(cells);
		if (key === undefined) return;
		const found = kept.map((index) => cells[index] ?? null);
		const entry = this.#entries.get(key);
		if (entry === undefined) {
			const stored = separator === undefined ? found : found.map(textsOf);
			this.#entries.set(key, [number, 1, stored]);
			return;
		}
		const [first, rows, before] = entry;
		if (rows === 1) this.#noteRepeated(cells, [first, number]);
		const after = separator === undefined ? before : before.map(withText(found));
		this.#entries.set(key, [first, rows + 1, after]);
	}

	#noteRepeated(cells: readonly Cell[], rows: [number, number]): void {
		this.#repeatedKeys++;
		const key = this.#options.keys.map((index) => quoteValue(cells[index] ?? null)).join(', ');
		this.#firstRepeated ??= { key, rows };
	}

	#issues(): Issue[] {
		const issues: Issue[] = [];
		if (this.#firstRepeated !== undefined) {
			const { key, rows } = this.#firstRepeated;
			const keys = this.#repeatedKeys === 1 ? 'One key is' : `${this.#repeatedKeys} keys are`;
			const message = `${keys} in the lookup table more than once, the first "${key}" in its rows ${rows[0]} and ${rows[1]}`;
			issues.push(
				issue('RUN_LOOKUP_DUPLICATE', message, {
					value: key,
					// joining is asked for: several rows of a key are what it is for
					...(this.#options.separator !== undefined && { severity: 'info' }),
				}),
			);
		}
		if (this.#rejected > 0) {
			const rows = this.#rejected === 1 ? 'One row' : `${this.#rejected} rows`;
			issues.push(issue('RUN_LOOKUP_REJECTED', `${rows} of the lookup table cannot be used`));
		}
		return issues;
	}
}

const textsOf = (cell: Cell): string[] => (isEmpty(cell) ? [] : [cellText(cell)]);

const withText =
	(found: readonly Cell[]) =>
	(texts: Cell, index: number): Cell => {
		const known = texts as string[];
		const [text] = textsOf(found[index] ?? null);
		if (text === undefined || known.includes(text) || known.length >= MOST_JOINED) return known;
		return [...known, text];
	};

const joined = (texts: readonly string[], separator: string): Cell =>
	texts.length === 0 ? null : texts.join(separator);
