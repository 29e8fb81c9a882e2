import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import {
	exactRule,
	load,
	openRows,
	SqliteRunStore,
	type Cell,
	type LoadOptions,
	type LoadRules,
	type PlanFile,
} from '../../../engine';
import type { DisturbedDatabase } from './databases';
import { disturbed } from './disturbed';
import { counts, upsertOn, type Bench } from './load-cases';

const COLUMNS = ['no', 'email', 'name', 'phone'];

export interface PlanBench extends Bench {
	/** Has another connection wait for locks for a moment only. */
	impatient?: string;
}

/**
 * Statements about plans and choices that hold on every database. Each works on a table `clients` with four records in it.
 *
 * @param key what tells its records apart: the number, or an id that counts them
 */
export function describePlans(bench: () => PlanBench, key: 'no' | 'id' = 'no'): void {
	let folder: string;

	let runs: SqliteRunStore;

	const importRows = async (
		rows: Cell[][],
		options: Partial<Omit<LoadOptions, 'rules'>> & { rules?: Partial<LoadRules> } = {},
		target = bench().target,
	) =>
		await load(
			openRows(
				COLUMNS.map((name) => ({ name, type: 'text' as const })),
				rows,
			),
			target,
			{
				table: bench().table('clients'),
				mode: 'apply',
				runs,
				place: 'test',
				...options,
				rules: { ...upsertOn('no'), ...options.rules },
			},
		);

	const planned = async (
		rows: Cell[][],
		options: Parameters<typeof importRows>[1] = {},
	): Promise<string> => {
		const { summary } = await importRows(rows, { ...options, mode: 'plan' });
		expect(summary.status).toBe('planned');
		expect(summary.plan).toMatch(/^[\w-]{20,}$/);
		return summary.plan ?? '';
	};

	const clients = async () =>
		(await bench().run('select no, email, name from clients order by no')).map((row) => [
			Number(row.no),
			row.email,
			row.name,
		]);

	const failures = async (result: Awaited<ReturnType<typeof importRows>>) => {
		const rows = await result.failed.first(100);
		await result.failed.dispose();
		return rows.map(({ number, issues }) => [number, issues[0]?.code, issues[0]?.message]);
	};

	beforeAll(() => {
		folder = mkdtempSync(join(tmpdir(), 'plans-'));
		runs = new SqliteRunStore(join(folder, 'runs.sqlite'));
	});

	afterAll(() => rmSync(folder, { recursive: true }));

	beforeEach(async () => {
		await bench().run('drop table if exists clients');
		await bench().run(
			'create table clients (no integer primary key, email varchar(60), name varchar(40), phone varchar(30))',
		);
		await bench().run(
			"insert into clients (no, email, name, phone) values (1, 'ann@x.org', 'Ann', null), (2, 'bob@x.org', 'Bob', '22'), (3, 'dup@x.org', 'Cyd', null), (4, 'dup@x.org', 'Dee', null)",
		);
	});

	const file = [
		['1', 'ann@x.org', 'Anna', ''],
		['2', 'bob@x.org', 'Bobby', ''],
		['3', 'dup@x.org', 'Cyd', ''],
		['9', 'new@x.org', 'New', ''],
	];

	test('S77: what was planned is applied by its token, once', async () => {
		const plan = await planned(file);
		const result = await importRows(file, { planToken: plan });
		expect(counts(result)).toEqual({ rows: 4, inserted: 1, updated: 2, unchanged: 1 });
		expect(await clients()).toEqual([
			[1, 'ann@x.org', 'Anna'],
			[2, 'bob@x.org', 'Bobby'],
			[3, 'dup@x.org', 'Cyd'],
			[4, 'dup@x.org', 'Dee'],
			[9, 'new@x.org', 'New'],
		]);
		await expect(importRows(file, { planToken: plan })).rejects.toMatchObject({
			code: 'RUN_PLAN_UNKNOWN',
		});
	});

	test.each<[string, Cell[][], Parameters<typeof importRows>[1], string]>([
		['the file', [...file, ['10', '', 'Ten', '']], {}, 'the content of the file'],
		['the rules', file, { rules: { onNoMatch: 'skip' } }, 'the match rules'],
		['the place of the table', file, { place: 'another' }, 'the table'],
		['the choices', file, { choices: [{ row: 1, choice: 'skip' }] }, 'the choices'],
	])('a plan is not applied when %s changed since', async (_, rows, options, message) => {
		const plan = await planned(file);
		const applying = importRows(rows, { ...options, planToken: plan });
		await expect(applying).rejects.toMatchObject({
			code: 'RUN_PLAN_CHANGED',
			message: expect.stringContaining(message) as string,
		});
		expect(await clients()).toHaveLength(4);
	});

	test('a plan is not applied when the table has another column since, nor is an unknown one', async () => {
		const plan = await planned(file);
		await bench().run('alter table clients add column note varchar(10)');
		await expect(importRows(file, { planToken: plan })).rejects.toMatchObject({
			code: 'RUN_PLAN_CHANGED',
		});
		await expect(importRows(file, { planToken: 'none' })).rejects.toMatchObject({
			code: 'RUN_PLAN_UNKNOWN',
		});
		expect((await clients())[0]).toEqual([1, 'ann@x.org', 'Ann']);
	});

	test('a record that changed since the plan is not overwritten, nor is a row written that was to do something else', async () => {
		const rows = [...file, ['10', 'ten@x.org', 'Ten', '']];
		const plan = await planned(rows);
		await bench().run("update clients set name = 'Annie' where no = 1");
		await bench().run('delete from clients where no = 2');
		await bench().run("update clients set name = 'Cydney' where no = 3");
		await bench().run("insert into clients (no, email, name) values (9, 'new@x.org', 'New')");
		const result = await importRows(rows, { planToken: plan });
		expect(counts(result)).toEqual({ rows: 5, inserted: 1, failed: 4 });
		expect(result.summary.codes).toEqual({ MATCH_STALE: 4 });
		expect(await failures(result)).toEqual([
			[
				1,
				'MATCH_STALE',
				'Row 1 was planned to update a record that has changed since: name is "Annie" now',
			],
			[2, 'MATCH_STALE', 'Row 2 was planned to update a record, and would be inserted now'],
			[
				3,
				'MATCH_STALE',
				'Row 3 was planned not to be written, and would be written to a record now',
			],
			[
				4,
				'MATCH_STALE',
				'Row 4 was planned to be inserted, and would be left as it is in a record now',
			],
		]);
		expect(await clients()).toEqual([
			[1, 'ann@x.org', 'Annie'],
			[3, 'dup@x.org', 'Cydney'],
			[4, 'dup@x.org', 'Dee'],
			[9, 'new@x.org', 'New'],
			[10, 'ten@x.org', 'Ten'],
		]);
	});

	test('a column that the row leaves alone counts too: the whole record is what was looked at', async () => {
		const plan = await planned(file);
		await bench().run("update clients set phone = '99' where no = 1");
		const result = await importRows(file, { planToken: plan });
		expect(counts(result)).toEqual({ rows: 4, inserted: 1, updated: 1, unchanged: 1, failed: 1 });
		expect((await failures(result))[0]?.[2]).toContain('phone is "99" now');
	});

	test('nobody changes a record between the comparison with the plan and the write', async () => {
		const { connect, impatient = '' } = bench() as Partial<DisturbedDatabase> & PlanBench;
		// Data Tables have no locks: there each record is written only as it was read
		if (connect === undefined) return;
		const plan = await planned(file);
		const other = await connect();
		let refusal: unknown;
		const target = disturbed(bench().target, 'apply', async () => {
			if (impatient !== '') await other.run(impatient);
			refusal = await other
				.run("update clients set name = 'Late' where no = 1")
				.catch((error: unknown) => String(error));
		});
		const result = await importRows(file, { planToken: plan }, target);
		await other.close();
		expect(refusal).toMatch(/lock|busy/i);
		expect(counts(result)).toEqual({ rows: 4, inserted: 1, updated: 2, unchanged: 1 });
		expect((await clients())[0]).toEqual([1, 'ann@x.org', 'Anna']);
	});

	test('a plan of more rows than a page is compared row by row', async () => {
		const many = Array.from({ length: 12_000 }, (_, i) => [String(i + 1), `p${i}@x.org`, 'P', '']);
		const plan = await planned(many);
		await bench().run("insert into clients (no, name) values (7000, 'x'), (12000, 'y')");
		await bench().run('delete from clients where no = 2');
		const result = await importRows(many, { planToken: plan });
		expect(counts(result)).toEqual({ rows: 12_000, inserted: 11_994, updated: 3, failed: 3 });
		expect((await failures(result)).map(([row]) => row)).toEqual([2, 7000, 12_000]);
	});

	test('S76: a row that matches several records names them', async () => {
		const rows = [
			['', 'dup@x.org', 'A', ''],
			['', 'ann@x.org', 'B', ''],
			['', 'dup@x.org', 'C', ''],
		];
		const result = await importRows(rows, {
			rules: {
				match: [{ ...exactRule('email'), name: 'E-Mail' }],
				duplicates: 'all',
				onNoMatch: 'skip',
			},
		});
		expect(counts(result)).toEqual({ rows: 3, updated: 1, failed: 2 });
		const [first, second] = await result.failed.first(2);
		expect(first?.issues[0]).toMatchObject({
			code: 'MATCH_SEVERAL',
			message: `Row 1 matches 2 records (email = dup@x.org): ${key} = 3, email = dup@x.org (by E-Mail); ${key} = 4, email = dup@x.org (by E-Mail)`,
			candidates: [
				{ record: { [key]: 3 }, values: { email: 'dup@x.org' }, rule: 'E-Mail' },
				{ record: { [key]: 4 }, values: { email: 'dup@x.org' }, rule: 'E-Mail' },
			],
		});
		expect(second?.number).toBe(3);
		expect(result.summary.rules).toEqual({ 'E-Mail': 3 });
	});

	test('of very many records that a row matches the first ten are named, by the rule that found them', async () => {
		await bench().run(
			`insert into clients (no, email, name) values ${Array.from({ length: 12 }, (_, i) => `(${i + 20}, 'Many@x.org', 'M')`).join(', ')}`,
		);
		const byEmail = {
			name: 'Address',
			fields: [{ column: 'email', normalizer: 'email' as const }],
			several: 'next' as const,
		};
		const result = await importRows([['', 'MANY@x.org', 'Nobody', '']], {
			rules: { match: [{ ...exactRule('no'), name: 'Number' }, byEmail], onNoMatch: 'skip' },
		});
		const [issue] = (await result.failed.first(1))[0]?.issues ?? [];
		expect(issue?.candidates?.map(({ record, rule }) => [record[key], rule])).toEqual(
			Array.from({ length: 10 }, (_, i) => [i + (key === 'no' ? 20 : 5), 'Address']),
		);
		expect(issue?.message).toMatch(/^Row 1 matches 12 records .* and 2 more$/);
	});

	test.each([
		['one rule that the database compares', [exactRule('email')]],
		[
			'rules with keys of their own',
			[
				{
					name: 'E-Mail',
					several: 'fail' as const,
					fields: [{ column: 'email', normalizer: 'email' as const }],
				},
			],
		],
	])("a person's choice comes before %s", async (_, match) => {
		const rows = [
			['', 'dup@x.org', 'to the fourth', ''],
			['', 'ann@x.org', 'to nobody', ''],
			['12', 'dup@x.org', 'a new one', ''],
			['', 'dup@x.org', 'still doubtful', ''],
			['', 'bob@x.org', 'lost', ''],
			['', 'bob@x.org', 'no number', ''],
		];
		const result = await importRows(rows, {
			rules: { match, duplicates: 'all', onNoMatch: 'skip', policies: { no: 'never' } },
			choices: [
				{ row: 1, choice: 'update', record: { [key]: 4 } },
				{ row: 2, choice: 'skip' },
				{ row: 3, choice: 'insert' },
				{ row: 5, choice: 'update', record: { [key]: 77 } },
				{ row: 6, choice: 'update', record: { [key]: 'x' } },
				{ row: 99, choice: 'skip' },
			],
		});
		expect(counts(result)).toEqual({ rows: 6, inserted: 1, updated: 1, skipped: 1, failed: 3 });
		expect(result.summary.codes).toEqual({
			MATCH_SEVERAL: 1,
			MATCH_CHOICE_LOST: 2,
			MATCH_CHOICE_SKIP: 1,
			MATCH_CHOICE_UNUSED: 1,
		});
		expect((await failures(result))[1]).toEqual([
			5,
			'MATCH_CHOICE_LOST',
			`The record that was chosen for row 5 is not there (${key} = 77)`,
		]);
		expect(await clients()).toEqual([
			[1, 'ann@x.org', 'Ann'],
			[2, 'bob@x.org', 'Bob'],
			[3, 'dup@x.org', 'Cyd'],
			[4, 'dup@x.org', 'to the fourth'],
			[12, 'dup@x.org', 'a new one'],
		]);
	});

	test('of rows that are the same the chosen one is taken, and no other', async () => {
		const rows = [
			['', 'ann@x.org', 'first', ''],
			['', 'ann@x.org', 'second', ''],
		];
		const result = await importRows(rows, {
			rules: { match: [exactRule('email')], onNoMatch: 'skip' },
			choices: [{ row: 2, choice: 'update', record: { [key]: 1 } }],
		});
		expect(counts(result)).toEqual({ rows: 2, updated: 1, skipped: 1 });
		expect((await clients())[0]).toEqual([1, 'ann@x.org', 'second']);
		expect(result.written[0]).toMatchObject({ number: 2, rule: 'Choice' });
	});

	test.each<[string, LoadOptions['choices'], string]>([
		['names no key', [{ row: 1, choice: 'update', record: { name: 'Ann' } }], 'which record'],
		[
			'is the second for a row',
			[
				{ row: 1, choice: 'skip' },
				{ row: 1, choice: 'insert' },
			],
			'more than one choice',
		],
	])('a choice that %s is refused before a row is read', async (_, choices, message) => {
		await expect(importRows(file, { choices })).rejects.toMatchObject({
			code: 'RUN_CONFIG',
			message: expect.stringContaining(message) as string,
		});
	});

	test('choices and merged duplicates are refused together', async () => {
		const refused = importRows(file, {
			rules: { duplicates: 'merge' },
			choices: [{ row: 1, choice: 'skip' }],
		});
		await expect(refused).rejects.toMatchObject({ code: 'RUN_CONFIG' });
	});

	test('a table without a key takes no choices', async () => {
		if (key === 'id') return;
		await bench().run('create table loose (no integer, email varchar(60))');
		const refused = load(openRows([{ name: 'email' }], [['a@x.org']]), bench().target, {
			table: bench().table('loose'),
			rules: upsertOn('email'),
			mode: 'apply',
			choices: [{ row: 1, choice: 'skip' }],
		});
		await expect(refused).rejects.toMatchObject({ code: 'RUN_CONFIG' });
		await bench().run('drop table loose');
	});

	test('a file with far fewer rows than the last one is stopped', async () => {
		const guards = { minPercentOfLast: 50 };
		const importName = bench().target.label;
		const run = async (rows: Cell[][], options: Partial<LoadOptions> = {}) =>
			(await importRows(rows, { guards, importName, ...options })).summary;
		expect(await run(file)).toMatchObject({ status: 'applied', rows: 4 });
		expect(await run(file.slice(0, 1), { mode: 'plan' })).toMatchObject({ status: 'planned' });
		expect(await run(file.slice(0, 1))).toMatchObject({
			status: 'stopped',
			unprocessed: 0,
			stopped: 'The file has 1 rows, the last one had 4, and it must have at least 50 % of them',
			codes: { RUN_GUARD: 1 },
		});
		expect(await run(file.slice(0, 2))).toMatchObject({ status: 'applied' });
		// the last applied run counts: of two rows one is half
		expect(await run(file.slice(0, 1))).toMatchObject({ status: 'applied' });
		expect(await run([], { importName: 'another import' })).toMatchObject({ status: 'applied' });
	});

	test('S73, S74, S75: the whole plan is had as a file, with every row', async () => {
		const rows = [
			['1', 'ann@x.org', 'Anna', '11'],
			['2', 'bob@x.org', 'Bobby', '23'],
			['x', 'bad@x.org', 'Bad', ''],
			['3', 'dup@x.org', 'Cyd', ''],
			['3', '', '', ''],
			['', 'none@x.org', '', ''],
			['9', 'new@x.org', 'New, one', ''],
		];
		const options = {
			mode: 'plan' as const,
			rules: { policies: { phone: 'target-empty' as const } },
		};
		const csv = await importRows(rows, { ...options, planFile: 'csv' });
		expect(csv.planFile).toMatchObject({ fileName: 'plan.csv', mediaType: 'text/csv' });
		const lines = (await textOf(csv.planFile)).split('\r\n');
		expect(lines[0]).toBe(
			'\uFEFFrow,action,rule,score,key,record,code,message,why,no before,no after,email before,email after,name before,name after,phone before,phone after',
		);
		expect(lines.slice(1, -1)).toHaveLength(7);
		expect(lines[2]).toBe(
			`2,update,no,,no = 2,${key} = 2,,,"name: written, the cell is filled; phone: kept, the record has a value",,,,,Bob,Bobby,,`,
		);
		expect(lines[7]).toBe('7,insert,,,no = 9,,,,,,9,,new@x.org,,"New, one",,');
		const ndjson = await importRows(rows, { ...options, planFile: 'ndjson' });
		const entries = (await textOf(ndjson.planFile))
			.trim()
			.split('\n')
			.map((line) => JSON.parse(line) as Record<string, unknown>);
		expect(entries.map(({ row, action, code }) => [row, action, code])).toEqual([
			[1, 'update', undefined],
			[2, 'update', undefined],
			[3, 'fail', 'CELL_NUMBER'],
			[4, 'unchanged', undefined],
			[5, 'skip', 'MATCH_DUPLICATE_IN_FILE'],
			[6, 'fail', 'MATCH_BLANK_KEY'],
			[7, 'insert', undefined],
		]);
		expect(entries[0]).toMatchObject({
			record: { [key]: 1 },
			before: { name: 'Ann', phone: null },
			after: { name: 'Anna', phone: '11' },
		});
		expect(entries[5]?.message).toContain('no value in no');
		expect(await clients()).toHaveLength(4);
	});
}

async function textOf(file: PlanFile | undefined): Promise<string> {
	if (file === undefined) throw new Error('There is no file');
	const text = (await buffer(Readable.from(file.bytes()))).toString();
	await file.dispose();
	return text;
}
