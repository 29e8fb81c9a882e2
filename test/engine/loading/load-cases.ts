import {
	addStep,
	exactRule,
	load,
	openFile,
	failedFile,
	openRows,
	type Cell,
	type LoadOptions,
	type LoadResult,
	type LoadRules,
	type Step,
	type TableName,
	type Target,
} from '../../../engine';

/** A database that the cases run on: the same statements, the same outcomes. */
export interface Bench {
	target: Target;
	table: (name: string) => TableName;
	run: (statement: string) => Promise<Array<Record<string, unknown>>>;
}

export const upsertOn = (...columns: string[]): LoadRules => ({
	match: [exactRule(...columns)],
	onMatch: 'update',
	onNoMatch: 'insert',
	duplicates: 'first',
	blankKey: 'fail',
	emptyCells: 'keep',
});

const COLUMNS = ['email', 'name', 'age'];

/** The six counts, which must add up to the rows read. */
export function counts({ summary }: LoadResult): Record<string, number> {
	const { rows, inserted, updated, unchanged, skipped, failed, unprocessed } = summary;
	expect(inserted + updated + unchanged + skipped + failed + unprocessed).toBe(rows);
	const all = { rows, inserted, updated, unchanged, skipped, failed, unprocessed };
	return Object.fromEntries(Object.entries(all).filter(([name, n]) => n > 0 || name === 'rows'));
}

/** The table `people` with two records in it, made anew for each test. */
function peopleTable(bench: () => Bench) {
	const people = async () =>
		(await bench().run('select email, name, age from people order by email, name')).map((row) => [
			row.email,
			row.name,
			row.age,
		]);

	const importRows = async (
		rows: Cell[][],
		rules: Partial<LoadRules> = {},
		options: Partial<LoadOptions> = {},
		columns = COLUMNS,
	) =>
		await load(
			openRows(
				columns.map((name) => ({ name })),
				rows,
			),
			bench().target,
			{
				table: bench().table('people'),
				mode: 'apply',
				rules: { ...upsertOn('email'), ...rules },
				...options,
			},
		);

	beforeEach(async () => {
		await bench().run('drop table if exists people');
		await bench().run('drop table if exists data_import_files');
		await bench().run(
			"create table people (email varchar(60) not null unique, name varchar(20), age integer check (age > 0), status varchar(10) not null default 'new')",
		);
		await bench().run(
			"insert into people (email, name, age) values ('ann@x.org', 'Ann', 30), ('bob@x.org', 'Bob', 40)",
		);
	});

	const importSteps = async (rows: Cell[][], steps: Step[]) =>
		await load(
			steps.reduce(
				addStep,
				openRows(
					COLUMNS.map((name) => ({ name })),
					rows,
				),
			),
			bench().target,
			{ table: bench().table('people'), mode: 'apply', rules: upsertOn('email') },
		);

	return { people, importRows, importSteps };
}

/** Statements about loading that hold on every database. Each works on a table `people` with two records in it. */
export function describeLoading(bench: () => Bench): void {
	const { people, importRows, importSteps } = peopleTable(bench);

	test('S2, S3, S4, S7, S8, S9, S10, S29, S67, S117: rows are inserted, updated or left unchanged by what the table holds', async () => {
		const result = await importRows([
			['ann@x.org', 'Ann', '31'],
			['bob@x.org', 'Bob', '40'],
			['cyd@x.org', 'Cyd', '50'],
		]);
		expect(counts(result)).toEqual({ rows: 3, inserted: 1, updated: 1, unchanged: 1 });
		expect(await people()).toEqual([
			['ann@x.org', 'Ann', 31],
			['bob@x.org', 'Bob', 40],
			['cyd@x.org', 'Cyd', 50],
		]);
		expect(result.written.map(({ number, action, before }) => [number, action, before])).toEqual([
			[1, 'update', { age: 30 }],
			[3, 'insert', undefined],
		]);
	});

	test('the same rows once more change nothing', async () => {
		const rows = [
			['dee@x.org', 'Dee', '20'],
			['ann@x.org', 'Anna', ''],
		];
		await importRows(rows);
		expect(counts(await importRows(rows))).toEqual({ rows: 2, unchanged: 2 });
	});

	test('S73, S159: a plan counts what it would do and writes nothing', async () => {
		const before = await people();
		const result = await importRows(
			[
				['ann@x.org', 'Anna', '30'],
				['new@x.org', 'New', '1'],
			],
			{},
			{
				mode: 'plan',
			},
		);
		expect(result.summary.status).toBe('planned');
		expect(counts(result)).toEqual({ rows: 2, inserted: 1, updated: 1 });
		expect(await people()).toEqual(before);
	});

	test('an empty cell keeps the value, unless it is to clear it', async () => {
		await importRows([['ann@x.org', 'Anna', '']]);
		expect((await people())[0]).toEqual(['ann@x.org', 'Anna', 30]);
		expect(counts(await importRows([['ann@x.org', 'Anna', '']], { emptyCells: 'clear' }))).toEqual({
			rows: 1,
			updated: 1,
		});
		expect((await people())[0]).toEqual(['ann@x.org', 'Anna', null]);
	});

	test.each([
		[{ onMatch: 'skip' }, { rows: 2, inserted: 1, skipped: 1 }, 'MATCH_FOUND'],
		[{ onMatch: 'fail' }, { rows: 2, inserted: 1, failed: 1 }, 'MATCH_FOUND'],
		[{ onNoMatch: 'skip' }, { rows: 2, updated: 1, skipped: 1 }, 'MATCH_NONE'],
		[{ onNoMatch: 'fail' }, { rows: 2, updated: 1, failed: 1 }, 'MATCH_NONE'],
	] as const)('S65, S66: with %j the outcomes are %j', async (rules, expected, code) => {
		const result = await importRows(
			[
				['ann@x.org', 'Changed', '30'],
				['new@x.org', 'New', '1'],
			],
			rules,
		);
		expect(counts(result)).toEqual(expected);
		expect(result.summary.codes).toEqual({ [code]: 1 });
	});

	test.each([
		['first', { rows: 3, inserted: 2, skipped: 1 }, 'A'],
		['last', { rows: 3, inserted: 2, skipped: 1 }, 'B'],
		['fail', { rows: 3, inserted: 1, failed: 2 }, undefined],
	] as const)('of rows with the same key, %s', async (duplicates, expected, name) => {
		const result = await importRows(
			[
				['same@x.org', 'A', '1'],
				['other@x.org', 'O', '2'],
				['same@x.org', 'B', '3'],
			],
			{ duplicates },
		);
		expect(counts(result)).toEqual(expected);
		const kept = (await people()).find(([email]) => email === 'same@x.org');
		expect(kept?.[1]).toBe(name);
	});

	test('S68: duplicates can be created: every row becomes a record', async () => {
		await bench().run('drop table people');
		await bench().run('create table people (email varchar(60), name varchar(20), age integer)');
		await bench().run("insert into people (email, name, age) values ('ann@x.org', 'Ann', 30)");
		const rows = [
			['ann@x.org', 'Again', '31'],
			['ann@x.org', 'Once more', '32'],
		];
		const result = await importRows(rows, { onMatch: 'insert', duplicates: 'all' });
		expect(counts(result)).toEqual({ rows: 2, inserted: 2 });
		expect((await people()).map(([, name]) => name)).toEqual(['Again', 'Ann', 'Once more']);
	});

	test('a row without a key fails with the column that is empty', async () => {
		const result = await importRows([
			['', 'Nobody', '1'],
			['new@x.org', 'New', '1'],
		]);
		expect(counts(result)).toEqual({ rows: 2, inserted: 1, failed: 1 });
		const [failed] = await result.failed.first(5);
		expect(failed).toMatchObject({
			number: 1,
			source: ['', 'Nobody', '1'],
			issues: [{ code: 'MATCH_BLANK_KEY', row: 1, field: 'email' }],
		});
	});

	test('a row that matches several records fails, the others are written', async () => {
		await bench().run('drop table people');
		await bench().run('create table people (email varchar(60), name varchar(20), age integer)');
		await bench().run(
			"insert into people (email, name, age) values ('a@x.org', 'One', 1), ('a@x.org', 'Two', 2)",
		);
		const result = await importRows([
			['a@x.org', 'Three', '3'],
			['b@x.org', 'B', '4'],
		]);
		expect(counts(result)).toEqual({ rows: 2, inserted: 1, failed: 1 });
		expect((await result.failed.first(1))[0]?.issues[0]?.code).toBe('MATCH_SEVERAL');
		expect(await people()).toEqual([
			['a@x.org', 'One', 1],
			['a@x.org', 'Two', 2],
			['b@x.org', 'B', 4],
		]);
	});

	test('S25: rows can be matched on several columns', async () => {
		const result = await importRows(
			[
				['ann@x.org', 'Ann', '77'],
				['ann2@x.org', 'Ann', '78'],
			],
			{ match: [exactRule('email', 'name')] },
		);
		expect(counts(result)).toEqual({ rows: 2, inserted: 1, updated: 1 });
	});

	test('of rows with the same key, the skipped ones say why', async () => {
		const rows = [
			['same@x.org', 'A', '1'],
			['same@x.org', 'B', '3'],
		];
		expect((await importRows(rows)).summary.codes).toEqual({ MATCH_DUPLICATE_IN_FILE: 1 });
	});

	test('the order that rows are sorted into decides which of several is the first', async () => {
		const result = await importSteps(
			[
				['z@x.org', 'Old', '1'],
				['z@x.org', 'New', '9'],
			],
			[{ kind: 'sort', version: 1, options: { by: [{ field: 'age', direction: 'descending' }] } }],
		);
		expect(counts(result)).toEqual({ rows: 2, inserted: 1, skipped: 1 });
		expect(result.written).toMatchObject([{ number: 2, values: { name: 'New' } }]);
	});

	test('values that do not fit the type of their column fail their rows before the write', async () => {
		const result = await importRows([
			['a@x.org', 'A', 'forty'],
			['b@x.org', 'B', '99999999999999999999'],
			['c@x.org', 'C', '3'],
		]);
		expect(counts(result)).toEqual({ rows: 3, inserted: 1, failed: 2 });
		const failed = await result.failed.first(10);
		expect(failed.map(({ issues }) => issues[0]?.code)).toEqual(['CELL_NUMBER', 'CELL_RANGE']);
	});

	test('values reach the table as they are, whatever they look like', async () => {
		const strange = ["x'); drop table p;--", 'tab\there', 'line\nbreak', '\\N', '日本語 🎉'];
		await importRows(
			strange.map((name, i) => [`s${i}@x.org`, name, '1']),
			{ duplicates: 'all' },
			{},
		);
		const rows = await bench().run("select name from people where email like 's%' order by email");
		expect(rows.map(({ name }) => name)).toEqual(strange);
	});

	test('a file that was imported is skipped when it comes again, another one is not', async () => {
		const options = {
			table: bench().table('people'),
			rules: upsertOn('email'),
			mode: 'apply',
			once: true,
		} as const;
		const importText = async (text: string) =>
			await load(await openFile(Buffer.from(text)), bench().target, options);
		const first = await importText('email,name\nf@x.org,F\n');
		expect(first.summary.status).toBe('applied');
		const again = await importText('email,name\nf@x.org,F\n');
		expect(again.summary).toMatchObject({
			status: 'already imported',
			rows: 0,
			inserted: 0,
			codes: { RUN_FILE_ALREADY_IMPORTED: 1 },
		});
		const other = await importText('email,name\ng@x.org,G\n');
		expect(other.summary).toMatchObject({ status: 'applied', inserted: 1 });
	});

	test('a file of which every row failed may come again', async () => {
		const options = { rules: upsertOn('email'), mode: 'apply', once: true } as const;
		for (let time = 0; time < 2; time++) {
			const dataset = await openFile(Buffer.from('email,age\na@x.org,none\n'));
			const table = bench().table('people');
			const result = await load(dataset, bench().target, { table, ...options });
			expect(result.summary).toMatchObject({ status: 'applied', rows: 1, failed: 1 });
		}
	});

	test.each([
		['a column that the table does not have', ['email', 'nickname'], {}, 'RUN_NO_COLUMN'],
		['no column that fits', ['foo', 'bar'], {}, 'RUN_NO_MAPPING'],
		['a match column that is not mapped', ['name', 'age'], {}, 'RUN_NO_COLUMN'],
		['an update without a match column', COLUMNS, { match: [] }, 'RUN_CONFIG'],
	] as const)('%s is said before the first row is read', async (_, columns, rules, code) => {
		const cells = columns.map(() => 'x');
		await expect(importRows([cells], rules, {}, [...columns])).rejects.toMatchObject({ code });
	});

	test('a table that does not exist is named, with those that do', async () => {
		await expect(
			load(openRows([{ name: 'a' }], [['1']]), bench().target, {
				table: bench().table('nowhere'),
				rules: upsertOn('a'),
				mode: 'apply',
			}),
		).rejects.toMatchObject({
			code: 'RUN_NO_TABLE',
			issue: { hint: expect.stringContaining('people') },
		});
	});

	const threeRows = [
		['ann@x.org', 'Anna', '31'],
		['new@x.org', 'New', '1'],
		['bad@x.org', 'Bad', 'no number'],
	];

	test.each([
		[{ minRows: 4 }, 'The file has 3 rows, and must have at least 4'],
		[{ maxRows: 2 }, 'The file has 3 rows, and may have at most 2'],
		[{ maxFailedPercent: 33 }, '1 of 3 rows fail (33.3 %), and 33 % may'],
		[{ maxInserted: 0 }, '1 records would be inserted, and 0 may'],
		[{ maxUpdated: 0 }, '1 records would be updated, and 0 may'],
	])('the guard %j stops the run before the write', async (guards, stopped) => {
		const before = await people();
		const result = await importRows(threeRows, {}, { guards });
		expect(result.summary).toMatchObject({ status: 'stopped', stopped, codes: { RUN_GUARD: 1 } });
		expect(counts(result)).toEqual({ rows: 3, unprocessed: 2, failed: 1 });
		expect(result.written).toEqual([]);
		expect(await people()).toEqual(before);
		const plan = await importRows(threeRows, {}, { guards, mode: 'plan' });
		expect(plan.summary).toMatchObject({ status: 'planned', stopped });
	});

	test('guards that hold let the run pass', async () => {
		const guards = { minRows: 3, maxRows: 3, maxFailedPercent: 34, maxInserted: 1, maxUpdated: 1 };
		const result = await importRows(threeRows, {}, { guards });
		expect(result.summary.status).toBe('applied');
		expect(counts(result)).toEqual({ rows: 3, inserted: 1, updated: 1, failed: 1 });
	});

	test('a second import into the table stops while the first one runs', async () => {
		let second: unknown;
		const slow = addStep(
			openRows(
				COLUMNS.map((name) => ({ name })),
				[['new@x.org', 'New', '1']],
			),
			{ kind: 'sort', version: 1, options: { by: [{ field: 'age' }] } },
		);
		const { target } = bench();
		const watched: Target = {
			label: target.label,
			listTables: () => target.listTables(),
			describeTable: (table) => target.describeTable(table),
			close: () => target.close(),
			startLoad: async (specification) => {
				const session = await target.startLoad(specification);
				second = await importRows([['other@x.org', 'O', '1']]).catch((error: unknown) => error);
				return session;
			},
		};
		const first = await load(slow, watched, {
			table: bench().table('people'),
			mode: 'apply',
			rules: upsertOn('email'),
		});
		expect(counts(first)).toEqual({ rows: 1, inserted: 1 });
		expect(second).toMatchObject({ code: 'RUN_LOCKED' });
		// and it may come again afterwards
		expect(counts(await importRows([['other@x.org', 'O', '1']]))).toEqual({ rows: 1, inserted: 1 });
	});

	test('a cancelled run leaves the table as it was', async () => {
		const before = await people();
		const stop = new AbortController();
		stop.abort();
		await expect(
			importRows([['new@x.org', 'New', '1']], {}, { signal: stop.signal }),
		).rejects.toMatchObject({ code: 'RUN_CANCELLED' });
		expect(await people()).toEqual(before);
	});

	test('S111: every failed row is in the file of failed rows, with its reason', async () => {
		const rows = Array.from({ length: 12_000 }, (_, i) => [`p${i}@x.org`, 'P', 'no number']);
		rows[0] = ['', 'first', '1'];
		const result = await importRows(rows);
		expect(counts(result)).toEqual({ rows: 12_000, failed: 12_000 });
		const names = ['email', 'name', 'age'];
		const dataset = openRows(
			names.map((name) => ({ name })),
			[],
		);
		const file = await failedFile(result.failed, dataset);
		const bytes: Uint8Array[] = [];
		for await (const part of file.bytes) bytes.push(part);
		await result.failed.dispose();
		const lines = Buffer.concat(bytes).toString().trimEnd().split('\r\n');
		expect(lines[0]).toBe(
			'\uFEFFemail,name,age,import_row,import_code,import_reason,import_extra_cells',
		);
		expect(lines).toHaveLength(12_001);
		expect(lines[1]).toMatch(/^,first,1,1,MATCH_BLANK_KEY,/);
		expect(lines[12_000]).toMatch(/^p11999@x.org,P,no number,12000,CELL_NUMBER,/);
	});
}

/** Statements about tables that keep rows out: unique columns, checks, references, columns that need a value. */
export function describeConstraints(bench: () => Bench): void {
	const { people, importRows, importSteps } = peopleTable(bench);

	test('rows that a constraint refuses stand alone; all others are written', async () => {
		const rows = Array.from({ length: 2500 }, (_, i) => [`p${i}@x.org`, `P${i}`, String(i + 1)]);
		rows[1203] = ['bad1@x.org', 'Bad', '-5'];
		rows[2400] = ['bad2@x.org', 'Bad', '0'];
		const result = await importRows(rows);
		expect(counts(result)).toEqual({ rows: 2500, inserted: 2498, failed: 2 });
		const failed = await result.failed.first(10);
		expect(
			failed.map(({ number, source, issues }) => [number, source[0], issues[0]?.code]),
		).toEqual([
			[1204, 'bad1@x.org', 'WRITE_CHECK'],
			[2401, 'bad2@x.org', 'WRITE_CHECK'],
		]);
		expect(await people()).toHaveLength(2500);
	});

	test('a value that another record has in a unique column fails its row, with column and value', async () => {
		const result = await importRows(
			[
				['ann@x.org', 'Zed', '30'],
				['zed@x.org', 'Zed', '9'],
			],
			{
				match: [exactRule('name')],
			},
		);
		expect(counts(result)).toEqual({ rows: 2, failed: 1, skipped: 1 });
		expect((await result.failed.first(1))[0]?.issues[0]).toMatchObject({
			code: 'WRITE_UNIQUE',
			field: 'email',
			value: 'ann@x.org',
		});
	});

	test('a row that refers to a record that is not there fails alone', async () => {
		await bench().run('drop table if exists pets');
		await bench().run(
			'create table pets (name varchar(20) primary key, owner varchar(60) references people (email))',
		);
		const result = await load(
			openRows(
				[{ name: 'name' }, { name: 'owner' }],
				[
					['Rex', 'ann@x.org'],
					['Stray', 'nobody@x.org'],
				],
			),
			bench().target,
			{ table: bench().table('pets'), rules: upsertOn('name'), mode: 'apply' },
		);
		expect(counts(result)).toEqual({ rows: 2, inserted: 1, failed: 1 });
		expect((await result.failed.first(1))[0]).toMatchObject({
			number: 2,
			issues: [{ code: 'WRITE_FOREIGN_KEY' }],
		});
		await bench().run('drop table pets');
	});

	test('rows that a step made of one row are written each, and fail under the row of the file', async () => {
		const result = await importSteps(
			[
				['e@x.org; f@x.org', 'E', '1'],
				['g@x.org;ann@x.org; h@x.org', 'G', '-1'],
			],
			[{ kind: 'explode', version: 1, options: { field: 'email' } }],
		);
		expect(counts(result)).toEqual({ rows: 5, inserted: 2, failed: 3 });
		expect(result.written.map(({ number, values }) => [number, values.email])).toEqual([
			[1, 'e@x.org'],
			[1, 'f@x.org'],
		]);
		const failed = await result.failed.first(10);
		expect(failed.map(({ number, source, issues }) => [number, source[0], issues.length])).toEqual([
			[2, 'g@x.org;ann@x.org; h@x.org', 3],
		]);
		for (const { row } of failed[0]?.issues ?? []) expect(row).toBe(2);
	});

	test('a needed column without a value fails the row that would be inserted, not the one that updates', async () => {
		await bench().run('drop table people');
		await bench().run(
			'create table people (email varchar(60), name varchar(20) not null, age integer)',
		);
		await bench().run("insert into people (email, name, age) values ('a@x.org', 'A', 1)");
		const result = await importRows([
			['a@x.org', '', '2'],
			['b@x.org', '', '3'],
		]);
		expect(counts(result)).toEqual({ rows: 2, updated: 1, failed: 1 });
		expect((await result.failed.first(1))[0]?.issues[0]).toMatchObject({
			code: 'WRITE_NOT_NULL',
			field: 'name',
			row: 2,
		});
	});

	test('the default of a column fills what an inserted row leaves empty', async () => {
		await importRows([['new@x.org', '']], {}, {}, ['email', 'status']);
		const [row] = await bench().run("select status from people where email = 'new@x.org'");
		expect(row?.status).toBe('new');
	});

	test('a needed column that nothing is mapped to is said before the first row is read', async () => {
		const imported = importRows([['x']], { match: [exactRule('name')] }, {}, ['name']);
		await expect(imported).rejects.toMatchObject({ code: 'RUN_CONFIG' });
	});

	test('failures that only the write brings to light count for a guard as well', async () => {
		const before = await people();
		const rows = [
			['new@x.org', 'New', '-1'],
			['ann@x.org', 'Anna', '30'],
		];
		const result = await importRows(rows, {}, { guards: { maxFailedPercent: 10 } });
		expect(result.summary).toMatchObject({ status: 'stopped' });
		expect(counts(result)).toEqual({ rows: 2, failed: 1, unprocessed: 1 });
		expect(await people()).toEqual(before);
	});
}
