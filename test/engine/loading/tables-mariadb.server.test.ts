import { load, MySqlTarget, openFile } from '../../../engine';
import { describeWithMariaDb, mariaDbConfig, TestDatabase } from '../../mariadb-server';
import { importerOf, mariaDbBench } from './benches';
import { counts, upsertOn } from './load-cases';
import { describeTables, type TableBench } from './table-cases';

describeWithMariaDb('tables of MariaDB', () => {
	const database = new TestDatabase();
	let bench: TableBench;

	beforeAll(async () => {
		await database.create();
		bench = mariaDbBench(database);
	});

	afterAll(() => database.drop());

	describeTables(() => bench);

	const importInto = importerOf(() => bench);

	const asUser = async (
		rights: string,
		work: (target: MySqlTarget, user: string) => Promise<void>,
	) => {
		const user = `${database.name.slice(-6)}_modest`;
		await database.query(`create user ${user}@'%' identified by 'secret'`);
		try {
			await database.query(`grant ${rights} on \`${database.name}\`.* to ${user}@'%'`);
			const config = { ...mariaDbConfig, user, password: 'secret', database: database.name };
			await work(new MySqlTarget(config), user);
		} finally {
			await database.query(`drop user ${user}@'%'`);
		}
	};

	test('a date and a time with a zone: a timestamp takes the moment, a datetime what the clock shows', async () => {
		await database.query(
			'create table moments (id int primary key, t timestamp(3) null, d datetime(3))',
		);
		const rows = [
			['1', '2024-01-01T10:00:00.5+02:00', '2024-01-01T10:00:00.5+02:00'],
			['2', '2024-01-01T10:00:00Z', '2024-01-01T10:00:00Z'],
			['3', '2024-01-01T10:00:00', '2024-01-01T10:00:00'],
			['4', '', ''],
		];
		const [zone] = await database.query('select @@global.time_zone as zone');
		const [setting] = await database.query('select @@global.local_infile as allowed');
		await database.query("set global time_zone = '+05:00'");
		try {
			for (const allowed of [1, 0]) {
				await database.query(`set global local_infile = ${allowed}`);
				await database.query('delete from moments');
				expect(counts(await importInto('moments', ['id', 't', 'd'], rows))).toEqual({
					rows: 4,
					inserted: 4,
				});
				await database.query("set time_zone = '+00:00'");
				expect(
					await database.query(
						'select cast(t as char) as t, cast(d as char) as d from moments order by id',
					),
				).toEqual([
					{ t: '2024-01-01 08:00:00.500', d: '2024-01-01 10:00:00.500' },
					{ t: '2024-01-01 10:00:00.000', d: '2024-01-01 10:00:00.000' },
					// without a zone it is in that of the server
					{ t: '2024-01-01 05:00:00.000', d: '2024-01-01 10:00:00.000' },
					{ t: null, d: null },
				]);
				expect(counts(await importInto('moments', ['id', 't', 'd'], rows))).toEqual({
					rows: 4,
					unchanged: 4,
				});
			}
			const early = await importInto('moments', ['id', 't'], [['9', '1950-01-01T00:00:00Z']]);
			expect((await early.failed.first(1))[0]?.issues[0]).toMatchObject({
				code: 'WRITE_TYPE',
				field: 't',
			});
		} finally {
			await database.query(`set global time_zone = '${String(zone?.zone)}'`);
			await database.query(`set global local_infile = ${String(setting?.allowed)}`);
		}
	});

	test('a zero date of the file is refused; one that is the default of the table is left to it', async () => {
		await database.query("set sql_mode = ''");
		await database.query(
			"create table zeros (id int primary key, d date not null default '0000-00-00', t datetime not null default '0000-00-00 00:00:00', note varchar(9))",
		);
		await database.query("insert into zeros (id, note) values (1, 'old')");
		const rows = [
			['1', '', '', 'new'],
			['2', '', '', 'new'],
			['3', '0000-00-00', '', ''],
			['4', '2024-00-00', '', ''],
		];
		const result = await importInto('zeros', ['id', 'd', 't', 'note'], rows);
		expect(counts(result)).toEqual({ rows: 4, inserted: 1, updated: 1, failed: 2 });
		const failed = await result.failed.first(2);
		expect(failed.map(({ issues }) => issues[0]?.code)).toEqual(['CELL_DATE', 'CELL_DATE']);
		const text = await database.query(
			'select cast(d as char) as d, cast(t as char) as t, note from zeros order by id',
		);
		const zero = { d: '0000-00-00', t: '0000-00-00 00:00:00', note: 'new' };
		expect(text).toEqual([zero, zero]);
	});

	test('rows with the same key in the file are those that the collation of the column takes for the same', async () => {
		for (const [collation, expected] of [
			['utf8mb4_bin', { rows: 3, inserted: 3 }],
			['utf8mb4_general_ci', { rows: 3, inserted: 1, skipped: 2 }],
		] as const) {
			await database.query(`create table collated (name varchar(20) collate ${collation})`);
			const result = await importInto('collated', ['name'], [['Jose'], ['José'], ['JOSE']]);
			expect(counts(result)).toEqual(expected);
			await database.query('drop table collated');
		}
	});

	test('a text column with an index over its beginning is a key', async () => {
		await database.query(
			'create table prefixed (code text, note varchar(9), unique key (code(200)))',
		);
		const long = 'x'.repeat(300);
		const rows = [
			[`${long}1`, 'a'],
			['y', 'b'],
		];
		expect(counts(await importInto('prefixed', ['code', 'note'], rows))).toEqual({
			rows: 2,
			inserted: 2,
		});
		const again = [
			[`${long}1`, 'c'],
			[`${long}2`, 'd'],
		];
		const result = await importInto('prefixed', ['code', 'note'], again);
		expect(counts(result)).toEqual({ rows: 2, updated: 1, failed: 1 });
		expect((await result.failed.first(1))[0]?.issues[0]?.code).toBe('WRITE_UNIQUE');
	});

	test('columns that the server hides are written when they are mapped, and filled when not', async () => {
		await database.query(
			"create table hidden (id int primary key, a varchar(9) invisible default 'x', b varchar(9) invisible)",
		);
		expect(counts(await importInto('hidden', ['id', 'b'], [['1', 'y']]))).toEqual({
			rows: 1,
			inserted: 1,
		});
		expect(await database.query('select a, b from hidden')).toEqual([{ a: 'x', b: 'y' }]);
	});

	test('values that a type does not take fail their rows, with the column', async () => {
		await database.query(
			"create table picky (id int primary key, s set('a','b'), b bit(4), y year, u int unsigned, v varbinary(2), g geometry)",
		);
		for (const [column, value, code] of [
			['s', 'a,z', 'WRITE_TYPE'],
			['b', '99', 'CELL_RANGE'],
			['y', '1800', 'CELL_RANGE'],
			['u', '-1', 'CELL_RANGE'],
			['v', 'abc', 'WRITE_TYPE'],
		] as const) {
			const result = await importInto('picky', ['id', column], [['1', value]]);
			expect(counts(result)).toEqual({ rows: 1, failed: 1 });
			expect((await result.failed.first(1))[0]?.issues[0]).toMatchObject({ code, field: column });
		}
	});

	test('a geometry is not read from text, which is said as such', async () => {
		await database.query('create table shapes (id int primary key, g geometry)');
		const result = await importInto('shapes', ['id', 'g'], [['1', 'POINT(1 2)']]);
		expect(counts(result)).toEqual({ rows: 1, failed: 1 });
		expect((await result.failed.first(1))[0]?.issues[0]).toMatchObject({
			code: 'WRITE_TYPE',
			message: expect.stringContaining('A geometry is not read from text'),
		});
	});

	test('a view that cannot be updated ends the load with the reason of the server', async () => {
		await database.query(
			'create view fixed as select 1 as id, count(*) as n from information_schema.tables',
		);
		await expect(importInto('fixed', ['id', 'n'], [['5', '1']])).rejects.toMatchObject({
			code: 'WRITE_REFUSED',
			message: expect.stringContaining('fixed'),
		});
	});

	test.each(['data_import_stage', 'data_import_plan'])(
		'a table with the name of a temporary one, %s, is refused',
		async (name) => {
			await database.query(`create table ${name} (id int primary key)`);
			await expect(importInto(name, ['id'], [['1']])).rejects.toMatchObject({ code: 'RUN_CONFIG' });
			await database.query(`drop table ${name}`);
		},
	);

	test('a user who may not make tables uses the ledger that is there, or is told how to get one', async () => {
		await database.query('create table modest (id int primary key)');
		await asUser('select, insert, update, create temporary tables', async (target) => {
			const importOnce = async () =>
				await load(await openFile(Buffer.from('id\n1\n')), target, {
					table: bench.table('modest'),
					rules: upsertOn('id'),
					mode: 'apply',
					once: true,
				});
			await expect(importOnce()).rejects.toMatchObject({
				code: 'WRITE_DENIED',
				issue: { hint: expect.stringContaining('create table data_import_files (fingerprint') },
			});
			await database.query(
				'create table data_import_files (fingerprint varchar(64) not null, table_name varchar(255) not null, file_name varchar(255), imported_at varchar(32) not null, primary key (fingerprint, table_name))',
			);
			expect((await importOnce()).summary.status).toBe('applied');
			expect((await importOnce()).summary.status).toBe('already imported');
			await database.query('drop table data_import_files');
		});
	});

	test('a user who may not make temporary tables is told so', async () => {
		await database.query('create table plain_rights (id int primary key)');
		await asUser('select, insert, update', async (target) => {
			const importing = importInto('plain_rights', ['id'], [['1']], undefined, target);
			await expect(importing).rejects.toMatchObject({
				code: 'WRITE_DENIED',
				message: expect.stringContaining('may not create temporary tables'),
			});
		});
	});
});
