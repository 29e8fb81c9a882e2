import { createHash } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load, openRows } from '../../../engine';
import { describeWithMariaDb, mariaDbConfig } from '../../mariadb-server';
import { describeWithPostgres, postgresConfig } from '../../postgres-server';
import { counts, createCustomers, customers, EVERYTHING, FIRST_TIME, rules } from './customers';
import { openMariaDb, openPostgres, openSqlite, type DisturbedDatabase } from './databases';
import { codeOf, disturbed, importCustomers } from './disturbed';
import {
	hasMariaDbPrograms,
	hasPostgresPrograms,
	ownMariaDb,
	ownPostgres,
	smallDisk,
	type OwnServer,
} from './own-servers';

const STARTING_MS = 120_000;

const servers = [
	{
		label: 'PostgreSQL',
		// a server on another machine has its programs there: nothing can be started or stopped here
		describe: hasPostgresPrograms ? describeWithPostgres : describe.skip,
		make: () => ownPostgres(),
		open: (port: number) =>
			openPostgres({
				...postgresConfig,
				host: '127.0.0.1',
				port,
				user: 'postgres',
				password: '',
				database: 'postgres',
			}),
		owner: 'postgres' as const,
		fill: async ({ run }: DisturbedDatabase, disk: string) => {
			await run(`create tablespace small location '${disk}'`);
			await run('create table filling (email text primary key, name text) tablespace small');
		},
	},
	{
		label: 'MariaDB',
		describe: hasMariaDbPrograms ? describeWithMariaDb : describe.skip,
		make: () => ownMariaDb(),
		open: (port: number) =>
			openMariaDb({ ...mariaDbConfig, host: '127.0.0.1', port, user: 'root', password: '' }),
		owner: 'mysql' as const,
		fill: async ({ run }: DisturbedDatabase, disk: string) => {
			await run(
				`create table filling (email varchar(60) primary key, name text) data directory = '${disk}'`,
			);
		},
	},
];

/** 12 MB, which is more than there is room for; they do not become smaller by compression. */
const largeRows = () =>
	Array.from({ length: 6000 }, (_, i) => {
		const name = createHash('shake256', { outputLength: 1500 }).update(String(i)).digest('base64');
		return [`${i}@x.org`, name];
	});

const fillTable = async (database: DisturbedDatabase, rows: string[][]) =>
	await load(openRows([{ name: 'email' }, { name: 'name' }], rows), database.target, {
		table: database.table('filling'),
		rules,
		mode: 'apply',
	});

describe.each(servers)('$label', ({ describe, make, open, owner, fill }) => {
	describe('a server of its own', () => {
		let server: OwnServer;
		let disk: ReturnType<typeof smallDisk>;
		let database: DisturbedDatabase;
		let before: string;

		beforeAll(async () => {
			server = await make();
			disk = smallDisk(server, 8, owner);
			await server.start();
			database = await open(server.port);
			await createCustomers(database);
			before = await customers(database);
		}, STARTING_MS);

		afterAll(async () => {
			await database.drop().catch(() => undefined);
			await server.crash().catch(() => undefined);
			disk?.remove();
			await server.remove();
		}, STARTING_MS);

		test('its disk is full: the load ends with a code, and nothing is half-written', async () => {
			if (disk === undefined) {
				console.warn('skipped: this process may not mount a small disk');
				return;
			}
			await fill(database, disk.path);
			await database.run("insert into filling values ('old@x.org', 'Old')");
			expect(await codeOf(fillTable(database, largeRows()))).toBe('WRITE_NO_SPACE');
			expect(await database.run('select email from filling')).toEqual([{ email: 'old@x.org' }]);
			// it works again with what fits
			const small = await fillTable(database, [['new@x.org', 'New']]);
			expect(counts(small)).toEqual({ rows: 1, inserted: 1 });
		}, 60_000);

		test(
			'it crashes half-way and starts again: the table is as it was, and the next run writes all of it',
			async () => {
				for (const phase of ['decide', 'apply'] as const) {
					const target = disturbed(database.target, phase, () => server.crash());
					expect(await codeOf(importCustomers(database, {}, target))).toBe('RUN_CONNECTION');
					await server.start();
					const { run, close } = await database.connect();
					expect(await customers({ run })).toBe(before);
					await close();
				}
				expect(counts(await importCustomers(database))).toEqual(FIRST_TIME);
				await server.crash();
				await server.start();
				const { run, close } = await database.connect();
				expect(await customers({ run })).toBe(EVERYTHING);
				await close();
			},
			STARTING_MS,
		);
	});
});

describe('SQLite', () => {
	test('its disk is full: the load ends with a code, and nothing is half-written', async () => {
		const disk = smallDisk({ folder: mkdtempSync(join(tmpdir(), 'data-import-small-')) }, 2);
		if (disk === undefined) {
			console.warn('skipped: this process may not mount a small disk');
			return;
		}
		const database = await openSqlite(disk.path);
		try {
			await database.run('create table filling (email text primary key, name text)');
			await database.run("insert into filling values ('old@x.org', 'Old')");
			expect(await codeOf(fillTable(database, largeRows()))).toBe('WRITE_NO_SPACE');
			expect(await database.run('select email from filling')).toEqual([{ email: 'old@x.org' }]);
			const small = await fillTable(database, [['new@x.org', 'New']]);
			expect(counts(small)).toEqual({ rows: 1, inserted: 1 });
		} finally {
			await database.drop();
			disk.remove();
		}
	});
});
