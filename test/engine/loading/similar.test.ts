import { DataTableTarget, load, openRows, type MatchRule } from '../../../engine';
import { people } from '../matching/similarity/people';
import { SqliteFile } from './benches';
import { DataTableStore } from './data-table-store';
import { counts, upsertOn } from './load-cases';
import { describeSimilar } from './similar-cases';

describe('similar records in SQLite', () => {
	const file = new SqliteFile();

	afterAll(() => file.drop());

	describeSimilar(() => file.bench);
});

describe('similar records in a Data Table', () => {
	const store = new DataTableStore();

	const bench = {
		target: new DataTableTarget(store),
		table: (name: string) => ({ name }),
		run: (statement: string) => Promise.resolve(store.run(statement)),
	};

	describeSimilar(() => bench, 'id');

	test('a comparison that is cancelled leaves the records as they are', async () => {
		store.run('drop table if exists persons');
		store.run('create table persons (last text, email text)');
		const known = people(2000, 1);
		store.run(
			`insert into persons (last, email) values ${known.map(({ last, email }) => `('${last}', '${email}')`).join(', ')}`,
		);
		const stop = new AbortController();
		const running = load(
			openRows(
				['last', 'email'].map((name) => ({ name })),
				known.map(({ last }) => [last, 'x@else.example']),
			),
			bench.target,
			{
				table: { name: 'persons' },
				mode: 'apply',
				rules: { ...upsertOn('email'), match: [byLikeness] },
				signal: stop.signal,
			},
		);
		const readRows = store.readRows.bind(store);
		store.readRows = async (...args) => {
			setTimeout(() => stop.abort(), 50);
			return await readRows(...args);
		};
		await expect(running).rejects.toMatchObject({ code: 'RUN_CANCELLED' });
		expect(store.run('select count(*) as n from persons')).toEqual([{ n: 2000 }]);
	});
});

const byLikeness: MatchRule = {
	fields: [{ column: 'last' }, { column: 'email' }],
	similarity: { found: 'take' },
};

describe('how much is compared', () => {
	const file = new SqliteFile();

	afterAll(() => file.drop());

	beforeEach(() => {
		file.run('drop table if exists persons');
		file.run('create table persons (id integer primary key, last text, email text)');
	});

	const importNumbers = async (rows: number, match = [byLikeness], signal?: AbortSignal) =>
		await load(
			openRows(
				['last', 'email'].map((name) => ({ name })),
				Array.from({ length: rows }, (_, i) => [`name ${i}`, `p${i}@x.org`]),
			),
			file.bench.target,
			{
				table: { name: 'persons' },
				mode: 'apply',
				rules: { ...upsertOn('email'), match },
				signal,
			},
		);

	const fill = (records: number) =>
		file.run(
			`insert into persons (last, email) with recursive n (i) as (select 0 union all select i + 1 from n where i < ${records - 1}) select 'name ' || i, 'p' || i || '@x.org' from n`,
		);

	test('more rows than are compared end the run before anything is written, and say what to do', async () => {
		fill(1);
		const running = importNumbers(50_001);
		await expect(running).rejects.toMatchObject({
			code: 'RUN_LIMIT',
			issue: { hint: expect.stringContaining('At most 50000 rows') as string },
		});
		await expect(running).rejects.toThrow('more than 50000 rows');
		expect(file.run('select count(*) as n from persons')).toEqual([{ n: 1 }]);
	});

	test('so do more records; rows that an earlier rule decides do not count', async () => {
		fill(200_001);
		await expect(importNumbers(1)).rejects.toThrow('more than 200000 records of the table');
		const exact: MatchRule = { fields: [{ column: 'email' }] };
		expect(counts(await importNumbers(10, [exact, byLikeness]))).toEqual({
			rows: 10,
			unchanged: 10,
		});
	});

	test('a run that is cancelled while lists are compared ends at once', async () => {
		fill(20_000);
		const stop = new AbortController();
		const running = importNumbers(20_000, [byLikeness], stop.signal);
		setTimeout(() => stop.abort(), 1500);
		await expect(running).rejects.toMatchObject({ code: 'RUN_CANCELLED' });
		expect(file.run('select count(*) as n from persons')).toEqual([{ n: 20_000 }]);
	});
});
