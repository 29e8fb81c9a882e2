import {
	addStep,
	exactRule,
	load,
	mapStep,
	openRows,
	type Cell,
	type ColumnReference,
	type LoadOptions,
	type LoadResult,
	type LoadRules,
	type MissingReference,
	type NamedReference,
} from '../../../engine';
import { counts, upsertOn, type Bench } from './load-cases';

/** What differs between the databases that the cases run on, in their own words. */
export interface ReferenceWords {
	/** A primary key that the database gives. */
	generatedId: string;
}

const reasons = async ({ failed }: LoadResult) =>
	(await failed.first(50)).map(({ number, issues }) => [
		number,
		issues[0]?.code,
		issues[0]?.field,
		issues[0]?.value,
	]);

const messages = async ({ failed }: LoadResult) =>
	(await failed.first(50)).map(({ issues }) => issues[0]?.message);

/** Statements about references to other tables, and about those of records to others of their own table. */
export function describeReferencing(bench: () => Bench, { generatedId }: ReferenceWords): void {
	const importInto = async (
		table: string,
		columns: string[],
		rows: Cell[][],
		references: NamedReference[],
		rules: Partial<LoadRules> = {},
		options: Partial<LoadOptions> = {},
	) =>
		await load(
			openRows(
				columns.map((name) => ({ name, type: 'text' as const })),
				rows,
			),
			bench().target,
			{
				table: bench().table(table),
				mode: 'apply',
				rules: { ...upsertOn(columns[0]!), ...rules },
				references,
				...options,
			},
		);

	const drop = async (...tables: string[]) => {
		for (const table of tables) await bench().run(`drop table if exists ${table}`);
	};

	describe('to another table', () => {
		const toCompany = (missing?: MissingReference): NamedReference => ({
			column: 'company_id',
			table: { name: 'companies' },
			by: 'name',
			...(missing !== undefined && { missing }),
		});

		const importContacts = (
			rows: Cell[][],
			missing?: MissingReference,
			rules: Partial<LoadRules> = {},
			options: Partial<LoadOptions> = {},
		) =>
			importInto(
				'contacts',
				['email', 'last', 'company_id'],
				rows,
				[toCompany(missing)],
				rules,
				options,
			);

		const contacts = async () => {
			const rows = await bench().run(
				'select c.email as email, o.name as company from contacts c left join companies o on o.id = c.company_id order by c.email',
			);
			return rows.map(({ email, company }) => [email, company]);
		};

		const companies = async () =>
			(await bench().run('select name from companies order by name')).map(({ name }) => name);

		beforeEach(async () => {
			await drop('contacts', 'companies');
			await bench().run(
				`create table companies (id ${generatedId}, name varchar(40) not null unique check (name <> 'Bad'), city varchar(20))`,
			);
			await bench().run(
				'create table contacts (email varchar(40) primary key, last varchar(20), company_id integer not null references companies (id))',
			);
			await bench().run("insert into companies (name) values ('Acme'), ('Initech')");
			await bench().run(
				"insert into contacts (email, last, company_id) select 'ann@x.org', 'Ann', id from companies where name = 'Acme'",
			);
		});

		test('the name of a company in the file becomes its id; what is the same already stays unchanged', async () => {
			const rows = [
				['ann@x.org', 'Ann', 'Acme'],
				['bob@x.org', 'Bob', 'Initech'],
				['cyd@x.org', 'Cyd', 'Acme'],
			];
			const result = await importContacts(rows);
			expect(counts(result)).toEqual({ rows: 3, inserted: 2, unchanged: 1 });
			expect(result.summary.referencesCreated).toBeUndefined();
			expect(await contacts()).toEqual([
				['ann@x.org', 'Acme'],
				['bob@x.org', 'Initech'],
				['cyd@x.org', 'Acme'],
			]);
			const moved = await importContacts([['ann@x.org', 'Ann', 'Initech']]);
			expect(counts(moved)).toEqual({ rows: 1, updated: 1 });
			expect((await contacts())[0]).toEqual(['ann@x.org', 'Initech']);
		});

		test('a row that refers to what is not there fails, with the column and the value; the others are written', async () => {
			const rows = [
				['bob@x.org', 'Bob', 'Hooli'],
				['cyd@x.org', 'Cyd', 'Acme'],
				['dee@x.org', 'Dee', 'Hooli'],
				['eve@x.org', 'Eve', ''],
			];
			const result = await importContacts(rows);
			expect(counts(result)).toEqual({ rows: 4, inserted: 1, failed: 3 });
			expect(await reasons(result)).toEqual([
				[1, 'REFERENCE_MISSING', 'company_id', 'Hooli'],
				[3, 'REFERENCE_MISSING', 'company_id', 'Hooli'],
				[4, 'WRITE_NOT_NULL', 'company_id', undefined],
			]);
			expect((await messages(result))[0]).toBe(
				'Row 1 refers to Hooli in company_id, and no record of "companies" has it as its name',
			);
			expect(await companies()).toEqual(['Acme', 'Initech']);
		});

		test('cells that refer to what is not there are left empty, and counted by value', async () => {
			await drop('contacts');
			await bench().run(
				'create table contacts (email varchar(40) primary key, last varchar(20), company_id integer references companies (id))',
			);
			const rows = [
				['bob@x.org', 'Bob', 'Hooli'],
				['cyd@x.org', 'Cyd', 'Acme'],
				['dee@x.org', 'Dee', 'Hooli'],
				['eve@x.org', 'Eve', ''],
			];
			const result = await importContacts(rows, 'empty');
			expect(counts(result)).toEqual({ rows: 4, inserted: 4 });
			expect(result.summary.codes).toEqual({ REFERENCE_MISSING: 2 });
			expect(result.summary.problems).toEqual([
				expect.objectContaining({ column: 'company_id', value: 'Hooli', rows: 2, first: [1] }),
			]);
			expect((await contacts()).map(([, company]) => company)).toEqual([null, 'Acme', null, null]);
		});

		test('what is not there is created once, and counted', async () => {
			const rows = [
				['bob@x.org', 'Bob', 'Hooli'],
				['cyd@x.org', 'Cyd', 'Acme'],
				['dee@x.org', 'Dee', 'Hooli'],
				['eve@x.org', 'Eve', 'Globex'],
			];
			const planned = await importContacts(rows, 'create', {}, { mode: 'plan' });
			expect(counts(planned)).toEqual({ rows: 4, inserted: 4 });
			expect(planned.summary.referencesCreated).toBe(2);
			expect(await companies()).toEqual(['Acme', 'Initech']);
			const result = await importContacts(rows, 'create');
			expect(counts(result)).toEqual({ rows: 4, inserted: 4 });
			expect(result.summary.referencesCreated).toBe(2);
			expect(await companies()).toEqual(['Acme', 'Globex', 'Hooli', 'Initech']);
			expect((await contacts()).map(([, company]) => company)).toEqual([
				'Acme',
				'Hooli',
				'Acme',
				'Hooli',
				'Globex',
			]);
			const again = await importContacts(rows, 'create');
			expect(counts(again)).toEqual({ rows: 4, unchanged: 4 });
			expect(again.summary.referencesCreated).toBeUndefined();
		});

		test('rules that make values alike, and merged duplicates, know records that are created', async () => {
			const rules: Partial<LoadRules> = {
				match: [
					{
						fields: [
							{ column: 'last', normalizer: 'case' },
							{ column: 'company_id', normalizer: 'exact' },
						],
					},
				],
				duplicates: 'merge',
				policies: { email: 'never' },
			};
			const rows = [
				['a@x.org', 'ANN', 'Acme'],
				['b@x.org', 'Ann', 'Hooli'],
				['c@x.org', 'ann', 'Hooli'],
				['d@x.org', 'Ann', 'Initech'],
			];
			const planned = await importContacts(rows, 'create', rules, { mode: 'plan' });
			expect(counts(planned)).toEqual({ rows: 4, inserted: 2, updated: 1, skipped: 1 });
			expect(await companies()).toEqual(['Acme', 'Initech']);
			const result = await importContacts(rows, 'create', rules);
			expect(counts(result)).toEqual({ rows: 4, inserted: 2, updated: 1, skipped: 1 });
			expect(await contacts()).toEqual([
				['ann@x.org', 'Acme'],
				['c@x.org', 'Hooli'],
				['d@x.org', 'Initech'],
			]);
		});

		test('nothing that was created stays when a guard stops the run', async () => {
			const result = await importContacts(
				[['bob@x.org', 'Bob', 'Hooli']],
				'create',
				{ match: [{ fields: [{ column: 'last', normalizer: 'case' }] }] },
				{ guards: { maxInserted: 0 } },
			);
			expect(result.summary.status).toBe('stopped');
			expect(await companies()).toEqual(['Acme', 'Initech']);
		});

		test('a value that cannot be created fails its rows, and no others', async () => {
			const values = Array.from({ length: 30 }, (_, i) => (i === 17 ? 'Bad' : `C${i}`));
			const rows = [...values, 'Bad'].map((name, i) => [`p${i}@x.org`, 'P', name]);
			const result = await importContacts(rows, 'create');
			expect(counts(result)).toEqual({ rows: 31, inserted: 29, failed: 2 });
			expect(result.summary.referencesCreated).toBe(29);
			expect(await reasons(result)).toEqual([
				[18, 'REFERENCE_MISSING', 'company_id', 'Bad'],
				[31, 'REFERENCE_MISSING', 'company_id', 'Bad'],
			]);
			expect((await messages(result))[0]).toMatch(/could not be created: .+/);
		});

		test('nothing is created in a table that needs more than the value', async () => {
			await drop('contacts', 'companies');
			await bench().run(
				`create table companies (id ${generatedId}, name varchar(40), city varchar(20) not null)`,
			);
			await bench().run(
				'create table contacts (email varchar(40) primary key, last varchar(20), company_id integer)',
			);
			const result = await importContacts([['bob@x.org', 'Bob', 'Hooli']], 'create');
			expect(await messages(result)).toEqual([
				'Row 1 refers to Hooli in company_id, which "companies" does not have; it cannot be created, since the table needs a value for "city" too',
			]);
		});

		test('a value that several records have fails its rows', async () => {
			await drop('contacts', 'companies');
			await bench().run(`create table companies (id ${generatedId}, name varchar(40))`);
			await bench().run(
				'create table contacts (email varchar(40) primary key, last varchar(20), company_id integer)',
			);
			await bench().run("insert into companies (name) values ('Acme'), ('Acme'), ('Initech')");
			const rows = [
				['bob@x.org', 'Bob', 'Acme'],
				['cyd@x.org', 'Cyd', 'Initech'],
			];
			const result = await importContacts(rows);
			expect(counts(result)).toEqual({ rows: 2, inserted: 1, failed: 1 });
			expect(await reasons(result)).toEqual([[1, 'REFERENCE_SEVERAL', 'company_id', 'Acme']]);
		});

		test('S18, S25, S123: records that hang on a person find the person first, and then themselves under it', async () => {
			await drop('visits', 'persons');
			await bench().run(
				`create table persons (id ${generatedId}, email varchar(40) unique, name varchar(20))`,
			);
			await bench().run(
				'create table visits (person_id integer not null references persons (id), day date not null, note varchar(20), primary key (person_id, day))',
			);
			await bench().run(
				"insert into persons (email, name) values ('ann@x.org', 'Ann'), ('bob@x.org', 'Bob')",
			);
			const importVisits = (rows: Cell[][]) =>
				importInto(
					'visits',
					['person_id', 'day', 'note'],
					rows,
					[{ column: 'person_id', table: { name: 'persons' }, by: 'email' }],
					{ match: [exactRule('person_id', 'day')] },
				);
			const first = await importVisits([
				['ann@x.org', '2026-01-02', 'first'],
				['ann@x.org', '2026-01-03', 'second'],
				['bob@x.org', '2026-01-02', 'first'],
			]);
			expect(counts(first)).toEqual({ rows: 3, inserted: 3 });
			const second = await importVisits([
				['ann@x.org', '2026-01-03', 'changed'],
				['bob@x.org', '2026-01-02', 'first'],
				['bob@x.org', '2026-01-05', 'new'],
				['bob@x.org', '2026-01-05', 'again'],
				['nobody@x.org', '2026-01-05', 'lost'],
			]);
			expect(counts(second)).toEqual({
				rows: 5,
				inserted: 1,
				updated: 1,
				unchanged: 1,
				skipped: 1,
				failed: 1,
			});
			const rows = await bench().run(
				'select p.name as name, v.note as note from visits v join persons p on p.id = v.person_id order by p.name, v.day',
			);
			expect(rows.map(({ name, note }) => [name, note])).toEqual([
				['Ann', 'first'],
				['Ann', 'changed'],
				['Bob', 'first'],
				['Bob', 'new'],
			]);
			await drop('visits', 'persons');
		});

		test('numbers and dates that records are found by are compared as such; any column may be returned', async () => {
			await drop('contacts', 'companies');
			await bench().run(
				'create table companies (id integer primary key, no integer unique, founded date, name varchar(20) unique)',
			);
			await bench().run(
				'create table contacts (email varchar(40) primary key, last varchar(20), company_id varchar(20))',
			);
			await bench().run("insert into companies values (1, 700, '1990-05-06', 'Acme')");
			const byNumber = { column: 'company_id', table: { name: 'companies' }, value: 'name' };
			for (const [by, said] of [
				['no', '0700'],
				['founded', '1990-05-06'],
			] as const) {
				const result = await importInto(
					'contacts',
					['email', 'company_id'],
					[[`${by}@x.org`, said]],
					[{ ...byNumber, by }],
				);
				expect(counts(result)).toEqual({ rows: 1, inserted: 1 });
			}
			const rows = await bench().run('select company_id from contacts');
			expect(rows.map(({ company_id }) => company_id)).toEqual(['Acme', 'Acme']);
			const misfit = await importInto(
				'contacts',
				['email', 'company_id'],
				[['x@x.org', 'seven']],
				[{ ...byNumber, by: 'no' }],
			);
			expect(await reasons(misfit)).toEqual([[1, 'CELL_NUMBER', 'company_id', 'seven']]);
		});

		test('what the column of the rows says of itself counts, unless the load says otherwise', async () => {
			const reference: ColumnReference = { table: { name: 'companies' }, by: 'name' };
			const mapped = (writePolicy: string) =>
				addStep(
					openRows(
						[{ name: 'Mail' }, { name: 'Last' }, { name: 'Firm' }],
						[['ann@x.org', 'Other', 'Initech']],
					),
					mapStep({
						fields: [
							{ name: 'email', column: 'Mail' },
							{ name: 'last', column: 'Last', writePolicy },
							{ name: 'company_id', column: 'Firm', reference, writePolicy: 'never' },
						],
					}),
				);
			const rows = mapped('target-empty');
			const options = { table: bench().table('contacts'), mode: 'apply' as const };
			const own = await load(rows, bench().target, { ...options, rules: upsertOn('email') });
			expect(counts(own)).toEqual({ rows: 1, unchanged: 1 });
			const rules = { ...upsertOn('email'), policies: { company_id: 'always' as const } };
			const result = await load(rows, bench().target, { ...options, rules });
			expect(counts(result)).toEqual({ rows: 1, updated: 1 });
			expect(await contacts()).toEqual([['ann@x.org', 'Initech']]);
			const odd = mapped('sometimes');
			await expect(load(odd, bench().target, { ...options, rules })).rejects.toMatchObject({
				code: 'RUN_CONFIG',
				issue: { column: 'last' },
			});
		});

		test('many rows refer to many records, some of which are created', async () => {
			const rows = Array.from({ length: 12_345 }, (_, i) => [
				`p${i}@x.org`,
				'P',
				`Company ${i % 3000}`,
			]);
			const result = await importContacts(rows, 'create', { match: [exactRule('email')] });
			expect(counts(result)).toEqual({ rows: 12_345, inserted: 12_345 });
			expect(result.summary.referencesCreated).toBe(3000);
			const [found] = await bench().run(
				"select o.name as name from contacts c join companies o on o.id = c.company_id where c.email = 'p12344@x.org'",
			);
			expect(found?.name).toBe('Company 344');
		});

		test.each([
			[{ column: 'boss', by: 'name' }, 'RUN_NO_COLUMN', '"email"'],
			[{ by: 'title' }, 'RUN_NO_COLUMN', 'It has "id", "name", "city"'],
			[{ by: 'name', value: 'key' }, 'RUN_NO_COLUMN', 'It has "id", "name", "city"'],
			[{ by: '' }, 'RUN_CONFIG', 'needs a table and a column'],
			[{ by: 'name', table: { name: 'firms' } }, 'RUN_NO_TABLE', 'companies'],
		] as const)(
			'a reference that leads nowhere is said before the first row is read: %j',
			async (wrong, code, hint) => {
				const reference: NamedReference = { ...toCompany(), ...wrong };
				const imported = importInto('contacts', ['email', 'company_id'], [['', '']], [reference]);
				await expect(imported).rejects.toMatchObject({
					code,
					issue: { hint: expect.stringContaining(hint) },
				});
			},
		);

		test('a table without a primary key of one column needs a returned column', async () => {
			await drop('contacts', 'companies');
			await bench().run('create table companies (name varchar(20), city varchar(20))');
			await bench().run('create table contacts (email varchar(40), company_id varchar(20))');
			const imported = importInto(
				'contacts',
				['email', 'company_id'],
				[['a', 'b']],
				[{ column: 'company_id', table: { name: 'companies' }, by: 'name' }],
			);
			await expect(imported).rejects.toMatchObject({ code: 'RUN_CONFIG' });
		});
	});

	describe('to the table that is loaded', () => {
		const manager: NamedReference = {
			column: 'manager_id',
			table: { name: 'staff' },
			by: 'no',
		};

		const COLUMNS = ['no', 'name', 'manager_id'];

		const importStaff = (
			rows: Cell[][],
			rules: Partial<LoadRules> = {},
			options: Partial<LoadOptions> = {},
			reference: Partial<NamedReference> = {},
		) => importInto('staff', COLUMNS, rows, [{ ...manager, ...reference }], rules, options);

		const staff = async () => {
			const rows = await bench().run(
				'select s.no as no, m.no as manager from staff s left join staff m on m.id = s.manager_id order by s.no',
			);
			return rows.map(({ no, manager: boss }) => `${String(no)} < ${String(boss)}`);
		};

		beforeEach(async () => {
			await drop('staff');
			await bench().run(
				`create table staff (id ${generatedId}, no varchar(10) unique, name varchar(20) check (name <> 'Bad'), manager_id integer references staff (id))`,
			);
			await bench().run("insert into staff (no, name) values ('E1', 'Boss')");
		});

		test('rows refer to records and to other rows, in any order, though the database gives the ids', async () => {
			const rows = [
				['E5', 'Five', 'E4'],
				['E4', 'Four', 'E3'],
				['E2', 'Two', 'E1'],
				['E3', 'Three', 'E2'],
				['E6', 'Six', 'E4'],
				['E7', 'Seven', ''],
				['E1', 'Boss', 'E7'],
			];
			const planned = await importStaff(rows, {}, { mode: 'plan' });
			expect(counts(planned)).toEqual({ rows: 7, inserted: 6, updated: 1 });
			expect(planned.written[0]?.values).toMatchObject({ no: 'E5', manager_id: 'E4' });
			expect(planned.written[6]).toMatchObject({
				values: { manager_id: 'E7' },
				before: { manager_id: null },
			});
			expect(await staff()).toEqual(['E1 < null']);
			const result = await importStaff(rows);
			expect(counts(result)).toEqual({ rows: 7, inserted: 6, updated: 1 });
			expect(await staff()).toEqual([
				'E1 < E7',
				'E2 < E1',
				'E3 < E2',
				'E4 < E3',
				'E5 < E4',
				'E6 < E4',
				'E7 < null',
			]);
			expect(counts(await importStaff(rows))).toEqual({ rows: 7, unchanged: 7 });
		});

		test('a record that nobody brings is created in the table itself', async () => {
			const rows = [
				['E5', 'Five', 'E99'],
				['E6', 'Six', 'E5'],
				['E7', 'Seven', 'E99'],
			];
			const result = await importStaff(rows, {}, {}, { missing: 'create' });
			expect(counts(result)).toEqual({ rows: 3, inserted: 3 });
			expect(result.summary.referencesCreated).toBe(1);
			expect(await staff()).toEqual(['E1 < null', 'E5 < E99', 'E6 < E5', 'E7 < E99', 'E99 < null']);
		});

		test('a circle among records that are there is no circle for their updates', async () => {
			await bench().run("insert into staff (no, name) values ('E2', 'Two')");
			const rows = [
				['E1', 'Boss', 'E2'],
				['E2', 'Two', 'E1'],
			];
			expect(counts(await importStaff(rows))).toEqual({ rows: 2, updated: 2 });
			expect(await staff()).toEqual(['E1 < E2', 'E2 < E1']);
		});

		test('rows in a circle are named with it, and rows that lead to it with the row that is not written', async () => {
			const rows = [
				['E5', 'Five', 'E9'],
				['E7', 'Seven', 'E1'],
				['E9', 'Nine', 'E6'],
				['E6', 'Six', 'E5'],
				['E8', 'Eight', 'E8'],
				['E4', 'Four', 'E6'],
				['E3', 'Three', 'E4'],
			];
			for (const mode of ['plan', 'apply'] as const) {
				const result = await importStaff(rows, {}, { mode });
				expect(counts(result)).toEqual({ rows: 7, inserted: 1, failed: 6 });
				expect(await reasons(result)).toEqual([
					[1, 'REFERENCE_CYCLE', 'manager_id', 'E9'],
					[3, 'REFERENCE_CYCLE', 'manager_id', 'E6'],
					[4, 'REFERENCE_CYCLE', 'manager_id', 'E5'],
					[5, 'REFERENCE_CYCLE', 'manager_id', 'E8'],
					[6, 'REFERENCE_PARENT_FAILED', 'manager_id', 'E6'],
					[7, 'REFERENCE_PARENT_FAILED', 'manager_id', 'E4'],
				]);
				expect(await messages(result)).toEqual([
					'No row of a circle can be written before the others: row 1 -> row 3 -> row 4 -> row 1',
					'No row of a circle can be written before the others: row 3 -> row 4 -> row 1 -> row 3',
					'No row of a circle can be written before the others: row 4 -> row 1 -> row 3 -> row 4',
					'No row of a circle can be written before the others: row 5 -> row 5',
					'Row 6 refers to E6 in manager_id, which row 4 would bring; that row is not written',
					'Row 7 refers to E4 in manager_id, which row 6 would bring; that row is not written',
				]);
			}
			expect(await staff()).toEqual(['E1 < null', 'E7 < E1']);
		});

		test('a row fails with the row that it refers to, whenever that one fails', async () => {
			const rows = [
				// the database refuses the name
				['E2', 'Bad', 'E1'],
				['E3', 'Three', 'E2'],
				['E4', 'Four', 'E3'],
				// what it refers to is nowhere
				['E5', 'Five', 'E99'],
				['E6', 'Six', 'E5'],
				['E7', 'Seven', 'E1'],
			];
			const result = await importStaff(rows);
			expect(counts(result)).toEqual({ rows: 6, inserted: 1, failed: 5 });
			const found = await reasons(result);
			expect(found[0]?.[1]).toMatch(/^WRITE_/);
			expect(found.slice(1)).toEqual([
				[2, 'REFERENCE_PARENT_FAILED', 'manager_id', 'E2'],
				[3, 'REFERENCE_PARENT_FAILED', 'manager_id', 'E3'],
				[4, 'REFERENCE_MISSING', 'manager_id', 'E99'],
				[5, 'REFERENCE_PARENT_FAILED', 'manager_id', 'E5'],
			]);
			expect((await messages(result))[1]).toBe(
				'Row 2 refers to E2 in manager_id, which row 1 would bring; that row is not written',
			);
			expect(await staff()).toEqual(['E1 < null', 'E7 < E1']);
		});

		test('a row that is skipped takes the rows that refer to it along', async () => {
			const rows = [
				['E2', 'Two', ''],
				['E3', 'Three', 'E2'],
				['E4', 'Four', 'E1'],
			];
			const result = await importStaff(rows, { onNoMatch: 'skip' });
			expect(counts(result)).toEqual({ rows: 3, skipped: 3 });
			const updated = await importStaff(
				[
					['E2', 'Two', ''],
					['E1', 'Boss', 'E2'],
				],
				{ onNoMatch: 'skip' },
			);
			expect(counts(updated)).toEqual({ rows: 2, skipped: 1, failed: 1 });
			expect(await reasons(updated)).toEqual([[2, 'REFERENCE_PARENT_FAILED', 'manager_id', 'E2']]);
		});

		test('duplicates are merged with what they refer to', async () => {
			const rows = [
				['E2', 'Two', ''],
				['E3', 'Three', 'E1'],
				['E2', 'Again', 'E3'],
			];
			const result = await importStaff(rows, { duplicates: 'merge' });
			expect(counts(result)).toEqual({ rows: 3, inserted: 2, skipped: 1 });
			expect(await staff()).toEqual(['E1 < null', 'E2 < E3', 'E3 < E1']);
		});

		test('write policies hold for rows that refer to new records', async () => {
			await bench().run(
				"insert into staff (no, name, manager_id) select 'E2', 'Two', id from staff",
			);
			const rows = [
				['E3', 'Three', ''],
				['E1', 'Boss', 'E3'],
				['E2', 'Two', 'E3'],
			];
			const result = await importStaff(rows, { policies: { manager_id: 'target-empty' } });
			expect(counts(result)).toEqual({ rows: 3, inserted: 1, updated: 1, unchanged: 1 });
			expect(await staff()).toEqual(['E1 < E3', 'E2 < E1', 'E3 < null']);
		});

		test('ids that the file brings need an order alone', async () => {
			await drop('tree');
			await bench().run(
				"create table tree (id integer primary key, name varchar(20) check (name <> 'Bad'), parent_id integer references tree (id))",
			);
			const rows = [
				['5', 'e', '4'],
				['4', 'd', '2'],
				['2', 'b', '1'],
				['1', 'a', '1'],
				['7', 'Bad', '1'],
				['8', 'h', '7'],
				['9', 'i', '10'],
				['10', 'j', '9'],
			];
			const result = await importInto('tree', ['id', 'name', 'parent_id'], rows, [
				{ column: 'parent_id', table: { name: 'tree' }, by: 'id' },
			]);
			expect(counts(result)).toEqual({ rows: 8, inserted: 4, failed: 4 });
			expect((await reasons(result)).slice(1)).toEqual([
				[6, 'REFERENCE_PARENT_FAILED', 'parent_id', '7'],
				[7, 'REFERENCE_CYCLE', 'parent_id', '10'],
				[8, 'REFERENCE_CYCLE', 'parent_id', '9'],
			]);
			const found = await bench().run('select id, parent_id from tree order by id');
			expect(found.map(({ id, parent_id }) => [id, parent_id])).toEqual([
				[1, 1],
				[2, 1],
				[4, 2],
				[5, 4],
			]);
			await drop('tree');
		});

		test('two references to the same table are followed together', async () => {
			await drop('staff');
			await bench().run(
				`create table staff (id ${generatedId}, no varchar(10) unique, name varchar(20), manager_id integer references staff (id), mentor_id integer references staff (id))`,
			);
			const rows = [
				['E4', 'Four', 'E2', 'E3'],
				['E3', 'Three', 'E1', 'E2'],
				['E2', 'Two', 'E1', ''],
				['E1', 'Boss', '', ''],
				['E5', 'Five', 'E6', 'E1'],
				['E6', 'Six', 'E1', 'E5'],
			];
			const result = await importInto('staff', [...COLUMNS, 'mentor_id'], rows, [
				manager,
				{ ...manager, column: 'mentor_id' },
			]);
			expect(counts(result)).toEqual({ rows: 6, inserted: 4, failed: 2 });
			expect(result.summary.codes).toEqual({ REFERENCE_CYCLE: 2 });
			const found = await bench().run(
				'select s.no as no, m.no as manager, n.no as mentor from staff s left join staff m on m.id = s.manager_id left join staff n on n.id = s.mentor_id order by s.no',
			);
			expect(found.map(({ no, manager: m, mentor: n }) => [no, m, n])).toEqual([
				['E1', null, null],
				['E2', 'E1', null],
				['E3', 'E1', 'E2'],
				['E4', 'E2', 'E3'],
			]);
		});

		test('a new record that several rows of the file bring cannot be referred to', async () => {
			await drop('staff');
			await bench().run(
				`create table staff (id ${generatedId}, no varchar(10), name varchar(20), manager_id integer)`,
			);
			const rows = [
				['E2', 'Two', ''],
				['E2', 'Too', ''],
				['E3', 'Three', 'E2'],
			];
			const result = await importStaff(rows, { duplicates: 'all' });
			expect(counts(result)).toEqual({ rows: 3, inserted: 2, failed: 1 });
			expect(await reasons(result)).toEqual([[3, 'REFERENCE_SEVERAL', 'manager_id', 'E2']]);
		});

		test('many rows in a deep tree, and some of them wrong', async () => {
			const rows = Array.from({ length: 6000 }, (_, i) => [
				`N${6000 - i}`,
				i === 1000 ? 'Bad' : 'ok',
				i === 5999 ? 'E1' : `N${Math.floor((6000 - i) / 2) || 1}`,
			]);
			// the children of 5000 do not exist, so that it fails alone
			const result = await importStaff(rows);
			expect(counts(result)).toEqual({ rows: 6000, inserted: 5999, failed: 1 });
			const [deep] = await bench().run(
				"select m.no as manager from staff s join staff m on m.id = s.manager_id where s.no = 'N4321'",
			);
			expect(deep?.manager).toBe('N2160');
		});
	});
}
