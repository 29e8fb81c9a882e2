import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { CompiledQuery } from 'kysely';
import type { QueryResult, SqlConnection } from '../sql/connection';
import type { StagedRow, StagedValue } from '../target';
import { SqliteError } from './sqlite-error';
import { SqliteImportLock } from './sqlite-import-lock';

interface Answer {
	id: number;
	result?: QueryResult;
	error?: { message: string; errcode?: number };
}

interface Waiting {
	resolve: (result: QueryResult) => void;
	reject: (error: Error) => void;
}

const NOTHING: QueryResult = { rows: [], changes: 0 };

/** A connection to an SQLite file, on a thread of its own. */
export class SqliteConnection implements SqlConnection {
	readonly #worker: Worker;

	readonly #waiting = new Map<number, Waiting>();

	#lastId = 0;

	/** Staging runs one batch ahead: the next rows are read while these are stored. */
	#staging: Promise<unknown> = Promise.resolve();

	#failure: unknown;

	#ended: Error | undefined;

	readonly #importLock: SqliteImportLock;

	constructor(path: string) {
		this.#importLock = new SqliteImportLock(path);
		// the thread runs the same kind of file as this one: TypeScript in tests, JavaScript in the build
		const module = extname(__filename) === '.ts' ? 'sqlite-worker.mts' : 'sqlite-worker.mjs';
		this.#worker = new Worker(join(__dirname, module), {
			workerData: { path },
		});
		this.#worker.on('message', (answer: Answer) => this.#settle(answer));
		this.#worker.on('error', (error: Error) => this.#failAll(error));
		this.#worker.on('exit', () =>
			this.#failAll(new SqliteError('the connection is closed', undefined)),
		);
		this.#worker.unref();
	}

	async run({ sql, parameters }: CompiledQuery): Promise<QueryResult> {
		await this.#stagingDone();
		return await this.#ask({ kind: 'run', sql, parameters });
	}

	async append(table: string, rows: StagedRow[]): Promise<void> {
		await this.#stagingDone();
		const [first] = rows;
		if (first === undefined) return;
		const places = Array.from({ length: first.values.length + 1 }, () => '?').join(', ');
		const sql = `insert into temp.${table} values (${places})`;
		const staged = rows.map(({ number, values }) => [number, ...values.map(storable)]);
		this.#staging = this.#ask({ kind: 'stage', sql, rows: staged }).catch((error: unknown) => {
			this.#failure = error;
		});
	}

	/** A statement that runs cannot be broken off inside SQLite: it is waited for by `close`, and by nobody else. */
	cancel(): Promise<void> {
		this.#failAll(new SqliteError('the connection is closed', undefined));
		void this.#worker.terminate();
		return Promise.resolve();
	}

	async lockImports(isLasting: boolean): Promise<boolean> {
		return await Promise.resolve(this.#importLock.take(isLasting));
	}

	async close(): Promise<void> {
		this.#importLock.release();
		await this.#worker.terminate();
	}

	async #stagingDone(): Promise<void> {
		await this.#staging;
		const failure = this.#failure;
		this.#failure = undefined;
		if (failure !== undefined) throw failure as Error;
	}

	#ask(request: Record<string, unknown>): Promise<QueryResult> {
		if (this.#ended !== undefined) return Promise.reject(this.#ended);
		const id = ++this.#lastId;
		return new Promise((resolve, reject) => {
			this.#waiting.set(id, { resolve, reject });
			this.#worker.ref();
			this.#worker.postMessage({ id, ...request });
		});
	}

	#settle({ id, result, error }: Answer): void {
		const waiting = this.#waiting.get(id);
		this.#waiting.delete(id);
		if (this.#waiting.size === 0) this.#worker.unref();
		if (error !== undefined) waiting?.reject(new SqliteError(error.message, error.errcode));
		else waiting?.resolve(result ?? NOTHING);
	}

	#failAll(error: Error): void {
		this.#ended = error;
		for (const waiting of this.#waiting.values()) waiting.reject(error);
		this.#waiting.clear();
	}
}

const storable = (value: StagedValue): StagedValue =>
	typeof value === 'boolean' ? Number(value) : value;
