import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** Pages that SQLite keeps in memory, in KiB. What is beyond lies in the file. */
const CACHE_KIB = 32 * 1024;

/**
 * A temporary SQLite file of a step that must remember more than fits in memory. It is made when it is first used and
 * removed by `close`; what is in it is worth nothing once the process has ended.
 */
export class SpillFile {
	readonly #schema: string;

	readonly #statements = new Map<string, StatementSync>();

	#folder: string | undefined;

	#database: DatabaseSync | undefined;

	/** @param schema statements that make its tables */
	constructor(schema: string) {
		this.#schema = schema;
	}

	exec(sql: string): void {
		this.#open().exec(sql);
	}

	statement(sql: string): StatementSync {
		const known = this.#statements.get(sql);
		if (known !== undefined) return known;
		const statement = this.#open().prepare(sql);
		this.#statements.set(sql, statement);
		return statement;
	}

	close(): void {
		this.#statements.clear();
		this.#database?.close();
		this.#database = undefined;
		if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
		this.#folder = undefined;
	}

	#open(): DatabaseSync {
		if (this.#database !== undefined) return this.#database;
		this.#folder = mkdtempSync(join(tmpdir(), 'data-import-'));
		const database = new DatabaseSync(join(this.#folder, 'rows.sqlite'));
		database.exec(
			`pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -${CACHE_KIB}`,
		);
		database.exec(this.#schema);
		database.exec('begin');
		this.#database = database;
		return database;
	}
}
