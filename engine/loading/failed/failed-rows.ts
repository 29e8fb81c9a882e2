import { createReadStream, promises as fs } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Cell } from '../../dataset';
import type { Issue } from '../../issues';

export interface FailedRow {
	number: number;
	/** The cells as they were read from the file. */
	source: Cell[];
	raw?: string;
	issues: Issue[];
}

const ROWS_IN_MEMORY = 5000;

/**
 * The failed rows of a run, all of them, in the order of the file: the last ones in memory, the others in temporary files.
 * Rows that fail while the file is read come in order; those that the target refuses come later, in order too.
 */
export class FailedRows {
	readonly #fromFile = new RowsInOrder();

	readonly #refused = new RowsInOrder();

	count = 0;

	/** How many rows are in memory. */
	get held(): number {
		return this.#fromFile.held + this.#refused.held;
	}

	/** Adds rows that failed while the file was read, in the order of the file. */
	async add(rows: readonly FailedRow[]): Promise<void> {
		this.count += rows.length;
		await this.#fromFile.add(rows);
	}

	/** Adds rows that the target refused, in the order of the file. */
	async addRefused(rows: readonly FailedRow[]): Promise<void> {
		this.count += rows.length;
		await this.#refused.add(rows);
	}

	async *all(): AsyncGenerator<FailedRow> {
		const refused = this.#refused.all();
		try {
			let next = await refused.next();
			for await (const row of this.#fromFile.all()) {
				while (next.done !== true && next.value.number < row.number) {
					yield next.value;
					next = await refused.next();
				}
				yield row;
			}
			while (next.done !== true) {
				yield next.value;
				next = await refused.next();
			}
		} finally {
			await refused.return(undefined);
		}
	}

	async first(limit: number): Promise<FailedRow[]> {
		const rows: FailedRow[] = [];
		if (limit <= 0) return rows;
		for await (const row of this.all()) {
			rows.push(row);
			if (rows.length >= limit) break;
		}
		return rows;
	}

	/** Removes the temporary files. */
	async dispose(): Promise<void> {
		await this.#fromFile.dispose();
		await this.#refused.dispose();
	}
}

/** Rows in the order in which they came: a few in memory, the others before them in a temporary file. */
class RowsInOrder {
	#rows: FailedRow[] = [];

	#spill: { folder: string; handle: fs.FileHandle } | undefined;

	get held(): number {
		return this.#rows.length;
	}

	async add(rows: readonly FailedRow[]): Promise<void> {
		for (const row of rows) this.#rows.push(row);
		if (this.#rows.length > ROWS_IN_MEMORY) await this.#spillOver();
	}

	async *all(): AsyncGenerator<FailedRow, undefined> {
		if (this.#spill !== undefined) {
			const stream = createReadStream(join(this.#spill.folder, SPILL_FILE));
			try {
				for await (const line of createInterface({ input: stream, crlfDelay: Infinity }))
					yield JSON.parse(line) as FailedRow;
			} finally {
				stream.destroy();
			}
		}
		yield* this.#rows;
		return undefined;
	}

	async dispose(): Promise<void> {
		const spill = this.#spill;
		this.#spill = undefined;
		if (spill === undefined) return;
		await spill.handle.close();
		await fs.rm(spill.folder, { recursive: true, force: true });
	}

	async #spillOver(): Promise<void> {
		if (this.#spill === undefined) {
			const folder = await fs.mkdtemp(join(tmpdir(), 'data-import-failed-'));
			this.#spill = { folder, handle: await fs.open(join(folder, SPILL_FILE), 'ax', 0o600) };
		}
		const lines = this.#rows.map((row) => lineOf(row) + '\n').join('');
		this.#rows = [];
		await this.#spill.handle.appendFile(lines);
	}
}

/** For readline, signs that JSON leaves as they are end a line as well. */
const lineOf = (row: FailedRow): string =>
	JSON.stringify(row).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');

const SPILL_FILE = 'failed.ndjson';
