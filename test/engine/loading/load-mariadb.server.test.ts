import { MySqlTarget, type Cell } from '../../../engine';
import { describeWithMariaDb, mariaDbConfig, TestDatabase } from '../../mariadb-server';
import { importerOf, mariaDbBench } from './benches';
import { counts, describeConstraints, describeLoading, type Bench } from './load-cases';
import { describeDelta } from './delta-cases';
import { describeMatching } from './match-cases';
import { describeJsonLists, describePolicies } from './policy-cases';
import { describeKeptRecords, describeSynchronisation } from './sync-cases';

describeWithMariaDb('loading into MariaDB', () => {
	const database = new TestDatabase();
	let bench: Bench;

	beforeAll(async () => {
		await database.create();
		bench = mariaDbBench(database);
	});

	afterAll(() => database.drop());

	describeLoading(() => bench);

	describeConstraints(() => bench);

	describeMatching(() => bench);

	describePolicies(() => bench);

	describeSynchronisation(() => bench);

	describeDelta(() => bench);

	describeKeptRecords(() => bench);

	describeJsonLists(() => bench);

	const importInto = importerOf(() => bench);

	test('types of the server take their values: bits, enums, unsigned, JSON, decimals, dates, years', async () => {
		await database.query(
			"create table types (id int primary key, flag bit(1), yes boolean, kind enum('new','it''s'), amount decimal(20,4), big bigint unsigned, doc json, day date, moment datetime(3), at time, made year, note text)",
		);
		const columns = ['id', 'flag', 'yes', 'kind', 'amount', 'big', 'doc', 'day', 'moment', 'at'];
		const rows: Cell[][] = [
			[
				...['1', 'true', 'false', "it's", '1234567890123456.7891', '18446744073709551615'],
				...['{"b":1,"a":[2]}', '2024-02-29', '2024-02-29T10:20:30.123', '10:20:30', '2024'],
				'back\\slash \\N "quoted" tab\tend',
			],
			['2', 'false', '', '', '', '', '', '', '', '', '', ''],
		];
		const everything = [...columns, 'made', 'note'];
		expect(counts(await importInto('types', everything, rows))).toEqual({ rows: 2, inserted: 2 });
		const [first] = await database.query(
			'select flag + 0 as flag, yes, kind, cast(amount as char) as amount, cast(big as char) as big, doc, cast(day as char) as day, cast(moment as char) as moment, cast(at as char) as at, made, note from types where id = 1',
		);
		expect(first).toMatchObject({
			flag: 1,
			yes: 0,
			kind: "it's",
			amount: '1234567890123456.7891',
			big: '18446744073709551615',
			day: '2024-02-29',
			moment: '2024-02-29 10:20:30.123',
			at: '10:20:30',
			made: 2024,
			note: 'back\\slash \\N "quoted" tab\tend',
		});
		expect(counts(await importInto('types', everything, rows))).toEqual({ rows: 2, unchanged: 2 });
		const reordered = [['1', '{"a":[2], "b":1}']];
		expect(counts(await importInto('types', ['id', 'doc'], reordered))).toMatchObject({ rows: 1 });
	});

	test('a change of case alone is a change, though the collation finds the record in any case', async () => {
		await database.query('create table cased (email varchar(60) primary key, name varchar(20))');
		await database.query("insert into cased values ('Ann@x.org', 'ann')");
		const result = await importInto('cased', ['email', 'name'], [['ann@X.org', 'Ann']]);
		expect(counts(result)).toEqual({ rows: 1, updated: 1 });
		expect(await database.query('select email, name from cased')).toEqual([
			{ email: 'Ann@x.org', name: 'Ann' },
		]);
	});

	test('a number that the server counts up, and columns that it computes, are left to it', async () => {
		await database.query(
			"create table counted (id int auto_increment primary key, email varchar(60) unique, domain varchar(60) as (substring_index(email, '@', -1)) stored, seen datetime not null default current_timestamp)",
		);
		const result = await importInto(
			'counted',
			['email', 'id'],
			[
				['a@x.org', ''],
				['b@y.org', ''],
			],
		);
		expect(counts(result)).toEqual({ rows: 2, inserted: 2 });
		expect(await database.query('select id, domain from counted order by id')).toEqual([
			{ id: 1, domain: 'x.org' },
			{ id: 2, domain: 'y.org' },
		]);
		await expect(
			importInto('counted', ['email', 'domain'], [['c@x.org', 'z']]),
		).rejects.toMatchObject({ code: 'RUN_CONFIG' });
	});

	test('a trigger that raises fails its row and no other', async () => {
		await database.query('create table guarded (id int primary key, name varchar(20))');
		await database.query(
			"create trigger guard before insert on guarded for each row if new.name = 'raise' then signal sqlstate '45000' set message_text = 'not this one'; end if",
		);
		const rows = ['a', 'raise', 'b'].map((name, i) => [String(i), name]);
		const result = await importInto('guarded', ['id', 'name'], rows);
		expect(counts(result)).toEqual({ rows: 3, inserted: 2, failed: 1 });
		const [failed] = await result.failed.first(1);
		expect(failed?.issues[0]).toMatchObject({ code: 'WRITE_REFUSED' });
		expect(failed?.issues[0]?.message).toContain('not this one');
	});

	test('a server that takes no LOAD DATA LOCAL gets the rows by INSERT', async () => {
		await database.query('create table inserted (id int primary key, name varchar(40), f bit(1))');
		const [setting] = await database.query("show variables like 'local_infile'");
		await database.query('set global local_infile = 0');
		try {
			const rows = Array.from({ length: 3000 }, (_, i) => [
				String(i),
				`O'Brien \\ ${'x'.repeat(i % 20)}`,
				'true',
			]);
			const result = await importInto('inserted', ['id', 'name', 'f'], rows);
			expect(counts(result)).toEqual({ rows: 3000, inserted: 3000 });
			expect(await database.query('select name, f + 0 as f from inserted where id = 1')).toEqual([
				{ name: "O'Brien \\ x", f: 1 },
			]);
		} finally {
			await database.query(`set global local_infile = ${String(setting?.Value) === 'ON' ? 1 : 0}`);
		}
	});

	test('a value that only the database can judge fails its row, with column and value', async () => {
		await database.query('create table judged (id int primary key, token uuid)');
		const good = 'c56a4180-65aa-42ec-a945-5fd21dec0538';
		const rows = Array.from({ length: 50 }, (_, i) => [String(i), i === 33 ? 'no-uuid' : good]);
		const result = await importInto('judged', ['id', 'token'], rows);
		expect(counts(result)).toEqual({ rows: 50, inserted: 49, failed: 1 });
		expect((await result.failed.first(1))[0]).toMatchObject({
			number: 34,
			issues: [{ code: 'WRITE_TYPE', field: 'token', value: 'no-uuid' }],
		});
	});

	test('a user who may not write is told so, and nothing is written', async () => {
		const user = database.name.slice(-6) + '_reader';
		await database.query('create table locked (id int primary key)');
		await database.query(`create user ${user}@'%' identified by 'secret'`);
		try {
			await database.query(
				`grant select, create temporary tables on \`${database.name}\`.* to ${user}@'%'`,
			);
			const reader = new MySqlTarget({
				...mariaDbConfig,
				user,
				password: 'secret',
				database: database.name,
			});
			await expect(importInto('locked', ['id'], [['1']], undefined, reader)).rejects.toMatchObject({
				code: 'WRITE_DENIED',
			});
			expect(await database.query('select id from locked')).toEqual([]);
		} finally {
			await database.query(`drop user ${user}@'%'`);
		}
	});

	test.each([
		['a server that does not answer', { port: 1 }, 'RUN_CONNECTION'],
		['a wrong password', { user: 'nobody_here', password: 'wrong' }, 'RUN_CONNECTION'],
		['a database that is not there', { database: 'no_such_database' }, 'RUN_CONNECTION'],
		['no database', { database: '' }, 'RUN_CONFIG'],
	])('%s is said in plain words', async (_, wrong, code) => {
		const target = new MySqlTarget({ ...mariaDbConfig, database: database.name, ...wrong });
		await expect(target.listTables()).rejects.toMatchObject({ code });
	});

	test('a connection that the server cuts ends the load in a person’s words', async () => {
		await database.query('create table cut (id int primary key)');
		const rows = Array.from({ length: 30_000 }, (_, i) => [String(i)]);
		const loading = importInto('cut', ['id'], rows);
		const ended = expect(loading).rejects.toMatchObject({ code: 'RUN_CONNECTION' });
		for (let cut = 0; cut === 0;) {
			const others = await database.query(
				`select id from information_schema.processlist where db = '${database.name}' and id <> connection_id()`,
			);
			for (const { id } of others) await database.query(`kill ${String(id)}`).catch(() => []);
			cut = others.length;
		}
		await ended;
		expect(await database.query('select id from cut')).toEqual([]);
	});
});
