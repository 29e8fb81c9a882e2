import { load, openRows } from '../../../engine';
import { counts, upsertOn } from './load-cases';
import { describeReferencing } from './reference-cases';
import { mariaDb, postgres, type DisturbedDatabase } from './databases';

const generatedIds = new Map([
	[postgres, 'integer generated always as identity primary key'],
	[mariaDb, 'integer auto_increment primary key'],
]);

for (const [tested, generatedId] of generatedIds) {
	tested.describe(`references in ${tested.label}`, () => {
		let database: DisturbedDatabase;

		beforeAll(async () => {
			database = await tested.create();
		});

		afterAll(() => database.drop());

		describeReferencing(() => database, { generatedId });

		if (tested !== postgres) return;

		test('columns of domains, of own types and with a collation of their own', async () => {
			await database.run('create domain key as integer not null check (value > 0)');
			await database.run("create type kind as enum ('small', 'large')");
			await database.run(
				"create collation any_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
			);
			await database.run(
				'create table firms (id key primary key, name text collate any_case unique, kind kind, code uuid unique)',
			);
			await database.run('create table people (email text primary key, firm key, code uuid)');
			await database.run(
				"insert into firms values (5, 'Acme', 'large', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11')",
			);
			const columns = ['email', 'firm', 'code'].map((name) => ({ name }));
			const rows = [
				['a@x.org', 'ACME', 'acme'],
				['b@x.org', 'other', 'Acme'],
			];
			const toFirm = { table: { schema: 'public', name: 'firms' }, by: 'name' };
			const options = {
				table: { schema: 'public', name: 'people' },
				mode: 'apply' as const,
				rules: upsertOn('email'),
				references: [
					{ ...toFirm, column: 'firm' },
					{ ...toFirm, column: 'code', value: 'code' },
				],
			};
			const result = await load(openRows(columns, rows), database.target, options);
			expect(counts(result)).toEqual({ rows: 2, inserted: 1, failed: 1 });
			const byKind = [{ ...toFirm, column: 'firm', by: 'kind' }];
			const found = await load(
				openRows(columns.slice(0, 2), [
					['c@x.org', 'large'],
					['d@x.org', 'huge'],
				]),
				database.target,
				{ ...options, references: byKind },
			);
			expect(counts(found)).toEqual({ rows: 2, inserted: 1, failed: 1 });
			expect(found.summary.codes).toEqual({ CELL_OPTION: 1 });
			expect(await database.run('select * from people order by email')).toEqual([
				{ email: 'a@x.org', firm: 5, code: 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11' },
				{ email: 'c@x.org', firm: 5, code: null },
			]);
			const byCode = [{ ...toFirm, column: 'firm', by: 'code' }];
			const misfit = await load(
				openRows(columns.slice(0, 2), [['e@x.org', 'no code']]),
				database.target,
				{ ...options, references: byCode },
			);
			expect((await misfit.failed.first(1))[0]?.issues[0]).toMatchObject({
				code: 'WRITE_TYPE',
				field: 'firm',
				value: 'no code',
			});
		});
	});
}
