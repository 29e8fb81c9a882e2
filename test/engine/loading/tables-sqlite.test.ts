import { exactRule, type Cell } from '../../../engine';
import { importerOf, SqliteFile } from './benches';
import { counts, upsertOn } from './load-cases';
import { describeTables } from './table-cases';

describe('tables of SQLite', () => {
	const file = new SqliteFile();
	const { bench, database } = file;

	afterAll(() => file.drop());

	describeTables(() => bench);

	const importInto = importerOf(() => bench);

	test.each([
		['2024-01-01 10:00:00', 'a blank'],
		['2024-01-01T10:00:00', 'a T'],
	])('a key that the table has as %s, with %s, is found', async (stored) => {
		for (const index of ['', 'primary key']) {
			database.exec(
				`drop table if exists moments; create table moments (at datetime ${index}, note text)`,
			);
			database.exec(`insert into moments values ('${stored}', 'old')`);
			const result = await importInto(
				'moments',
				['at', 'note'],
				[
					['2024-01-01 10:00', 'new'],
					['2024-01-01 11:00', 'new'],
				],
				upsertOn('at'),
			);
			expect(counts(result)).toEqual({ rows: 2, inserted: 1, updated: 1 });
			expect(database.prepare('select count(*) as n from moments').get()?.n).toBe(2);
		}
	});

	test('a moment that differs only in how it is spelled is unchanged', async () => {
		database.exec('create table seen (id integer primary key, at datetime)');
		database.exec("insert into seen values (1, '2024-01-01 10:00:00')");
		const result = await importInto(
			'seen',
			['id', 'at'],
			[['1', '2024-01-01T10:00:00']],
			upsertOn('id'),
		);
		expect(counts(result)).toEqual({ rows: 1, unchanged: 1 });
	});

	test('keys in a column without a type are found as numbers and as texts', async () => {
		database.exec('create table typeless (code, note text)');
		database.exec("insert into typeless values (7, 'number'), ('8', 'text'), ('x', 'word')");
		const rows: Cell[][] = [
			['7', 'a'],
			[8, 'b'],
			['x', 'c'],
			['9', 'd'],
		];
		const result = await importInto('typeless', ['code', 'note'], rows, upsertOn('code'));
		expect(counts(result)).toEqual({ rows: 4, inserted: 1, updated: 3 });
		expect(database.prepare('select code, note from typeless order by note').all()).toMatchObject([
			{ code: 7, note: 'a' },
			{ code: '8', note: 'b' },
			{ code: 'x', note: 'c' },
			{ code: '9', note: 'd' },
		]);
	});

	test('a change of case alone is a change, though the collation finds the record in any case', async () => {
		database.exec(
			'create table cased (email text collate nocase primary key, name text collate nocase)',
		);
		database.exec("insert into cased values ('Ann@x.org', 'ann')");
		const result = await importInto(
			'cased',
			['email', 'name'],
			[['ann@X.org', 'Ann']],
			upsertOn('email'),
		);
		expect(counts(result)).toEqual({ rows: 1, updated: 1 });
	});

	test.each([
		['without rowid', 'create table odd_ids (id text primary key, name text) without rowid'],
		['with a column named rowid', 'create table odd_ids (id text, rowid text, name text)'],
		[
			'with a column named like the row id',
			'create table odd_ids (id text, "ROWID" text, _rowid_ text, name text)',
		],
	])('records of a table %s are told apart under several rules', async (_, create) => {
		database.exec('drop table if exists odd_ids');
		database.exec(create);
		database.exec("insert into odd_ids (id, name) values ('1', 'Ann'), ('2', 'Bob')");
		const match = [exactRule('id'), { fields: [{ column: 'name', normalizer: 'words' as const }] }];
		const result = await importInto(
			'odd_ids',
			['id', 'name'],
			[
				['1', 'Anna'],
				['3', 'BOB'],
			],
			{ ...upsertOn(), match, policies: { id: 'never' } },
		);
		expect(counts(result)).toEqual({ rows: 2, updated: 2 });
		expect(database.prepare('select name from odd_ids order by id').all()).toMatchObject([
			{ name: 'Anna' },
			{ name: 'BOB' },
		]);
	});

	test('a number with all its digits reaches a column for JSON', async () => {
		database.exec('create table exact (id integer primary key, doc json)');
		const doc = '{"a":[1.5,12345678901234567.8901234567],"b":1e400,"c":"12345678901234567890"}';
		await importInto('exact', ['id', 'doc'], [['1', doc]], upsertOn('id'));
		expect(database.prepare('select doc from exact').get()?.doc).toBe(doc);
	});
});
