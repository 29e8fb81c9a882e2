import { join } from 'node:path';
import { SqliteTarget } from '../../../engine';
import { importerOf, SqliteFile } from './benches';
import { counts, describeConstraints, describeLoading } from './load-cases';
import { describeDelta } from './delta-cases';
import { describeMatching } from './match-cases';
import { describeJsonLists, describePolicies } from './policy-cases';
import { describeKeptRecords, describeSynchronisation } from './sync-cases';

describe('loading into SQLite', () => {
	const file = new SqliteFile();
	const { bench, database, folder } = file;

	afterAll(() => file.drop());

	describeLoading(() => bench);

	describeConstraints(() => bench);

	describeMatching(() => bench);

	describePolicies(() => bench);

	describeSynchronisation(() => bench);

	describeDelta(() => bench);

	describeKeptRecords(() => bench);

	describeJsonLists(() => bench);

	const importInto = importerOf(() => bench);

	test('a default that is written as a word or in double quotes is a text', async () => {
		database.exec(
			'create table words (id integer primary key, a text not null default active, b text not null default "on hold")',
		);
		expect(counts(await importInto('words', ['id', 'a', 'b'], [['1', '', '']]))).toEqual({
			rows: 1,
			inserted: 1,
		});
		expect({ ...database.prepare('select * from words').get() }).toEqual({
			id: 1,
			a: 'active',
			b: 'on hold',
		});
	});

	test('a constraint that replaces other records fails the row instead', async () => {
		database.exec(
			'create table greedy (id integer primary key, email text unique on conflict replace)',
		);
		database.exec("insert into greedy values (1, 'a@x.org')");
		const result = await importInto('greedy', ['id', 'email'], [['2', 'a@x.org']]);
		expect(counts(result)).toEqual({ rows: 1, failed: 1 });
		expect(
			database
				.prepare('select id from greedy')
				.all()
				.map(({ id }) => id),
		).toEqual([1]);
	});

	test('a path that leads nowhere is an error, not a new empty file', async () => {
		const missing = join(folder, 'missing.sqlite');
		await expect(new SqliteTarget(missing).listTables()).rejects.toMatchObject({
			code: 'RUN_CONNECTION',
		});
		await expect(new SqliteTarget(missing).listTables()).rejects.toThrow(missing);
	});
});
