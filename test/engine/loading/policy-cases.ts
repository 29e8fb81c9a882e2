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

/**
 * Statements about conditions of rules, rules that take several records, and what is written into single columns. They hold
 * on every database. Each works on a table `staff` with five records in it.
 */
export function describePolicies(bench: () => Bench): void {
	const importRows = async (
		columns: string[],
		rows: Cell[][],
		rules: Partial<LoadRules> = {},
		options: Partial<LoadOptions> = {},
	) =>
		await load(
			openRows(
				columns.map((name) => ({ name })),
				rows,
			),
			bench().target,
			{
				table: bench().table('staff'),
				mode: 'apply',
				rules: { ...upsertOn(columns[0] ?? ''), onNoMatch: 'skip', ...rules },
				...options,
			},
		);

	const column = async (name: string) => {
		const rows = await bench().run(`select staff_no, ${name} from staff order by staff_no`);
		return Object.fromEntries(rows.map((row) => [Number(row.staff_no), row[name]] as const));
	};

	beforeEach(async () => {
		await bench().run('drop table if exists staff');
		await bench().run(
			'create table staff (staff_no integer primary key, email varchar(60), team varchar(20), status varchar(10), tags varchar(40), hired date, note varchar(60))',
		);
		await bench().run(
			`insert into staff (staff_no, email, team, status, tags, hired, note) values
				(1, 'ann@x.org', 'north', 'active', 'Red; blue', '2020-01-02', 'one'),
				(2, 'bob@x.org', 'north', 'left', 'green', '2020-01-02', 'two'),
				(3, 'cyd@x.org', 'south', 'active', null, null, 'three'),
				(4, 'dup@x.org', 'south', 'active', '', null, 'four'),
				(5, 'dup@x.org', 'east', 'left', 'a;b;c', null, 'five')`,
		);
	});

	const byTeam: MatchRule = { ...exactRule('team'), several: 'all' };
	const byEmail: MatchRule = { fields: [{ column: 'email', normalizer: 'email' }] };

	describe('rules that take all records that fit', () => {
		test.each([
			['compared by the database', byTeam],
			[
				'compared by a key',
				{ fields: [{ column: 'team', normalizer: 'case' }], several: 'all' },
			],
		])(
			'one row changes them all, counts once, and the records are counted besides: %s',
			async (_, rule) => {
				const rows = [
					['north', 'N'],
					['east', 'five'],
					['west', 'W'],
				];
				for (const mode of ['plan', 'apply'] as const) {
					const result = await importRows(['team', 'note'], rows, { match: [rule] }, { mode });
					expect(counts(result)).toEqual({ rows: 3, updated: 1, unchanged: 1, skipped: 1 });
					expect(result.summary.updatedRecords).toBe(2);
					expect(result.written).toMatchObject([
						{ number: 1, action: 'update', records: 2, before: { note: 'one' } },
					]);
				}
				expect(await column('note')).toEqual({ 1: 'N', 2: 'N', 3: 'three', 4: 'four', 5: 'five' });
				const again = await importRows(['team', 'note'], rows, { match: [rule] });
				expect(counts(again)).toEqual({ rows: 3, unchanged: 2, skipped: 1 });
				expect(again.summary.updatedRecords).toBe(0);
			},
		);

		test('only the records that differ are written, and the first of them is listed', async () => {
			const result = await importRows(['team', 'note'], [['north', 'one']], { match: [byTeam] });
			expect(counts(result)).toEqual({ rows: 1, updated: 1 });
			expect(result.summary.updatedRecords).toBe(1);
			expect(result.written[0]).toMatchObject({ records: 1, before: { note: 'two' } });
			expect(await column('note')).toMatchObject({ 1: 'one', 2: 'one' });
		});

		test('rows that have a record in common are duplicates; imported all the same, each is written', async () => {
			const columns = ['team', 'email', 'note'];
			const rows = [
				['north', '', 'team'],
				['', 'BOB@x.org', 'person'],
			];
			const match = [byTeam, byEmail];
			const policies = { team: 'never', email: 'never' } as const;
			const first = await importRows(columns, rows, { match, policies });
			expect(counts(first)).toEqual({ rows: 2, updated: 1, skipped: 1 });
			expect(await column('note')).toMatchObject({ 1: 'team', 2: 'team' });
			const all = await importRows(
				columns,
				[
					['north', '', 'again'],
					['', 'bob@x.org', 'person'],
				],
				{ match, policies, duplicates: 'all' },
			);
			expect(counts(all)).toEqual({ rows: 2, updated: 2 });
			expect(await column('note')).toMatchObject({ 1: 'again', 2: 'person' });
		});

		test('S66: where matches are skipped, failed or inserted, several records are no matter', async () => {
			const skipped = await importRows(['team', 'note'], [['north', 'x']], {
				match: [byTeam],
				onMatch: 'skip',
			});
			expect(counts(skipped)).toEqual({ rows: 1, skipped: 1 });
			expect(skipped.summary.codes).toMatchObject({ MATCH_FOUND: 1 });
			const failed = await importRows(['team', 'note'], [['north', 'x']], {
				match: [byTeam],
				onMatch: 'fail',
			});
			expect(counts(failed)).toEqual({ rows: 1, failed: 1 });
		});

		test('one rule on columns as they are takes the first where it is told to', async () => {
			const result = await importRows(['team', 'note'], [['south', 'S']], {
				match: [{ ...exactRule('team'), several: 'first' }],
			});
			expect(counts(result)).toEqual({ rows: 1, updated: 1 });
			expect(await column('note')).toMatchObject({ 3: 'S', 4: 'four' });
		});
	});

	describe('conditions of rules', () => {
		const active = { column: 'status', values: ['active'] };

		test.each([
			['as the database compares', exactRule('email')],
			['by a key', byEmail],
		])('only records that have a value are found: %s', async (_, rule) => {
			const rows = [
				['ann@x.org', 'new'],
				['bob@x.org', 'new'],
				['dup@x.org', 'new'],
			];
			const result = await importRows(['email', 'note'], rows, {
				match: [{ ...rule, records: active }],
			});
			// of the two with the same address one is active
			expect(counts(result)).toEqual({ rows: 3, updated: 2, skipped: 1 });
			expect(result.summary.codes).toMatchObject({ MATCH_NONE: 1 });
			expect(await column('note')).toEqual({ 1: 'new', 2: 'two', 3: 'three', 4: 'new', 5: 'five' });
		});

		test('S69, S76: a rule is for certain rows only; of others the next one says which record they are', async () => {
			const columns = ['email', 'team', 'staff_no', 'note'];
			const rows = [
				['ann@x.org', ' NORTH ', '2', 'by number'],
				['ann@x.org', 'west', '3', 'by e-mail'],
				['cyd@x.org', '', '1', 'by e-mail too'],
			];
			const policies = { email: 'never', team: 'never', staff_no: 'never' } as const;
			const match: MatchRule[] = [
				{
					...exactRule('staff_no'),
					name: 'Number',
					rows: { column: 'team', is: 'one-of', values: ['north', 'south'] },
				},
				{ ...byEmail, name: 'E-Mail' },
			];
			const result = await importRows(columns, rows, { match, policies });
			expect(counts(result)).toEqual({ rows: 3, updated: 2, skipped: 1 });
			// the first two have an e-mail address in common, which is a key of both
			expect(result.written.map(({ number, rule }) => [number, rule])).toEqual([
				[1, 'Number'],
				[3, 'E-Mail'],
			]);
			expect(await column('note')).toMatchObject({ 1: 'one', 2: 'by number', 3: 'by e-mail too' });
		});

		test.each([
			['filled', { rows: 2, updated: 1, failed: 1 }],
			['empty', { rows: 2, updated: 1, failed: 1 }],
		] as const)('a row that no rule is for has no key: %s', async (is, expected) => {
			const result = await importRows(
				['email', 'team', 'note'],
				[
					['ann@x.org', 'north', 'filled'],
					['bob@x.org', ' ', 'empty'],
				],
				{ match: [{ ...exactRule('email'), rows: { column: 'team', is } }] },
			);
			expect(counts(result)).toEqual(expected);
			expect(result.written[0]?.values.note).toBe(is);
			expect((await result.failed.first(1))[0]?.issues[0]?.code).toBe('MATCH_BLANK_KEY');
		});

		test('a condition on what is not there is said before the first row is read', async () => {
			const rule = exactRule('email');
			const imported = async (more: Partial<MatchRule>) =>
				await importRows(['email', 'note'], [['a', 'b']], { match: [{ ...rule, ...more }] });
			await expect(imported({ rows: { column: 'team', is: 'filled' } })).rejects.toMatchObject({
				code: 'RUN_NO_COLUMN',
			});
			await expect(
				imported({ records: { column: 'nowhere', values: ['x'] } }),
			).rejects.toMatchObject({ code: 'RUN_NO_COLUMN' });
			await expect(
				imported({ records: { column: 'hired', values: ['no date'] } }),
			).rejects.toMatchObject({ code: 'RUN_CONFIG' });
			const dated = await importRows(['email', 'note'], [['ann@x.org', 'b']], {
				match: [{ ...rule, records: { column: 'hired', values: ['2020-01-02'] } }],
			});
			expect(counts(dated)).toEqual({ rows: 1, updated: 1 });
		});
	});
}
