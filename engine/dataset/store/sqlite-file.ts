import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { ImportError } from '../../issues';

/** Owner only: what is kept may be nobody else's business. */
const FILE_MODE = 0o600;

/** SQLite itself waits synchronously for a lock, so it waits briefly, and the rest is waited for between the attempts. */
const BUSY_TIMEOUT_MS = 50;
const RETRY_MS = 50;
const LONGEST_WAIT_MS = 10_000;

/** https://www.sqlite.org/rescode.html: the low byte is the code, what is above refines it. */
const SQLITE_BUSY = 5;
const SQLITE_LOCKED = 6;

export interface SqliteFileOptions {
	path: string;
	/** The table that is read and written; nothing is read before it is there. */
	table: string;
	/** Statements that make the tables where they are not there. */
	schema: string;
	/** Makes the error for a file that cannot be used. */
	failure: (reason: string, cause: unknown) => ImportError;
}

/**
 * An SQLite file for what is to outlive a run, made at the first write. Several processes may use it at the same time:
 * each operation opens it, is one transaction, and waits up to 10 s for others.
 */
export class SqliteFile {
	readonly #options: SqliteFileOptions;

	constructor(options: SqliteFileOptions) {
		this.#options = options;
	}

	get exists(): boolean {
		return existsSync(this.#options.path);
	}

	/** @returns undefined where nothing was ever written */
	async read<T>(work: (database: DatabaseSync) => T): Promise<T | undefined> {
		if (!this.exists) return undefined;
		return await this.#attempt(() => {
			const database = this.#open(true);
			try {
				return this.#hasTable(database) ? work(database) : undefined;
			} finally {
				database.close();
			}
		});
	}

	/** One transaction, which is taken back when `work` throws. */
	async write<T>(work: (database: DatabaseSync) => T): Promise<T> {
		return await this.#attempt(() => {
			const database = this.#begin();
			try {
				const result = work(database);
				database.exec('commit');
				return result;
			} finally {
				// what was not committed is taken back
				database.close();
			}
		});
	}

	/** Writes, then waits for `outside`, and commits only when that has succeeded. Nobody else writes meanwhile. */
	async writeAround<T>(
		work: (database: DatabaseSync) => void,
		outside: () => Promise<T>,
	): Promise<T> {
		const database = await this.#attempt(() => {
			const begun = this.#begin();
			try {
				work(begun);
				return begun;
			} catch (error) {
				begun.close();
				throw error;
			}
		});
		try {
			const result = await outside();
			await this.#attempt(() => database.exec('commit'));
			return result;
		} finally {
			database.close();
		}
	}

	#begin(): DatabaseSync {
		const { path, schema } = this.#options;
		if (!this.exists) {
			mkdirSync(dirname(path), { recursive: true });
			closeSync(openSync(path, 'a', FILE_MODE));
		}
		const database = this.#open(false);
		try {
			// a lock for writing from the start: two that read first and write then could not both go on
			database.exec('begin immediate');
			database.exec(schema);
			return database;
		} catch (error) {
			database.close();
			throw error;
		}
	}

	#open(readOnly: boolean): DatabaseSync {
		return new DatabaseSync(this.#options.path, { readOnly, timeout: BUSY_TIMEOUT_MS });
	}

	#hasTable(database: DatabaseSync): boolean {
		const select = "select 1 from sqlite_master where type = 'table' and name = ?";
		return database.prepare(select).get(this.#options.table) !== undefined;
	}

	async #attempt<T>(work: () => T): Promise<T> {
		for (let waited = 0; ; waited += RETRY_MS + BUSY_TIMEOUT_MS) {
			try {
				return work();
			} catch (error) {
				if (error instanceof ImportError) throw error;
				if (!isBusy(error) || waited >= LONGEST_WAIT_MS) {
					const reason = error instanceof Error ? error.message : String(error);
					throw this.#options.failure(reason, error);
				}
			}
			await wait(RETRY_MS);
		}
	}
}

function isBusy(error: unknown): boolean {
	const { errcode } = error as { errcode?: unknown };
	if (typeof errcode !== 'number') return false;
	const code = errcode % 256;
	return code === SQLITE_BUSY || code === SQLITE_LOCKED;
}
