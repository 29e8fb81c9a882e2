/**
 * Runs SQLite on a thread of its own: `node:sqlite` is synchronous, and a statement over a million rows would hold the
 * event loop for seconds. It imports nothing but Node itself, so that it can be started from source and from the build.
 */
import { existsSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

type Request =
	| { id: number; kind: 'run'; sql: string; parameters: readonly unknown[] }
	| { id: number; kind: 'stage'; sql: string; rows: ReadonlyArray<readonly unknown[]> };

/** How long a statement waits for other connections to let go of the file. */
const BUSY_TIMEOUT_MS = 10_000;

/** SQLite itself waits for so long only: the thread can be ended between two tries, not while SQLite waits. */
const BUSY_TURN_MS = 200;

/** Primary result code: https://www.sqlite.org/rescode.html#busy */
const BUSY = 5;

const { path } = workerData as { path: string };
let database: DatabaseSync | undefined;
const prepared = new Map<string, StatementSync>();

function open(): DatabaseSync {
	// an SQLite database is made by opening it: a mistyped path must not end in a new, empty file
	if (path !== ':memory:' && !existsSync(path)) {
		throw Object.assign(new Error('there is no such file'), { errcode: 14 });
	}
	const opened = new DatabaseSync(path);
	opened.exec(`pragma busy_timeout = ${BUSY_TURN_MS}`);
	return opened;
}

function run(sql: string, parameters: readonly unknown[]) {
	database ??= open();
	const statement = database.prepare(sql);
	statement.setReadBigInts(true);
	const values = parameters as SQLInputValue[];
	if (statement.columns().length > 0) {
		return { rows: statement.all(...values).map(withPlainNumbers), changes: 0 };
	}
	return { rows: [], changes: Number(statement.run(...values).changes) };
}

function withPlainNumbers(row: Record<string, unknown>): Record<string, unknown> {
	for (const [name, value] of Object.entries(row)) {
		if (typeof value !== 'bigint') continue;
		row[name] = Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
	}
	return { ...row };
}

function stage(sql: string, rows: ReadonlyArray<readonly unknown[]>): void {
	database ??= open();
	let statement = prepared.get(sql);
	if (statement === undefined) {
		statement = database.prepare(sql);
		prepared.set(sql, statement);
	}
	for (const row of rows) statement.run(...(row as SQLInputValue[]));
}

function untilFree<T>(work: () => T): T {
	const deadline = performance.now() + BUSY_TIMEOUT_MS;
	for (;;) {
		try {
			return work();
		} catch (error) {
			const { errcode = 0 } = error as { errcode?: number };
			if ((errcode & 0xff) !== BUSY || performance.now() > deadline) throw error;
		}
	}
}

function answer(request: Request): unknown {
	if (request.kind === 'run') return untilFree(() => run(request.sql, request.parameters));
	stage(request.sql, request.rows);
	return undefined;
}

parentPort?.on('message', (request: Request) => {
	try {
		parentPort?.postMessage({ id: request.id, result: answer(request) });
	} catch (error) {
		const { message, errcode } = error as Error & { errcode?: number };
		parentPort?.postMessage({ id: request.id, error: { message, errcode } });
	}
});
