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
 * The failed rows of a run, all of them, in the order of the file: the first ones in memory, the others in a temporary
 * file. Rows that fail while the file is read come in order; those that the target refuses come later, in order too.
 */
export class FailedRows {
	#fromFile: FailedRow[] = [];

	#refused: FailedRow[] = [];

	#spill: { folder: string; handle: fs.FileHandle } | undefined;

	count = 0;

	/** Adds rows that failed while the file was read, in the order of the file. */
	async add(rows: readonly FailedRow[]): Promise<void> {
		this.count += rows.length;
		for (const row of rows) this.#fromFile.push(row);
		if (this.#fromFile.length > ROWS_IN_MEMORY) await this.#spillOver();
	}

	/** Adds rows that the target refused, in the order of the file. */
	addRefused(rows: readonly FailedRow[]): void {
		this.count += rows.length;
		this.#refused = this.#refused.concat(rows).sort((a, b) => a.number - b.number);
	}

	async *all(): AsyncGenerator<FailedRow> {
		const refused = this.#refused[Symbol.iterator]();
		let next = refused.next();
		for await (const row of this.#inFileOrder()) {
			while (next.done !== true && next.value.number < row.number) {
				yield next.value;
				next = refused.next();
			}
			yield row;
		}
		while (next.done !== true) {
			yield next.value;
			next = refused.next();
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

	/** Removes the temporary file. */
	async dispose(): Promise<void> {
		const spill = this.#spill;
		this.#spill = undefined;
		if (spill === undefined) return;
		await spill.handle.close();
		await fs.rm(spill.folder, { recursive: true, force: true });
	}

	async *#inFileOrder(): AsyncGenerator<FailedRow> {
		if (this.#spill !== undefined) {
			const path = join(this.#spill.folder, SPILL_FILE);
			const lines = createInterface({ input: createReadStream(path), crlfDelay: Infinity });
			for await (const line of lines) yield JSON.parse(line) as FailedRow;
		}
		yield* this.#fromFile;
	}

	async #spillOver(): Promise<void> {
		if (this.#spill === undefined) {
			const folder = await fs.mkdtemp(join(tmpdir(), 'data-import-failed-'));
			this.#spill = { folder, handle: await fs.open(join(folder, SPILL_FILE), 'ax', 0o600) };
		}
		const lines = this.#fromFile.map((row) => JSON.stringify(row) + '\n').join('');
		this.#fromFile = [];
		await this.#spill.handle.appendFile(lines);
	}
}

const SPILL_FILE = 'failed.ndjson';
