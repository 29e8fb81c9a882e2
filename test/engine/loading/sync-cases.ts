import {
	exactRule,
	load,
	openRows,
	type Cell,
	type LoadOptions,
	type LoadResult,
	type MatchRule,
} from '../../../engine';
import { counts, upsertOn, type Bench } from './load-cases';

type Rules = Partial<LoadOptions['rules']>;

/** What is said of absent records: how many went, changed, or could not. */
const absence = ({ summary: { removed, retired, notRemoved } }: LoadResult) =>
	Object.fromEntries(
		Object.entries({ removed, retired, notRemoved }).filter(([, n]) => n !== undefined),
	);

/** Statements about records that are absent from the file. They hold on every database. */
export function describeSynchronisation(bench: () => Bench): void {
	const synchronise = async (
		rows: Cell[][],
		synchronisation: LoadOptions['synchronisation'],
		{
			rules = {},
			columns = ['no', 'team', 'status'],
			...options
		}: Partial<Omit<LoadOptions, 'rules'>> & {
			rules?: Rules;
			columns?: string[];
		} = {},
	) =>
		await load(
			openRows(
				columns.map((name) => ({ name })),
				rows,
			),
			bench().target,
			{
				table: bench().table('desks'),
				mode: 'apply',
				rules: { ...upsertOn('no'), ...rules },
				synchronisation: synchronisation && { maxPercent: 100, ...synchronisation },
				...options,
			},
		);

	const desks = async () =>
		(await bench().run('select no, team, status from desks order by no')).map((row) =>
			[Number(row.no), row.team, row.status].join(' '),
		);

	beforeEach(async () => {
		await bench().run('drop table if exists desks');
		await bench().run(
			'create table desks (no integer primary key, team varchar(20), status varchar(20), seen date)',
		);
		await bench().run(
			`insert into desks (no, team, status) values (1, 'north', 'used'), (2, 'north', 'used'), (3, 'south', 'used'), (4, 'south', 'free'), (5, null, 'used')`,
		);
	});

	test('records that are absent from the file are deleted, and listed as they were', async () => {
		const rows = [
			['1', 'north', 'new'],
			['3', 'south', 'used'],
			['9', 'east', 'used'],
		];
		const plan = await synchronise(rows, {}, { mode: 'plan' });
		expect(absence(plan)).toEqual({ removed: 3 });
		expect(
			plan.absent.map(({ action, values }) => [action, Number(values.no), values.team]),
		).toEqual([
			['delete', 2, 'north'],
			['delete', 4, 'south'],
			['delete', 5, null],
		]);
		expect(await desks()).toHaveLength(5);
		const result = await synchronise(rows, {});
		expect(counts(result)).toEqual({ rows: 3, inserted: 1, updated: 1, unchanged: 1 });
		expect(absence(result)).toEqual({ removed: 3 });
		expect(result.absent).toEqual(plan.absent);
		expect(await desks()).toEqual(['1 north new', '3 south used', '9 east used']);
		expect(absence(await synchronise(rows, {}))).toEqual({ removed: 0 });
	});

	test('without a word about them they stay as they are', async () => {
		const result = await synchronise([['1', 'north', 'new']], undefined);
		expect(absence(result)).toEqual({});
		expect(await desks()).toHaveLength(5);
	});

	test('absent records get values instead; those that have them already are no change', async () => {
		const rows = [['1', 'north', 'used']];
		const set = { status: 'free', seen: '2024-02-29' };
		const options = { columns: ['no', 'team'] };
		const short = rows.map((row) => row.slice(0, 2));
		const result = await synchronise(short, { set }, options);
		expect(counts(result)).toEqual({ rows: 1, unchanged: 1 });
		expect(absence(result)).toEqual({ retired: 4 });
		expect(result.absent[0]).toMatchObject({
			action: 'retire',
			values: { status: 'free' },
			before: { status: 'used', seen: null },
		});
		expect(await desks()).toEqual([
			'1 north used',
			'2 north free',
			'3 south free',
			'4 south free',
			'5  free',
		]);
		const again = await synchronise(short, { set }, options);
		expect(absence(again)).toEqual({ retired: 0 });
		expect(again.absent).toEqual([]);
	});

	test.each([
		['values that are named', { column: 'team', values: ['south'] }, [1, 2, 3, 5]],
		['values that the file has', { column: 'team' }, [1, 3, 4, 5]],
	])('only records of the scope are looked at: %s', async (_, scope, left) => {
		const rows = 'values' in scope ? [['3', 'x', 'used']] : [['1', 'north', 'used']];
		const result = await synchronise(rows, { scope }, { rules: { policies: { team: 'never' } } });
		expect(absence(result)).toEqual({ removed: 1 });
		expect((await desks()).map((desk) => Number(desk.split(' ')[0]))).toEqual(left);
	});

	test('a record that any row finds is present, whatever becomes of the row', async () => {
		await bench().run('drop table desks');
		await bench().run(
			'create table desks (no integer primary key, team varchar(20), status varchar(20) not null)',
		);
		await bench().run(
			`insert into desks (no, team, status) values (1, 'North', 'x'), (2, 'north', 'x'), (3, 'south', 'x'), (4, 'east', 'x'), (5, 'west', 'x')`,
		);
		const byTeam: MatchRule = { fields: [{ column: 'team', normalizer: 'case' }] };
		const result = await synchronise(
			[
				['NORTH', 'several fit'],
				['south', ''],
				['South', 'the same once more'],
			],
			{},
			{
				columns: ['team', 'status'],
				rules: {
					match: [byTeam],
					emptyCells: 'clear',
					onNoMatch: 'skip',
					policies: { team: 'never' },
				},
			},
		);
		expect(counts(result).rows).toBe(3);
		expect(counts(result).failed ?? 0).toBeGreaterThan(0);
		expect(absence(result)).toEqual({ removed: 2 });
		expect((await desks()).map((desk) => desk.split(' ')[1])).toEqual(['North', 'north', 'south']);
	});

	test('rules with conditions find only what they are for; the rest is absent', async () => {
		const match: MatchRule[] = [
			{ ...exactRule('no'), rows: { column: 'status', is: 'one-of', values: ['used'] } },
			{
				fields: [{ column: 'team', normalizer: 'case' }],
				records: { column: 'status', values: ['free'] },
			},
		];
		const result = await synchronise(
			[
				['1', '', 'used'],
				['2', 'SOUTH', 'gone'],
			],
			{},
			{ rules: { match, policies: { team: 'never', no: 'never' } } },
		);
		expect(counts(result)).toEqual({ rows: 2, updated: 1, unchanged: 1 });
		expect(await desks()).toEqual(['1 north used', '4 south gone']);
	});

	describe('guards', () => {
		test('more than 10 percent of the scope stop the run before anything is written', async () => {
			const rows = [
				['1', 'north', 'new'],
				['2', 'north', 'used'],
			];
			const result = await synchronise(rows, { maxPercent: undefined });
			expect(result.summary).toMatchObject({ status: 'stopped', removed: 0 });
			expect(result.summary.stopped).toContain('3 of 5 records are absent from the file (60 %)');
			expect(result.summary.codes).toMatchObject({ RUN_GUARD: 1 });
			expect(counts(result)).toEqual({ rows: 2, unchanged: 1, unprocessed: 1 });
			expect(result.absent).toEqual([]);
			expect(await desks()).toHaveLength(5);
			const plan = await synchronise(rows, { maxPercent: undefined }, { mode: 'plan' });
			expect(plan.summary).toMatchObject({ status: 'planned', removed: 3 });
			expect(plan.summary.stopped).toContain('60 %');
			const few = await synchronise(rows, { maxRecords: 2 });
			expect(few.summary).toMatchObject({ status: 'stopped', removed: 0 });
			expect(absence(await synchronise(rows, { maxRecords: 3 }))).toEqual({ removed: 3 });
		});

		test('an empty file deletes nothing', async () => {
			const result = await synchronise([], { maxPercent: undefined });
			expect(result.summary).toMatchObject({ status: 'stopped', removed: 0 });
			expect(await desks()).toHaveLength(5);
		});

		test.each([
			['could not be read', ['no number', 'north', 'used']],
			['have no key', ['', 'north', 'used']],
		])(
			'rows that %s leave it open what is absent: the run stops, unless that is allowed',
			async (_, bad) => {
				const rows = [['1', 'north', 'new'], bad];
				const result = await synchronise(rows, {});
				expect(result.summary).toMatchObject({ status: 'stopped', removed: 0 });
				expect(result.summary.stopped).toContain(
					'1 rows of the file could not be read or have no key',
				);
				expect(await desks()).toHaveLength(5);
				const allowed = await synchronise(rows, { allowUnreadRows: true });
				expect(counts(allowed)).toEqual({ rows: 2, updated: 1, failed: 1 });
				expect(absence(allowed)).toEqual({ removed: 4 });
			},
		);
	});

	test.each([
		['without a match', {}, { match: [], onMatch: 'insert' }, 'RUN_CONFIG'],
		['a column that is not there', { set: { nowhere: 'x' } }, {}, 'RUN_NO_COLUMN'],
		['no values', { set: {} }, {}, 'RUN_CONFIG'],
		['a value that does not fit', { set: { seen: 'no date' } }, {}, 'RUN_CONFIG'],
		['a scope that is not mapped', { scope: { column: 'seen' } }, {}, 'RUN_NO_COLUMN'],
	] as Array<[string, LoadOptions['synchronisation'], Rules, string]>)(
		'%s: it is said before the first row is read',
		async (_, synchronisation, rules, code) => {
			await expect(
				synchronise([['1', 'north', 'used']], synchronisation, { rules }),
			).rejects.toMatchObject({ code });
		},
	);

	test('many records go, over pages of them', async () => {
		const values = Array.from({ length: 5000 }, (_, i) => `(${i + 10}, 'many', 'used')`);
		for (let first = 0; first < values.length; first += 1000) {
			await bench().run(
				`insert into desks (no, team, status) values ${values.slice(first, first + 1000).join(', ')}`,
			);
		}
		const result = await synchronise(
			[['10', 'many', 'used']],
			{ scope: { column: 'team' } },
			{ listLimit: 7 },
		);
		expect(absence(result)).toEqual({ removed: 4999 });
		expect(result.absent).toHaveLength(7);
		expect(await desks()).toHaveLength(6);
	});
}

/** Statements about absent records that a database keeps. */
export function describeKeptRecords(bench: () => Bench): void {
	test('a record that others refer to stays, with the reason of the database; all other absent ones go', async () => {
		await bench().run('drop table if exists seats');
		await bench().run('drop table if exists rooms');
		await bench().run('create table rooms (no integer primary key, name varchar(20))');
		await bench().run(
			'create table seats (id integer primary key, room integer, foreign key (room) references rooms (no))',
		);
		const values = Array.from({ length: 2400 }, (_, i) => `(${i + 1}, 'r${i + 1}')`);
		for (let first = 0; first < values.length; first += 800) {
			await bench().run(
				`insert into rooms (no, name) values ${values.slice(first, first + 800).join(', ')}`,
			);
		}
		await bench().run('insert into seats (id, room) values (1, 77), (2, 2000)');
		const result = await load(
			openRows([{ name: 'no' }, { name: 'name' }], [['1', 'r1']]),
			bench().target,
			{
				table: bench().table('rooms'),
				mode: 'apply',
				rules: upsertOn('no'),
				synchronisation: { maxPercent: 100 },
			},
		);
		expect(counts(result)).toEqual({ rows: 1, unchanged: 1 });
		expect(absence(result)).toEqual({ removed: 2397, notRemoved: 2 });
		expect(result.summary.codes).toMatchObject({ WRITE_REFERENCED: 2 });
		expect(
			result.refusedRecords.map(({ action, values: { no }, issue }) => [
				action,
				Number(no),
				issue.code,
			]),
		).toEqual([
			['delete', 77, 'WRITE_REFERENCED'],
			['delete', 2000, 'WRITE_REFERENCED'],
		]);
		expect(result.refusedRecords[0]?.issue.message).toMatch(/foreign key/i);
		expect(result.absent.some(({ values: { no } }) => Number(no) === 77)).toBe(false);
		const left = await bench().run('select no from rooms order by no');
		expect(left.map(({ no }) => Number(no))).toEqual([1, 77, 2000]);
		await bench().run('drop table seats');
		await bench().run('drop table rooms');
	});

	test('records that refer to each other go together, and one that the file moves elsewhere lets its old one go', async () => {
		await bench().run('drop table if exists crew');
		await bench().run(
			'create table crew (no integer primary key, boss integer, foreign key (boss) references crew (no))',
		);
		for (const row of ['(1, null)', '(2, 1)', '(3, 2)', '(4, 3)', '(5, null)', '(6, 5)']) {
			await bench().run(`insert into crew (no, boss) values ${row}`);
		}
		const result = await load(
			openRows(
				[{ name: 'no' }, { name: 'boss' }],
				[
					['1', ''],
					['6', '1'],
				],
			),
			bench().target,
			{
				table: bench().table('crew'),
				mode: 'apply',
				rules: upsertOn('no'),
				synchronisation: { maxPercent: 100 },
			},
		);
		expect(absence(result)).toEqual({ removed: 4 });
		const left = await bench().run('select no, boss from crew order by no');
		expect(left.map(({ no, boss }) => [Number(no), boss])).toEqual([
			[1, null],
			[6, 1],
		]);
		await bench().run('drop table crew');
	});
}
