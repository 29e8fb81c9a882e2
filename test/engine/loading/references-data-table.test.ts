import {
	DataTableTarget,
	exactRule,
	load,
	openRows,
	type Cell,
	type LoadOptions,
	type NamedReference,
} from '../../../engine';
import { DataTableStore } from './data-table-store';
import { counts, upsertOn } from './load-cases';

describe('references between Data Tables', () => {
	let store: DataTableStore;

	beforeEach(() => {
		store = new DataTableStore();
		store.run('create table companies (name text, no integer)');
		store.run('create table contacts (email text, company_id integer, company_name text)');
		store.run(
			"insert into companies (name, no) values ('Acme', 700), ('Initech', 800), ('Twin', 1), ('Twin', 2)",
		);
		store.run("insert into contacts (email, company_id) values ('ann@x.org', 1)");
	});

	const byName: NamedReference = {
		column: 'company_id',
		table: { name: 'companies' },
		by: 'name',
	};

	const importRows = (
		columns: string[],
		rows: Cell[][],
		references: NamedReference[],
		options: Partial<LoadOptions> = {},
	) =>
		load(
			openRows(
				columns.map((name) => ({ name })),
				rows,
			),
			new DataTableTarget(store),
			{
				table: { name: 'contacts' },
				mode: 'apply',
				rules: upsertOn('email'),
				references,
				...options,
			},
		);

	const contacts = () =>
		store
			.run('select email, company_id, company_name from contacts order by id')
			.map((row) => Object.values(row));

	test('S18: the name of a record of another Data Table becomes its id', async () => {
		const rows = [
			['ann@x.org', 'Initech'],
			['bob@x.org', 'Acme'],
			['cyd@x.org', 'Hooli'],
			['dee@x.org', 'Twin'],
			['eve@x.org', ''],
		];
		const planned = await importRows(['email', 'company_id'], rows, [byName], { mode: 'plan' });
		expect(counts(planned)).toEqual({ rows: 5, inserted: 2, updated: 1, failed: 2 });
		const result = await importRows(['email', 'company_id'], rows, [byName]);
		expect(counts(result)).toEqual({ rows: 5, inserted: 2, updated: 1, failed: 2 });
		const failed = await result.failed.first(5);
		expect(
			failed.map(({ number, issues }) => [number, issues[0]?.code, issues[0]?.message]),
		).toEqual([
			[
				3,
				'REFERENCE_MISSING',
				'Row 3 refers to Hooli in company_id, and no record of "companies" has it as its name',
			],
			[
				4,
				'REFERENCE_SEVERAL',
				'Row 4 refers to Twin in company_id, which several records of "companies" have as their name',
			],
		]);
		expect(contacts()).toEqual([
			['ann@x.org', 2, null],
			['bob@x.org', 1, null],
			['eve@x.org', null, null],
		]);
	});

	test('by a number, with another column returned; rows are matched on what was found; missing ones are left empty', async () => {
		const reference: NamedReference = {
			column: 'company_name',
			table: { name: 'companies' },
			by: 'no',
			value: 'name',
			missing: 'empty',
		};
		const rows = [
			['bob@x.org', '0700', 'Initech'],
			['cyd@x.org', '900', 'Initech'],
			['ann@x.org', '800', 'Acme'],
		];
		const columns = ['email', 'company_name', 'company_id'];
		const rules = {
			...upsertOn('email'),
			match: [exactRule('company_id')],
			duplicates: 'all' as const,
		};
		const result = await importRows(columns, rows, [reference, byName], { rules });
		expect(counts(result)).toEqual({ rows: 3, inserted: 2, updated: 1 });
		expect(result.summary.codes).toEqual({ REFERENCE_MISSING: 1 });
		expect(contacts()).toEqual([
			['ann@x.org', 1, 'Initech'],
			['bob@x.org', 2, 'Acme'],
			['cyd@x.org', 2, null],
		]);
	});

	test.each([
		['a record that would be created', { missing: 'create' }],
		['a record of the table itself', { table: { name: 'contacts' }, by: 'email' }],
		['a moment that n8n fills', { by: 'updatedAt' }],
	] as const)('%s is refused before the first row is read', async (_, wrong) => {
		const imported = importRows(['email', 'company_id'], [['', '']], [{ ...byName, ...wrong }]);
		await expect(imported).rejects.toMatchObject({
			code: 'RUN_CONFIG',
			issue: { field: 'company_id' },
		});
		expect(store.calls).toEqual([]);
	});
});
