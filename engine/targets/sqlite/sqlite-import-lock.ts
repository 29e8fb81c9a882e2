import { existsSync, realpathSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { SqliteError } from './sqlite-error';

/** Behind the name of a database file stands that of the file whose lock means that an import is at work in it. */
const SUFFIX = '-data-import-lock';

/** Primary result code: https://www.sqlite.org/rescode.html#busy */
const BUSY = 5;

/**
 * Keeps other imports out of an SQLite file between two transactions of one: SQLite locks a file for a transaction only. The
 * lock is one on a file of its own, which stays empty; the system gives it free when its process ends, however it does. The
 * file is not removed: another process may be about to lock it.
 */
export class SqliteImportLock {
	readonly #path: string;

	#held: DatabaseSync | undefined;

	/** @param path the database file */
	constructor(path: string) {
		this.#path = path;
	}

	/**
	 * @param isLasting until `release`; else it is only looked whether another import has the lock
	 * @returns false when another import has it
	 * @throws SqliteError when the file cannot be made
	 */
	take(isLasting: boolean): boolean {
		if (this.#path === ':memory:') return true;
		const lockPath = realpathSync(this.#path) + SUFFIX;
		if (!isLasting && !existsSync(lockPath)) return true;
		let file: DatabaseSync | undefined;
		try {
			file = new DatabaseSync(lockPath);
			file.exec('begin immediate');
			if (isLasting) this.#held = file;
			else file.close();
			return true;
		} catch (error) {
			file?.close();
			const { errcode = 0, message } = error as Error & { errcode?: number };
			if ((errcode & 0xff) === BUSY) return false;
			throw new SqliteError(`${message} (${lockPath})`, errcode);
		}
	}

	release(): void {
		this.#held?.close();
		this.#held = undefined;
	}
}
