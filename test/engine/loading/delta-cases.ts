import {
	exactRule,
	load,
	openRows,
	type Cell,
	type LoadOptions,
	type LoadRules,
	type MatchRule,
} from '../../../engine';
import { counts, upsertOn, type Bench } from './load-cases';

/** Statements about rows that are the same as in the last run. They hold on every database. */
export function describeDelta(bench: () => Bench): void {
	const importRows = async (
		rows: Cell[][],
		rules: Partial<LoadRules> = {},
		{
			columns = ['no', 'email', 'name'],
			...options
		}: Partial<LoadOptions> & { columns?: string[] } = {},
	) =>
		await load(
			openRows(
				columns.map((name) => ({ name })),
				rows,
			),
			bench().target,
			{
				table: bench().table('clients'),
				mode: 'apply',
				rules: { ...upsertOn('no'), ...rules },
				delta: true,
				...options,
			},
		);

	const names = async () =>
		Object.fromEntries(
			(await bench().run('select no, name from clients order by no')).map(
				({ no, name }) => [Number(no), name] as const,
			),
		);

	const ANN = ['1', 'ann@x.org', 'Ann'];
	const BOB = ['2', 'bob@x.org', 'Bob'];
	const CYD = ['3', 'cyd@x.org', 'Cyd'];

	beforeEach(async () => {
		for (const table of ['clients', 'data_import_hashes']) {
			await bench().run(`drop table if exists ${table}`);
		}
		await bench().run(
			'create table clients (no integer primary key, email varchar(40), name varchar(20), age integer, run varchar(20))',
		);
		await bench().run("insert into clients (no, email, name) values (1, 'ann@x.org', 'Ann')");
	});

	test('a row that is the same as in the last run leaves its record as people have changed it', async () => {
		const first = await importRows([ANN, BOB, CYD]);
		expect(counts(first)).toEqual({ rows: 3, inserted: 2, unchanged: 1 });
		expect(first.summary.codes).toEqual({});
		await bench().run("update clients set name = 'By hand' where no in (1, 2)");
		const second = await importRows([ANN, ['2', 'bob@x.org', 'Robert'], CYD]);
		expect(counts(second)).toEqual({ rows: 3, updated: 1, unchanged: 2 });
		expect(second.summary.codes).toEqual({ MATCH_SAME_AS_LAST_RUN: 2 });
		expect(await names()).toEqual({ 1: 'By hand', 2: 'Robert', 3: 'Cyd' });
		// back to what it was two runs ago is a change
		const third = await importRows([ANN, BOB, CYD]);
		expect(counts(third)).toEqual({ rows: 3, updated: 1, unchanged: 2 });
		expect(await names()).toEqual({ 1: 'By hand', 2: 'Bob', 3: 'Cyd' });
		const without = await importRows([ANN, BOB, CYD], {}, { delta: false });
		expect(counts(without)).toEqual({ rows: 3, updated: 1, unchanged: 2 });
		expect(await names()).toMatchObject({ 1: 'Ann' });
	});

	test('a plan and a run that is stopped remember nothing', async () => {
		await importRows([BOB], {}, { mode: 'plan' });
		await importRows([BOB], {}, { guards: { maxInserted: 0 } });
		expect(counts(await importRows([BOB]))).toEqual({ rows: 1, inserted: 1 });
		expect(counts(await importRows([BOB]))).toEqual({ rows: 1, unchanged: 1 });
	});

	test('rows that failed or were skipped are not remembered', async () => {
		const bad = ['2', 'bob@x.org', 'Bob', 'no number'];
		const columns = ['no', 'email', 'name', 'age'];
		const rows = [[...ANN, '5'], bad];
		expect(counts(await importRows(rows, {}, { columns }))).toEqual({
			rows: 2,
			updated: 1,
			failed: 1,
		});
		const again = await importRows(rows, {}, { columns });
		expect(counts(again)).toEqual({ rows: 2, unchanged: 1, failed: 1 });
		const skipped = { onNoMatch: 'skip' } as const;
		await importRows([CYD], skipped);
		const second = await importRows([CYD], skipped);
		expect(second.summary.codes).toEqual({ MATCH_NONE: 1 });
	});

	test('other settings or other columns look at all rows anew', async () => {
		await importRows([ANN]);
		await bench().run("update clients set name = 'By hand' where no = 1");
		const policies = { name: 'never' } as const;
		expect((await importRows([ANN], { policies })).summary.codes).toEqual({});
		const short = await importRows([ANN.slice(0, 2)], {}, { columns: ['no', 'email'] });
		expect(short.summary.codes).toEqual({});
	});

	test('a row is known by each key that it has: what another row wrote by one of them is a change', async () => {
		const byNumber = exactRule('no');
		const byEmail: MatchRule = { fields: [{ column: 'email', normalizer: 'email' }] };
		const rules = { match: [byNumber, byEmail], onNoMatch: 'skip' } as const;
		const byMail = ['', 'ANN@x.org', 'A'];
		expect(counts(await importRows([byMail], rules))).toEqual({ rows: 1, updated: 1 });
		expect(counts(await importRows([['1', 'ann@x.org', 'B']], rules))).toMatchObject({
			updated: 1,
		});
		expect(counts(await importRows([byMail], rules))).toEqual({ rows: 1, updated: 1 });
		const same = await importRows([byMail], rules);
		expect(same.summary.codes).toEqual({ MATCH_SAME_AS_LAST_RUN: 1 });
		expect(await names()).toEqual({ 1: 'A' });
	});

	test.each(['first', 'last', 'merge', 'all'] as const)(
		'rows with the same key give the same records in the second run: %s',
		async (duplicates) => {
			const rows = [ANN, BOB, ['1', '', 'Anna'], CYD];
			await importRows(rows, { duplicates });
			const after = await names();
			const again = await importRows(rows, { duplicates });
			expect(counts(again).failed).toBeUndefined();
			expect(again.summary.codes.MATCH_SAME_AS_LAST_RUN).toBe(
				duplicates === 'merge' || duplicates === 'all' ? 2 : 3,
			);
			// of rows that are all imported, each is compared with the record as it was before the run
			if (duplicates !== 'all') expect(await names()).toEqual(after);
		},
	);

	test('stamps are no part of a row, and remembered rows are present in the file', async () => {
		const options = { stamps: { run: 'run' }, synchronisation: { maxPercent: 50 } } as const;
		await importRows([ANN, BOB], {}, { ...options, runId: 'a' });
		const again = await importRows([ANN, BOB], {}, { ...options, runId: 'b' });
		expect(again.summary).toMatchObject({ unchanged: 2, removed: 0 });
		expect(again.summary.codes).toEqual({ MATCH_SAME_AS_LAST_RUN: 2 });
	});

	test('many rows are remembered', async () => {
		const rows = Array.from({ length: 3500 }, (_, i) => [String(i + 10), `p${i}@x.org`, `P${i}`]);
		expect(counts(await importRows(rows))).toEqual({ rows: 3500, inserted: 3500 });
		rows[1700] = ['1710', 'p1700@x.org', 'Other'];
		const again = await importRows(rows);
		expect(counts(again)).toEqual({ rows: 3500, updated: 1, unchanged: 3499 });
		expect(again.summary.codes).toEqual({ MATCH_SAME_AS_LAST_RUN: 3499 });
		expect(counts(await importRows(rows))).toEqual({ rows: 3500, unchanged: 3500 });
	});

	test('without a match no row can be known again', async () => {
		await expect(importRows([ANN], { match: [], onMatch: 'insert' })).rejects.toMatchObject({
			code: 'RUN_CONFIG',
		});
	});
}
