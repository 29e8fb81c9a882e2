import {
	exactRule,
	load,
	openFile,
	openRows,
	PostgresTarget,
	type LoadRules,
} from '../../../engine';
import { describeWithPostgres, postgresConfig, TestSchema } from '../../postgres-server';
import { importerOf, postgresBench } from './benches';
import { counts, upsertOn } from './load-cases';
import { describeTables, type TableBench } from './table-cases';

describeWithPostgres('tables of PostgreSQL', () => {
	const schema = new TestSchema();
	let bench: TableBench;

	beforeAll(async () => {
		await schema.create();
		bench = postgresBench(schema);
	});

	afterAll(() => schema.drop());

	describeTables(() => bench);

	const importInto = importerOf(() => bench);

	const byWords = (...columns: string[]): LoadRules => ({
		...upsertOn(),
		match: [{ fields: columns.map((column) => ({ column, normalizer: 'words' as const })) }],
	});

	const rowsOf = async (table: string) =>
		(await schema.query(`select * from ${table} order by 1, 2`)).map((row) => Object.values(row));

	const asRole = async (work: (target: PostgresTarget, role: string) => Promise<void>) => {
		const role = `${schema.name}_role`;
		await schema.query(`create role ${role} login`);
		await schema.query(`grant usage on schema ${schema.name} to ${role}`);
		try {
			await work(new PostgresTarget({ ...postgresConfig, user: role }), role);
		} finally {
			await schema.query(`drop owned by ${role}`);
			await schema.query(`drop role ${role}`);
		}
	};

	test('a number that the server always counts up itself finds records, and is left to it in an insert', async () => {
		await schema.query(
			'create table counted (id int generated always as identity primary key, name text)',
		);
		await schema.query("insert into counted (name) values ('a'), ('b')");
		const rules: LoadRules = { ...upsertOn('id'), onNoMatch: 'skip' };
		const rows = [
			['2', 'B'],
			['9', 'x'],
		];
		expect(counts(await importInto('counted', ['id', 'name'], rows, rules))).toEqual({
			rows: 2,
			updated: 1,
			skipped: 1,
		});
		expect(await rowsOf('counted')).toEqual([
			[1, 'a'],
			[2, 'B'],
		]);
		await expect(importInto('counted', ['id', 'name'], rows)).rejects.toMatchObject({
			code: 'RUN_CONFIG',
			issue: { column: 'id', hint: expect.stringContaining('Leave the column out') },
		});
	});

	test('a view that can be updated is loaded like its table; normalizers need the table', async () => {
		await schema.query('create table behind (id int primary key, name text, secret int)');
		await schema.query(
			'create view front as select id, name from behind where id < 100 with check option',
		);
		await schema.query("insert into behind values (1, 'a')");
		const rows = [
			['1', 'A'],
			['2', 'b'],
			['200', 'c'],
		];
		const result = await importInto('front', ['id', 'name'], rows);
		expect(counts(result)).toEqual({ rows: 3, inserted: 1, updated: 1, failed: 1 });
		expect((await result.failed.first(1))[0]?.issues[0]?.code).toBe('WRITE_CHECK');
		await expect(importInto('front', ['id', 'name'], rows, byWords('name'))).rejects.toMatchObject({
			code: 'RUN_CONFIG',
			issue: { hint: expect.stringContaining('a view and a foreign table have none') },
		});
	});

	test('a view that cannot be updated ends the load with the reason of the server', async () => {
		await schema.query('create view fixed as select 1 as id, count(*) as n from pg_class');
		await expect(importInto('fixed', ['id', 'n'], [['5', '1']])).rejects.toMatchObject({
			code: 'WRITE_REFUSED',
			message: expect.stringContaining('cannot insert into view "fixed"'),
		});
	});

	test('records of partitions are told apart, with and without a key of the table', async () => {
		await schema.query('create table parts (id int, name text) partition by list (id)');
		for (const id of [1, 2]) {
			await schema.query(`create table parts_${id} partition of parts for values in (${id})`);
			await schema.query(`insert into parts values (${id}, 'Name ${id}')`);
		}
		const result = await importInto(
			'parts',
			['id', 'name'],
			[
				['2', 'NAME 2'],
				['1', 'new'],
				['3', 'nowhere'],
			],
			byWords('name'),
		);
		expect(counts(result)).toEqual({ rows: 3, inserted: 1, updated: 1, failed: 1 });
		expect(await rowsOf('parts')).toEqual([
			[1, 'Name 1'],
			[1, 'new'],
			[2, 'NAME 2'],
		]);
		// a record may move to another partition
		expect(counts(await importInto('parts', ['name', 'id'], [['new', '2']]))).toEqual({
			rows: 1,
			updated: 1,
		});
	});

	test('records of tables that inherit are told apart, though they share keys', async () => {
		await schema.query('create table elder (id int primary key, name text)');
		await schema.query('create table heir () inherits (elder)');
		await schema.query("insert into elder values (1, 'One')");
		await schema.query("insert into heir values (1, 'Two')");
		const result = await importInto('elder', ['id', 'name'], [['1', 'TWO']], byWords('name'));
		expect(counts(result)).toEqual({ rows: 1, updated: 1 });
		expect(await rowsOf('elder')).toEqual([
			[1, 'One'],
			[1, 'TWO'],
		]);
	});

	test('rows that a policy of the table refuses fail alone', async () => {
		await schema.query('create table guarded_rows (id int primary key, owner text)');
		await schema.query('alter table guarded_rows enable row level security');
		await schema.query("create policy own on guarded_rows using (true) with check (owner = 'me')");
		await asRole(async (target, role) => {
			await schema.query(`grant select, insert, update on guarded_rows to ${role}`);
			const rows = [
				['1', 'me'],
				['2', 'you'],
				['3', 'me'],
			];
			const result = await importInto('guarded_rows', ['id', 'owner'], rows, undefined, target);
			expect(counts(result)).toEqual({ rows: 3, inserted: 2, failed: 1 });
			expect((await result.failed.first(1))[0]).toMatchObject({
				number: 2,
				issues: [{ code: 'WRITE_CHECK', message: expect.stringContaining('row-level security') }],
			});
		});
	});

	test('a unique index over some records, or over an expression, fails the rows that hurt it', async () => {
		await schema.query('create table partly (id int primary key, email text, active boolean)');
		await schema.query('create unique index on partly (email) where active');
		await schema.query('create unique index on partly (lower(email), id) where not active');
		await schema.query(
			"insert into partly values (1, 'a', true), (2, 'b', false), (3, 'b', false)",
		);
		const rows = [
			['4', 'a', 'yes'],
			['5', 'a', 'no'],
			['6', 'b', 'yes'],
		];
		const result = await importInto('partly', ['id', 'email', 'active'], rows);
		expect(counts(result)).toEqual({ rows: 3, inserted: 2, failed: 1 });
		expect((await result.failed.first(1))[0]?.issues[0]).toMatchObject({
			code: 'WRITE_UNIQUE',
			field: 'email',
			value: 'a',
		});
		const several = await importInto('partly', ['email', 'id'], [['b', '9']]);
		expect((await several.failed.first(1))[0]?.issues[0]?.code).toBe('MATCH_SEVERAL');
		await schema.query('create table spelled (id int primary key, email text)');
		await schema.query('create unique index on spelled (lower(email))');
		const twice = await importInto(
			'spelled',
			['id', 'email'],
			[
				['1', 'A'],
				['2', 'a'],
			],
		);
		const [issue] = (await twice.failed.first(1))[0]?.issues ?? [];
		expect(issue).toMatchObject({ code: 'WRITE_UNIQUE' });
		expect(issue?.field).toBeUndefined();
	});

	test('constraints of a domain fail the rows that hurt them', async () => {
		await schema.query('create domain share as numeric not null check (value between 0 and 100)');
		await schema.query('create domain tags as text[] check (cardinality(value) < 3)');
		await schema.query('create table domains (id int primary key, share share, tags tags)');
		const rows = [
			['1', '50.50', '["a","b"]'],
			['2', '101', ''],
			['3', '', ''],
			['4', '1', '["a","b","c"]'],
		];
		const result = await importInto('domains', ['id', 'share', 'tags'], rows);
		expect(counts(result)).toEqual({ rows: 4, inserted: 1, failed: 3 });
		const failed = await result.failed.first(3);
		expect(failed.map(({ number, issues }) => [number, issues[0]?.code])).toEqual([
			[2, 'WRITE_CHECK'],
			[3, 'WRITE_NOT_NULL'],
			[4, 'WRITE_CHECK'],
		]);
		await schema.query('update domains set share = 50.50');
		const again = await importInto('domains', ['id', 'share'], [['1', '50.5']]);
		expect((await again.failed.first(1))[0]?.issues).toBeUndefined();
		expect(counts(again)).toEqual({
			rows: 1,
			unchanged: 1,
		});
	});

	test('a foreign table takes rows; normalizers need the table itself', async () => {
		const { host, port, database, user } = postgresConfig;
		await schema.query('create table far (id int primary key, name text)');
		await schema.query('create extension if not exists postgres_fdw');
		await schema.query(
			`create server ${schema.name} foreign data wrapper postgres_fdw options (host '${host}', port '${port}', dbname '${database}')`,
		);
		try {
			await schema.query(
				`create user mapping for current_user server ${schema.name} options (user '${user}')`,
			);
			await schema.query(
				`create foreign table near (id int not null, name text) server ${schema.name} options (schema_name '${schema.name}', table_name 'far')`,
			);
			await schema.query("insert into far values (1, 'a')");
			const rows = [
				['1', 'A'],
				['2', 'b'],
			];
			expect(counts(await importInto('near', ['id', 'name'], rows))).toEqual({
				rows: 2,
				inserted: 1,
				updated: 1,
			});
			expect(await rowsOf('far')).toEqual([
				[1, 'A'],
				[2, 'b'],
			]);
			await expect(importInto('near', ['id', 'name'], rows, byWords('name'))).rejects.toMatchObject(
				{
					code: 'RUN_CONFIG',
				},
			);
		} finally {
			await schema.query(`drop server ${schema.name} cascade`);
		}
	});

	const importOnce = async (target: PostgresTarget) =>
		await load(await openFile(Buffer.from('id\n1\n')), target, {
			table: bench.table('modest'),
			rules: upsertOn('id'),
			mode: 'apply',
			once: true,
		});

	test('a role that may not make tables uses the ledger that is there, or is told how to get one', async () => {
		await schema.query('create table modest (id int primary key)');
		await asRole(async (target, role) => {
			await schema.query(`grant select, insert, update on modest to ${role}`);
			await expect(importOnce(target)).rejects.toMatchObject({
				code: 'WRITE_DENIED',
				issue: { hint: expect.stringContaining('create table data_import_files (fingerprint') },
			});
			await schema.query(
				'create table data_import_files (fingerprint varchar(64) not null, table_name varchar(255) not null, file_name varchar(255), imported_at varchar(32) not null, primary key (fingerprint, table_name))',
			);
			await schema.query(`grant select, insert on data_import_files to ${role}`);
			expect((await importOnce(target)).summary.status).toBe('applied');
			expect((await importOnce(target)).summary.status).toBe('already imported');
		});
		await schema.query('drop table data_import_files');
	});

	test('a role that may not make temporary tables is told so', async () => {
		const database = `${schema.name}_strict`;
		await schema.query(`create database ${database}`);
		await schema.query(`revoke temporary on database ${database} from public`);
		const admin = new PostgresTarget({ ...postgresConfig, database });
		try {
			await asRole(async (_, role) => {
				const target = new PostgresTarget({ ...postgresConfig, database, user: role });
				const importing = load(openRows([{ name: 'datname' }], [['x']]), target, {
					table: { schema: 'pg_catalog', name: 'pg_database' },
					rules: { ...upsertOn('datname'), match: [exactRule('datname')], onNoMatch: 'skip' },
					mode: 'apply',
				});
				await expect(importing).rejects.toMatchObject({
					code: 'WRITE_DENIED',
					message: expect.stringContaining('may not create temporary tables'),
				});
			});
		} finally {
			await admin.close();
			await schema.query(`drop database ${database}`);
		}
	});

	test('JSON keeps the digits of its numbers', async () => {
		await schema.query('create table exact (id int primary key, a jsonb, b json)');
		const doc = '{"n": [1.5, 12345678901234567.8901234567]}';
		await importInto('exact', ['id', 'a', 'b'], [['1', doc, doc]]);
		expect(await schema.query('select a::text as a, b::text as b from exact')).toEqual([
			{ a: doc, b: doc.replaceAll(' ', '') },
		]);
	});
});
