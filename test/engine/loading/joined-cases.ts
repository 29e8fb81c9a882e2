import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	exactRule,
	load,
	openRows,
	SqliteRunStore,
	type Cell,
	type LoadOptions,
	type LoadRules,
} from '../../../engine';
import { upsertOn, type Bench } from './load-cases';

const COLUMNS = ['no', 'tags', 'name'];

/** What holds of settings that are used together. Each statement works on a table `crates` with four records in it. */
export function describeJoinedSettings(bench: () => Bench): void {
	let folder: string;

	let runs: SqliteRunStore;

	const importRows = async (
		rows: Cell[][],
		options: Partial<Omit<LoadOptions, 'rules'>> & { rules?: Partial<LoadRules> } = {},
		columns = COLUMNS,
	) =>
		await load(
			openRows(
				columns.map((name) => ({ name, type: 'text' as const })),
				rows,
			),
			bench().target,
			{
				table: bench().table('crates'),
				mode: 'apply',
				runs,
				place: 'test',
				...options,
				rules: { ...upsertOn('no'), ...options.rules },
			},
		);

	const crates = async () =>
		(await bench().run('select no, tags, name from crates order by no')).map((row) =>
			[Number(row.no), row.tags, row.name].join(' '),
		);

	beforeEach(async () => {
		folder = mkdtempSync(join(tmpdir(), 'joined-settings-'));
		runs = new SqliteRunStore(join(folder, 'runs.sqlite'));
		await bench().run('drop table if exists crates');
		await bench().run(
			'create table crates (no integer primary key, tags varchar(40), name varchar(20), boss integer)',
		);
		await bench().run(
			`insert into crates (no, tags, name) values (1, 'a;b', 'one'), (2, 'c', 'two'), (3, 'd', 'two'), (4, null, 'four')`,
		);
	});

	afterEach(() => {
		rmSync(folder, { recursive: true, force: true });
	});

	test('a record that a person has chosen for a row is not absent from the file', async () => {
		const { summary } = await importRows([['1', 'x', 'one']], {
			choices: [{ row: 1, choice: 'update', record: { no: 3 } }],
			rules: { match: [exactRule('name')], policies: { no: 'never' } },
			synchronisation: { maxPercent: 100 },
		});
		expect(summary).toMatchObject({ updated: 1, removed: 2 });
		expect(await crates()).toEqual(['1 a;b one', '3 x one']);
	});

	test('a person chooses one record where a rule would take all', async () => {
		const rows = [
			['9', 'x', 'two'],
			['9', 'y', 'one'],
		];
		const result = await importRows(rows, {
			choices: [{ row: 1, choice: 'update', record: { no: 3 } }],
			rules: {
				match: [{ ...exactRule('name'), several: 'all' }],
				policies: { no: 'never', tags: 'append' },
			},
		});
		expect(result.summary).toMatchObject({ updated: 2, failed: 0, updatedRecords: 2 });
		expect(await crates()).toEqual(['1 a;b;y one', '2 c two', '3 d;x two', '4  four']);
	});

	test('why a field is written says so of lists, of the clearing value and of stamps', async () => {
		const { written } = await importRows([['1', 'b;e', '#N/A']], {
			clearingValue: '#N/A',
			mode: 'plan',
			rules: { policies: { tags: 'append', name: 'never' } },
		});
		expect(written[0]).toMatchObject({
			values: { tags: 'a;b;e', name: null },
			before: { tags: 'a;b', name: 'one' },
			why: {
				tags: { written: true, policy: 'append' },
				name: { written: true, policy: 'never', cleared: true },
			},
		});
		const kept = await importRows([['1', 'A', 'new']], {
			mode: 'plan',
			rules: { policies: { tags: 'append' } },
		});
		expect(kept.written[0]?.why).toEqual({
			tags: { written: false, policy: 'append' },
			name: { written: true, policy: 'filled' },
		});
	});

	test.each<[string, Partial<LoadOptions>]>([
		['a clearing value', { clearingValue: '-' }],
		['rows of the last run', { delta: true }],
		['absent records', { synchronisation: { maxPercent: 50 } }],
		['stamps', { stamps: { boss: 'row' } }],
	])(
		'a plan is not applied with another setting for %s',
		async (_, { rules: _rules, ...setting }) => {
			const rows = [['1', 'z', 'one']];
			const { summary } = await importRows(rows, { mode: 'plan' });
			await expect(
				importRows(rows, { ...setting, planToken: summary.plan ?? '' }),
			).rejects.toMatchObject({ code: 'RUN_PLAN_CHANGED' });
			expect(await crates()).toContain('1 a;b one');
		},
	);

	test('a plan is applied only to the absent records that it was made with', async () => {
		const rows = [['1', 'z', 'one']];
		const setting = { synchronisation: { maxPercent: 100 } };
		const token = async () =>
			(await importRows(rows, { ...setting, mode: 'plan' })).summary.plan ?? '';
		const stale = await token();
		await bench().run(`update crates set name = 'kept' where no = 4`);
		await expect(importRows(rows, { ...setting, planToken: stale })).rejects.toMatchObject({
			code: 'RUN_PLAN_CHANGED',
			message: expect.stringContaining('absent from the file') as string,
		});
		expect(await crates()).toHaveLength(4);
		const { summary } = await importRows(rows, { ...setting, planToken: await token() });
		expect(summary).toMatchObject({ updated: 1, removed: 3 });
		expect(await crates()).toEqual(['1 z one']);
	});

	test('rows that refer to each other are written before absent records go, and are known again', async () => {
		await bench().run('update crates set boss = 4 where no = 2');
		const setting = {
			delta: true,
			synchronisation: { maxPercent: 100 },
			references: [{ column: 'boss', table: bench().table('crates'), by: 'name', value: 'no' }],
		};
		const columns = ['no', 'name', 'boss'];
		const rows = [
			['2', 'two', 'new'],
			['8', 'new', 'one'],
			['1', 'one', null],
		];
		const first = await importRows(rows, setting, columns);
		expect(first.summary).toMatchObject({ inserted: 1, updated: 1, unchanged: 1, removed: 2 });
		const stored = await bench().run('select no, boss from crates order by no');
		expect(stored.map(({ no, boss }) => [Number(no), boss === null ? null : Number(boss)])).toEqual(
			[
				[1, null],
				[2, 8],
				[8, 1],
			],
		);
		const { summary } = await importRows(rows, setting, columns);
		expect(summary).toMatchObject({ unchanged: 3, removed: 0 });
		expect(summary.codes).toMatchObject({ MATCH_SAME_AS_LAST_RUN: 3 });
	});

	test('records that references create in the table itself cannot be told from absent ones', async () => {
		const references = [
			{
				column: 'boss',
				table: bench().table('crates'),
				by: 'no',
				missing: 'create' as const,
			},
		];
		await expect(
			importRows([['1', 'one', '7']], { references, synchronisation: {} }, ['no', 'name', 'boss']),
		).rejects.toMatchObject({ code: 'RUN_CONFIG' });
	});

	test.each<[string, Partial<Omit<LoadOptions, 'rules'>> & { rules?: Partial<LoadRules> }]>([
		['records absent from the file', { synchronisation: {} }],
		['rows of the last run', { delta: true }],
		['lists', { rules: { policies: { tags: 'remove' } } }],
		[
			'rules that take all records',
			{
				rules: { match: [{ ...exactRule('name'), several: 'all' }], policies: { no: 'never' } },
			},
		],
	])('%s are not committed in batches', async (_, setting) => {
		await expect(
			importRows([['1', 'z', 'one']], { ...setting, commit: 'batch' }),
		).rejects.toMatchObject({ code: 'RUN_CONFIG' });
		expect(await crates()).toContain('1 a;b one');
	});

	test('a clearing value and stamps are committed in batches', async () => {
		const { summary } = await importRows(
			[
				['1', '-', 'uno'],
				['2', 'c', 'due'],
				['7', '-', 'sette'],
			],
			{ commit: 'batch', batchRows: 1, clearingValue: '-', stamps: { boss: 'row' } },
		);
		expect(summary).toMatchObject({ status: 'applied', inserted: 1, updated: 2 });
		const stored = await bench().run('select no, tags, name, boss from crates order by no');
		expect(
			stored.map(({ no, tags, boss }) => [Number(no), tags, boss === null ? null : Number(boss)]),
		).toEqual([
			[1, null, 1],
			[2, 'c', 2],
			[3, 'd', null],
			[4, null, null],
			[7, null, 3],
		]);
	});

	test.each<[string, Partial<Omit<LoadOptions, 'rules'>> & { rules?: Partial<LoadRules> }]>([
		['records absent from the file', { synchronisation: {} }],
		[
			'rules that take all records',
			{
				rules: { match: [{ ...exactRule('name'), several: 'all' }], policies: { no: 'never' } },
			},
		],
	])('%s are not kept for undo', async (_, setting) => {
		await expect(
			importRows([['1', 'z', 'one']], { ...setting, journal: { run: 'joined' } }),
		).rejects.toMatchObject({ code: 'RUN_CONFIG' });
		expect(await crates()).toContain('1 a;b one');
	});
}
