import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection, type Connection } from 'mysql2/promise';
import { Client } from 'pg';
import { describeWithMariaDb, mariaDbConfig } from '../../mariadb-server';
import { describeWithPostgres, postgresConfig } from '../../postgres-server';
import type { Bench } from './load-cases';
import { targetOf } from './target-of';

type Rows = Array<Record<string, unknown>>;

/** Somebody else who works on the same database. */
export interface OtherConnection {
	run: (statement: string) => Promise<Rows>;
	close: () => Promise<void>;
}

/** A database of its own for one test file, that can be disturbed in the middle of an import. */
export interface DisturbedDatabase extends Bench {
	/** What a process of its own needs to make the same target. */
	config: Record<string, unknown>;
	connect: () => Promise<OtherConnection>;
	/** Connections of imports that the server still serves. */
	imports: () => Promise<number>;
	/** Imports that wait for a lock. Undefined where the database cannot tell. */
	waiting?: () => Promise<number>;
	/** Cuts the connections of all imports. @returns how many there were */
	cut?: () => Promise<number>;
	drop: () => Promise<void>;
}

export interface TestedDatabase {
	label: string;
	describe: typeof describe.skip;
	/** The type of a text in the database's own words. */
	text: string;
	create: () => Promise<DisturbedDatabase>;
}

export const freshName = (): string =>
	`data_import_test_${process.pid}_${Math.random().toString(36).slice(2, 8)}`;

/** Waits until something is so; gives up after half a minute. */
export async function until(isSo: () => Promise<boolean>, what: string): Promise<void> {
	for (let i = 0; i < 3000; i++) {
		if (await isSo()) return;
		await sleep(10);
	}
	throw new Error(`It never came to this: ${what}`);
}

export async function openPostgres(
	server: typeof postgresConfig,
	created = freshName(),
): Promise<DisturbedDatabase> {
	const admin = new Client(server);
	admin.on('error', () => undefined);
	await admin.connect();
	await admin.query(`create database ${created}`);
	const config = { ...server, database: created };
	const connect = async () => {
		const client = new Client(config);
		client.on('error', () => undefined);
		await client.connect();
		return {
			run: async (statement: string) =>
				(await client.query<Record<string, unknown>>(statement)).rows,
			close: () => client.end(),
		};
	};
	const own = await connect();
	const ofImports = `from pg_stat_activity where datname = '${created}' and application_name = 'n8n data import'`;
	const count = async (where: string) =>
		Number(
			(await admin.query<{ n: string }>(`select count(*) as n ${ofImports} ${where}`)).rows[0]?.n,
		);
	return {
		target: targetOf('PostgreSQL', config),
		config,
		table: (name) => ({ schema: 'public', name }),
		run: own.run,
		connect,
		imports: () => count(''),
		waiting: () => count("and wait_event_type = 'Lock'"),
		cut: async () =>
			(await admin.query(`select pg_terminate_backend(pid) ${ofImports}`)).rowCount ?? 0,
		drop: async () => {
			await own.close();
			await admin.query(`drop database ${created} with (force)`);
			await admin.end();
		},
	};
}

/**
 * InnoDB shows transactions as they were until nobody has looked for 0.1 s: who looks more often sees the same for ever.
 * https://dev.mysql.com/doc/refman/8.4/en/innodb-information-schema-internal-data.html
 */
const TRANSACTIONS_REFRESHED_MS = 150;

export async function openMariaDb(server: typeof mariaDbConfig): Promise<DisturbedDatabase> {
	const created = freshName();
	const others = new Set<number>();
	const admin = await createConnection(server);
	await admin.query(`create database ${created} character set utf8mb4`);
	const config = { ...server, database: created };
	const query = async (connection: Connection, statement: string) => {
		const [rows] = await connection.query(statement);
		return Array.isArray(rows) ? (rows as Rows) : [];
	};
	const connect = async () => {
		const connection = await createConnection({ ...config, dateStrings: true });
		connection.on('error', () => undefined);
		others.add(connection.threadId);
		return {
			run: (statement: string) => query(connection, statement),
			close: () => connection.end(),
		};
	};
	const own = await connect();
	const imports = async () => {
		const rows = await query(
			admin,
			`select id from information_schema.processlist where db = '${created}'`,
		);
		return rows.map(({ id, ID }) => Number(id ?? ID)).filter((id) => !others.has(id));
	};
	return {
		target: targetOf('MariaDB', config),
		config,
		table: (name) => ({ name }),
		run: own.run,
		connect,
		imports: async () => (await imports()).length,
		waiting: async () => {
			await sleep(TRANSACTIONS_REFRESHED_MS);
			const ids = await imports();
			const rows = await query(
				admin,
				"select trx_mysql_thread_id as id from information_schema.innodb_trx where trx_state = 'LOCK WAIT' union select id from information_schema.processlist where state like 'Waiting for table metadata lock'",
			);
			return rows.filter(({ id }) => ids.includes(Number(id))).length;
		},
		cut: async () => {
			const ids = await imports();
			for (const id of ids) await admin.query(`kill ${id}`).catch(() => undefined);
			return ids.length;
		},
		drop: async () => {
			await own.close();
			await admin.query(`drop database ${created}`);
			await admin.end();
		},
	};
}

export function openSqlite(place = tmpdir()): Promise<DisturbedDatabase> {
	const folder = mkdtempSync(join(place, 'data-import-safety-'));
	const path = join(folder, 'people.sqlite');
	// opened for each statement: what a killed process left behind is mended when the file is opened
	const run = (statement: string): Rows => {
		const database = new DatabaseSync(path);
		try {
			if (!/^(select|pragma)/i.test(statement)) database.exec(statement);
			else
				return database
					.prepare(statement)
					.all()
					.map((row) => ({ ...row }));
			return [];
		} finally {
			database.close();
		}
	};
	run('pragma user_version');
	return Promise.resolve({
		target: targetOf('SQLite', { path }),
		config: { path },
		table: (name) => ({ name }),
		run: async (statement) => await Promise.resolve(run(statement)),
		connect: () => {
			const database = new DatabaseSync(path);
			return Promise.resolve({
				run: async (statement: string) => {
					if (/^(select|pragma)/i.test(statement))
						return await Promise.resolve(database.prepare(statement).all());
					database.exec(statement);
					return [];
				},
				close: async () => {
					database.close();
					await Promise.resolve();
				},
			});
		},
		imports: () => Promise.resolve(0),
		drop: async () => {
			rmSync(folder, { recursive: true });
			await Promise.resolve();
		},
	});
}

export const postgres: TestedDatabase = {
	label: 'PostgreSQL',
	describe: describeWithPostgres,
	text: 'text',
	create: () => openPostgres(postgresConfig),
};

export const mariaDb: TestedDatabase = {
	label: 'MariaDB',
	describe: describeWithMariaDb,
	text: 'varchar(60)',
	create: () => openMariaDb(mariaDbConfig),
};

export const sqlite: TestedDatabase = {
	label: 'SQLite',
	describe,
	text: 'text',
	create: () => openSqlite(),
};

export const everyDatabase = [postgres, mariaDb, sqlite];
