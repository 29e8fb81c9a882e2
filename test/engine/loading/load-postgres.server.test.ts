import { load, openRows, PostgresTarget, type Cell } from '../../../engine';
import { describeWithPostgres, postgresConfig, TestSchema } from '../../postgres-server';
import { counts, describeLoading, upsertOn, type Bench } from './load-cases';

describeWithPostgres('loading into PostgreSQL', () => {
	const schema = new TestSchema();
	let bench: Bench;

	beforeAll(async () => {
		await schema.create();
		bench = {
			target: new PostgresTarget(postgresConfig),
			table: (name) => ({ schema: schema.name, name }),
			run: (statement) => schema.query(statement),
		};
	});

	afterAll(() => schema.drop());

	describeLoading(() => bench);

	const importInto = async (
		table: string,
		columns: string[],
		rows: Cell[][],
		target = bench.target,
	) =>
		await load(
			openRows(
				columns.map((name) => ({ name })),
				rows,
			),
			target,
			{ table: bench.table(table), rules: upsertOn(columns[0]!), mode: 'apply' },
		);

	test('a value that only the database can judge fails its row, with column and value', async () => {
		await schema.query('create table keys (id int primary key, token uuid)');
		const good = 'c56a4180-65aa-42ec-a945-5fd21dec0538';
		const rows = Array.from({ length: 50 }, (_, i) => [String(i), i === 33 ? 'no-uuid' : good]);
		const result = await importInto('keys', ['id', 'token'], rows);
		expect(counts(result)).toEqual({ rows: 50, inserted: 49, failed: 1 });
		expect((await result.failed.first(1))[0]).toMatchObject({
			number: 34,
			source: ['33', 'no-uuid'],
			issues: [{ code: 'WRITE_TYPE', field: 'token', value: 'no-uuid' }],
		});
	});

	test('a trigger that raises, or keeps a row back, fails that row and no other', async () => {
		await schema.query('create table guarded (id int primary key, name text)');
		await schema.query(
			`create function guard() returns trigger language plpgsql as $$ begin
				if new.name = 'raise' then raise exception 'not this one'; end if;
				if new.name = 'hide' then return null; end if;
				return new; end $$`,
		);
		await schema.query(
			'create trigger guard before insert on guarded for each row execute function guard()',
		);
		const names = ['a', 'raise', 'b', 'hide', 'c'];
		const rows = names.map((name, i) => [String(i), name]);
		const result = await importInto('guarded', ['id', 'name'], rows);
		expect(counts(result)).toEqual({ rows: 5, inserted: 3, failed: 2 });
		const failed = await result.failed.first(5);
		expect(failed.map(({ source, issues }) => [source[1], issues[0]?.code])).toEqual([
			['raise', 'WRITE_REFUSED'],
			['hide', 'WRITE_REFUSED'],
		]);
		expect(failed[0]?.issues[0]?.message).toContain('not this one');
		expect(await schema.query('select name from guarded order by id')).toEqual([
			{ name: 'a' },
			{ name: 'b' },
			{ name: 'c' },
		]);
	});

	test('a role that may not write is told so, and nothing is written', async () => {
		const role = `${schema.name}_reader`;
		await schema.query('create table locked (id int primary key)');
		await schema.query(`create role ${role} login`);
		await schema.query(`grant usage on schema ${schema.name} to ${role}`);
		await schema.query(`grant select on locked to ${role}`);
		const target = new PostgresTarget({ ...postgresConfig, user: role });
		const load = importInto('locked', ['id'], [['1']], target);
		await expect(load).rejects.toMatchObject({ code: 'WRITE_DENIED' });
		await schema.query(`drop owned by ${role}`);
		await schema.query(`drop role ${role}`);
	});

	test('names with capitals, spaces, dots and quotes are names like any other', async () => {
		await schema.query(
			'create table "Odd ""T"".x" ("Key" int primary key, "a b.c" text, "select" text)',
		);
		const result = await importInto('Odd "T".x', ['Key', 'a b.c', 'select'], [['1', 'x', 'y']]);
		expect(counts(result)).toEqual({ rows: 1, inserted: 1 });
		expect(await schema.query('select * from "Odd ""T"".x"')).toEqual([
			{ Key: 1, 'a b.c': 'x', select: 'y' },
		]);
	});

	test('columns that the database fills or computes are left to it', async () => {
		await schema.query(
			'create table filled (id int generated always as identity, name text primary key, twice text generated always as (name || name) stored, made timestamptz not null default now())',
		);
		expect(counts(await importInto('filled', ['name'], [['a'], ['b']]))).toEqual({
			rows: 2,
			inserted: 2,
		});
		await expect(importInto('filled', ['name', 'twice'], [['c', 'x']])).rejects.toMatchObject({
			code: 'RUN_CONFIG',
		});
	});

	test('dates, numbers, booleans, JSON and options reach their types, and are unchanged the next time', async () => {
		await schema.query("create type mood as enum ('glad', 'sad')");
		await schema.query(
			'create table typed (id int primary key, d date, ts timestamp, n numeric(8,2), b boolean, j jsonb, js json, m mood, f double precision, c char(5))',
		);
		const columns = ['id', 'd', 'ts', 'n', 'b', 'j', 'js', 'm', 'f', 'c'];
		const rows: Cell[][] = [
			[
				'1',
				'2026-02-28',
				'2026-02-28T10:00:00',
				'1.50',
				'true',
				'{"a": [1]}',
				'{"b":1}',
				'glad',
				'0.1',
				'abc',
			],
			['2', '', '', '', '', '', '', '', '', ''],
		];
		expect(counts(await importInto('typed', columns, rows))).toEqual({ rows: 2, inserted: 2 });
		expect(counts(await importInto('typed', columns, rows))).toEqual({ rows: 2, unchanged: 2 });
		const bad: Cell[][] = [
			['3', '', '', '1234567.89', '', '', '', '', '', ''],
			['4', '', '', '', '', '', '', 'bored', '', ''],
		];
		const result = await importInto('typed', columns, bad);
		expect((await result.failed.first(5)).map(({ issues }) => issues[0]?.code)).toEqual([
			'CELL_RANGE',
			'CELL_OPTION',
		]);
	});

	test('a server that does not answer is said as such', async () => {
		const target = new PostgresTarget({ ...postgresConfig, host: '127.0.0.1', port: 1 });
		await expect(target.listTables()).rejects.toMatchObject({ code: 'RUN_CONNECTION' });
	});

	test('a login that is refused is said as such', async () => {
		const target = new PostgresTarget({ ...postgresConfig, database: 'no_such_database_here' });
		await expect(target.listTables()).rejects.toMatchObject({ code: 'RUN_CONNECTION' });
	});
});
