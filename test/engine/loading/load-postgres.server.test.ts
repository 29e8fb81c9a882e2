import { load, openFile, openRows, PostgresTarget, type Cell } from '../../../engine';
import { describeWithPostgres, postgresConfig, TestSchema } from '../../postgres-server';
import { importerOf, postgresBench } from './benches';
import { counts, describeConstraints, describeLoading, upsertOn, type Bench } from './load-cases';
import { describeDelta } from './delta-cases';
import { describeMatching } from './match-cases';
import { describeJsonLists, describePolicies } from './policy-cases';
import { describeKeptRecords, describeSynchronisation } from './sync-cases';

describeWithPostgres('loading into PostgreSQL', () => {
	const schema = new TestSchema();
	let bench: Bench;

	beforeAll(async () => {
		await schema.create();
		bench = postgresBench(schema);
	});

	afterAll(() => schema.drop());

	describeLoading(() => bench);

	describeConstraints(() => bench);

	describeMatching(() => bench);

	describePolicies(() => bench);

	describeSynchronisation(() => bench);

	describeDelta(() => bench);

	describeKeptRecords(() => bench);

	describeJsonLists(() => bench);

	const importInto = importerOf(() => bench);

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

	test('arrays take entries and lose them', async () => {
		await schema.query(
			'create table tagged (id int primary key, tags text[] not null, gone varchar(8)[], marks jsonb)',
		);
		await schema.query(
			`insert into tagged values (1, '{Red,"b, c"}', '{a,b}', '["x"]'), (2, '{}', '{a}', null)`,
		);
		const imported = async () =>
			await load(
				openRows(
					['id', 'tags', 'gone', 'marks'].map((name) => ({ name })),
					[
						['1', '["red","B, C","new"]', '["A"]', '["X", "y"]'],
						['2', '["one"]', '["A"]', '[1]'],
					],
				),
				bench.target,
				{
					table: bench.table('tagged'),
					rules: {
						...upsertOn('id'),
						policies: { tags: 'append', gone: 'remove', marks: 'append' },
					},
					mode: 'apply',
				},
			);
		expect(counts(await imported())).toEqual({ rows: 2, updated: 2 });
		expect(await schema.query('select tags, gone, marks from tagged order by id')).toEqual([
			{ tags: ['Red', 'b, c', 'new'], gone: ['b'], marks: ['x', 'y'] },
			{ tags: ['one'], gone: [], marks: [1] },
		]);
		expect(counts(await imported())).toEqual({ rows: 2, unchanged: 2 });
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
		const load = importInto('locked', ['id'], [['1']], undefined, target);
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

	test('a file that breaks off while its rows are staged ends the load, and its connection', async () => {
		await schema.query('create table broken (id int primary key, t text)');
		const records = Array.from({ length: 3000 }, (_, id) =>
			JSON.stringify({ id, t: 'x'.repeat(90) }),
		);
		const text = `[${records.join(',')},{"id":oops}]`;
		const dataset = await openFile(Buffer.from(text));
		const options = { table: bench.table('broken'), rules: upsertOn('id'), mode: 'apply' } as const;
		await expect(load(dataset, bench.target, options)).rejects.toMatchObject({
			code: 'FILE_UNREADABLE',
		});
		expect(await schema.query('select * from broken')).toEqual([]);
		await schema.query('drop table broken');
	});

	test('a connection that the server cuts ends the load in a person’s words', async () => {
		await schema.query('create table cut (id int primary key)');
		const rows = Array.from({ length: 30_000 }, (_, i) => [String(i)]);
		const loading = importInto('cut', ['id'], rows);
		const ended = expect(loading).rejects.toMatchObject({ code: 'RUN_CONNECTION' });
		for (let cut = 0; cut === 0;) {
			cut = (
				await schema.query(
					"select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'n8n data import' and query ~ 'data_import_stage' and pid in (select pid from pg_locks where relation = 'cut'::regclass)",
				)
			).length;
		}
		await ended;
		expect(await schema.query('select * from cut')).toEqual([]);
	});

	test('a default of another type than its column, and an identity, fill what a row leaves empty', async () => {
		await schema.query(
			'create table defaults (name text primary key, id int generated by default as identity, token text not null default gen_random_uuid(), code varchar(5) not null default 0)',
		);
		const columns = ['name', 'id', 'token', 'code'];
		expect(counts(await importInto('defaults', columns, [['a', '', '', '']]))).toEqual({
			rows: 1,
			inserted: 1,
		});
		const [row] = await schema.query('select id, length(token) as token, code from defaults');
		expect(row).toEqual({ id: 1, token: 36, code: '0' });
	});

	test('what a trigger raises under a code of its own, and a constraint that waits, fail their rows alone', async () => {
		await schema.query('create table parents (id int primary key)');
		await schema.query(
			'create table children (id int primary key, parent int references parents deferrable initially deferred)',
		);
		await schema.query('insert into parents values (1)');
		await schema.query(
			`create function odd() returns trigger language plpgsql as $$ begin
				if new.id = 2 then raise exception 'no twos' using errcode = '45000'; end if;
				return new; end $$`,
		);
		await schema.query(
			'create trigger odd before insert on children for each row execute function odd()',
		);
		const rows = [
			['1', '1'],
			['2', '1'],
			['3', '99'],
			['4', '1'],
		];
		const result = await importInto('children', ['id', 'parent'], rows);
		expect(counts(result)).toEqual({ rows: 4, inserted: 2, failed: 2 });
		const failed = await result.failed.first(5);
		expect(failed.map(({ number, issues }) => [number, issues[0]?.code])).toEqual([
			[2, 'WRITE_REFUSED'],
			[3, 'WRITE_FOREIGN_KEY'],
		]);
	});

	test('any JSON value reaches a column for JSON, and is unchanged the next time', async () => {
		await schema.query('create table docs (id int primary key, j jsonb, t json)');
		const rows: Cell[][] = [
			['1', 'true', '"text"'],
			['2', '"text"', '{"a": 1}'],
			['3', '7', '[1, {"b": null}]'],
		];
		expect(counts(await importInto('docs', ['id', 'j', 't'], rows))).toEqual({
			rows: 3,
			inserted: 3,
		});
		expect(counts(await importInto('docs', ['id', 'j', 't'], rows))).toEqual({
			rows: 3,
			unchanged: 3,
		});
		expect(await schema.query('select j from docs order by id')).toEqual([
			{ j: true },
			{ j: 'text' },
			{ j: 7 },
		]);
	});

	test('records of a table that others inherit from are counted once', async () => {
		await schema.query('create table base (id int primary key, v text)');
		await schema.query('create table derived () inherits (base)');
		await schema.query("insert into base values (1, 'a')");
		await schema.query("insert into derived values (1, 'b')");
		const result = await importInto(
			'base',
			['id', 'v'],
			[
				['1', 'c'],
				['2', 'd'],
			],
		);
		expect(counts(result)).toEqual({ rows: 2, inserted: 1, failed: 1 });
		expect((await result.failed.first(1))[0]?.issues[0]?.code).toBe('MATCH_SEVERAL');
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
