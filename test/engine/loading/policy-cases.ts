import {
	addStep,
	exactRule,
	load,
	mapStep,
	openFile,
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
	const byTeamInAnyCase: MatchRule = {
		fields: [{ column: 'team', normalizer: 'case' }],
		several: 'all',
	};
	const byEmail: MatchRule = { fields: [{ column: 'email', normalizer: 'email' }] };

	describe('rules that take all records that fit', () => {
		test.each([
			['compared by the database', byTeam],
			['compared by a key', byTeamInAnyCase],
		] as Array<[string, MatchRule]>)(
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

		test('S65, S66: where matches are skipped or failed, several records are no matter', async () => {
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

	describe('lists', () => {
		const byNumber = { match: [exactRule('staff_no')] };

		test('S23: entries that are not there yet are added, in the style of the list; a row that adds nothing is unchanged', async () => {
			const rows = [
				['1', 'BLUE;  green; Green;;red'],
				['2', 'GREEN'],
				['3', 'x;y'],
				['4', 'x; y'],
				['5', ''],
			];
			const rules = { ...byNumber, policies: { tags: 'append' } } as const;
			const result = await importRows(['staff_no', 'tags'], rows, rules);
			expect(counts(result)).toEqual({ rows: 5, updated: 3, unchanged: 2 });
			expect(await column('tags')).toEqual({
				1: 'Red; blue; green',
				2: 'green',
				3: 'x;y',
				4: 'x; y',
				5: 'a;b;c',
			});
			expect(result.written[0]).toMatchObject({
				values: { tags: 'Red; blue; green' },
				before: { tags: 'Red; blue' },
			});
			expect(counts(await importRows(['staff_no', 'tags'], rows, rules))).toEqual({
				rows: 5,
				unchanged: 5,
			});
		});

		test('entries are taken out; what has none of them is unchanged, and a list without entries is empty', async () => {
			const rows = [
				['1', 'red'],
				['2', 'Green; blue'],
				['3', 'x'],
				['4', 'x'],
				['5', 'b ; nothing'],
				['6', 'x'],
			];
			const rules = { ...byNumber, onNoMatch: 'insert', policies: { tags: 'remove' } } as const;
			const result = await importRows(['staff_no', 'tags'], rows, rules);
			expect(counts(result)).toEqual({ rows: 6, updated: 3, unchanged: 2, inserted: 1 });
			expect(await column('tags')).toEqual({
				1: 'blue',
				2: null,
				3: null,
				4: '',
				5: 'a;c',
				6: null,
			});
		});

		test('the separator of a list is a setting of its column', async () => {
			await bench().run("update staff set tags = 'a|b;c' where staff_no = 1");
			const result = await importRows(['staff_no', 'tags', 'note'], [['1', 'B;C|d', 'a, b']], {
				...byNumber,
				policies: { tags: 'append', note: 'append' },
				separators: { tags: '|', note: ',' },
			});
			expect(counts(result)).toEqual({ rows: 1, updated: 1 });
			expect(await column('tags')).toMatchObject({ 1: 'a|b;c|d' });
			expect(await column('note')).toMatchObject({ 1: 'one, a, b' });
		});

		test('several rows for one record add to what those before them made', async () => {
			const rows = [
				['1', 'x'],
				['2', 'other'],
				['1', 'y'],
			];
			const result = await importRows(['staff_no', 'tags'], rows, {
				...byNumber,
				duplicates: 'all',
				policies: { tags: 'append' },
			});
			expect(counts(result)).toEqual({ rows: 3, updated: 3 });
			expect(await column('tags')).toMatchObject({ 1: 'Red; blue; x; y', 2: 'green;other' });
		});

		test('a row that is for several records changes the list of each', async () => {
			const result = await importRows(
				['team', 'tags', 'note'],
				[
					['north', 'green', ''],
					['south', 'a; b', ''],
				],
				{ match: [byTeam], policies: { tags: 'append' } },
			);
			expect(counts(result)).toEqual({ rows: 2, updated: 2 });
			expect(result.summary.updatedRecords).toBe(3);
			expect(await column('tags')).toMatchObject({
				1: 'Red; blue; green',
				2: 'green',
				3: 'a; b',
				4: 'a; b',
			});
			expect(result.written[0]).toMatchObject({ before: { tags: 'Red; blue' } });
		});

		test('many lists are changed, over pages of them', async () => {
			await bench().run('delete from staff');
			const values = Array.from({ length: 12_000 }, (_, i) => `(${i + 1}, 't${i}')`);
			for (let first = 0; first < values.length; first += 1000) {
				await bench().run(
					`insert into staff (staff_no, tags) values ${values.slice(first, first + 1000).join(', ')}`,
				);
			}
			const rows = Array.from({ length: 12_000 }, (_, i) => [
				String(i + 1),
				i % 3 === 0 ? `T${i}` : 'new',
			]);
			const rules = { ...byNumber, policies: { tags: 'append' } } as const;
			const result = await importRows(['staff_no', 'tags'], rows, rules);
			expect(counts(result)).toEqual({ rows: 12_000, updated: 8000, unchanged: 4000 });
			const [last] = await bench().run('select tags from staff where staff_no = 11999');
			expect(last?.tags).toBe('t11998;new');
		});

		test.each([
			['a date', { hired: 'append' }, {}],
			['a list without a separator', { tags: 'append' }, { tags: ' ' }],
		] as const)(
			'%s is no list, which is said before the first row is read',
			async (_, policies, separators) => {
				const imported = importRows(['staff_no', 'tags', 'hired'], [['1', '', '']], {
					...byNumber,
					policies,
					separators,
				});
				await expect(imported).rejects.toMatchObject({ code: 'RUN_CONFIG' });
			},
		);
	});

	describe('the clearing value', () => {
		const columns = ['staff_no', 'email', 'team', 'status', 'tags', 'hired', 'note'];
		const policies = {
			email: 'target-empty',
			team: 'never',
			tags: 'append',
			hired: 'filled',
		} as const;

		test('it empties the field whatever the policy, a date as well, and is empty in a new record', async () => {
			const rows = [
				['1', '#N/A', '#N/A', 'x', ' #N/A ', '#N/A', ''],
				['3', '', '', '', '#N/A', '#N/A', 'three'],
				['9', 'new@x.org', '#N/A', 'new', '#N/A', '#N/A', 'nine'],
			];
			const rules = { match: [exactRule('staff_no')], policies, onNoMatch: 'insert' } as const;
			const result = await importRows(columns, rows, rules, { clearingValue: '#N/A' });
			expect(counts(result)).toEqual({ rows: 3, updated: 1, unchanged: 1, inserted: 1 });
			expect(Object.keys(result.written[0]?.before ?? {}).sort()).toEqual([
				'email',
				'hired',
				'status',
				'tags',
				'team',
			]);
			const records = await bench().run(
				'select email, team, status, tags, hired, note from staff where staff_no in (1, 9) order by staff_no',
			);
			expect(records).toEqual([
				{ email: null, team: null, status: 'x', tags: null, hired: null, note: 'one' },
				{ email: 'new@x.org', team: null, status: 'new', tags: null, hired: null, note: 'nine' },
			]);
		});

		test('without it, or spelt otherwise, the text is a value like any other', async () => {
			const rows = [['1', '#N/A']];
			await importRows(['staff_no', 'note'], rows, { match: [exactRule('staff_no')] });
			expect(await column('note')).toMatchObject({ 1: '#N/A' });
			const other = await importRows(
				['staff_no', 'hired'],
				[['1', '#N/A']],
				{},
				{ clearingValue: '-' },
			);
			expect(counts(other)).toEqual({ rows: 1, failed: 1 });
		});

		test('a mapping lets it through to the field, whatever its type and its list of values', async () => {
			const dataset = addStep(
				openRows(
					['No', 'State', 'Since'].map((name) => ({ name })),
					[
						['1', 'clear', 'Clear'],
						['2', 'Left', '01.02.2024'],
						['4', 'clear', 'clear'],
					],
				),
				mapStep({
					fields: [
						{ name: 'staff_no', column: 'No', type: 'integer' },
						{
							name: 'status',
							column: 'State',
							type: 'text',
							unique: true,
							values: [{ from: 'Left', to: 'gone' }],
						},
						{ name: 'hired', column: 'Since', type: 'date', format: { dateOrder: 'dmy' } },
					],
				}),
			);
			const result = await load(dataset, bench().target, {
				table: bench().table('staff'),
				mode: 'apply',
				rules: upsertOn('staff_no'),
				clearingValue: 'clear',
			});
			// "Clear" is no date and not the clearing value
			expect(counts(result)).toEqual({ rows: 3, updated: 2, failed: 1 });
			expect(await column('status')).toMatchObject({ 1: 'active', 2: 'gone', 4: null });
		});

		test('a rule that takes several records empties each; merged rows stay as they are', async () => {
			const result = await importRows(
				['team', 'note'],
				[['north', 'none']],
				{ match: [byTeam] },
				{ clearingValue: 'none' },
			);
			expect(counts(result)).toEqual({ rows: 1, updated: 1 });
			expect(await column('note')).toMatchObject({ 1: null, 2: null, 3: 'three' });
		});
	});

	describe('stamps', () => {
		const stamps = { note: 'row', team: 'run', status: 'file', hired: 'time' } as const;
		const byNumber = { match: [exactRule('staff_no')], onNoMatch: 'insert' } as const;

		const importFile = async (text: string, options: Partial<LoadOptions> = {}) =>
			await load(
				await openFile(new TextEncoder().encode(text), { fileName: 'in.csv' }),
				bench().target,
				{
					table: bench().table('staff'),
					mode: 'apply',
					rules: { ...upsertOn('staff_no'), ...byNumber },
					stamps,
					runId: 'run 7',
					...options,
				},
			);

		const stamped = async () =>
			(
				await bench().run(
					'select staff_no, email, note, team, status, hired is null as undated from staff order by staff_no',
				)
			).map((row) =>
				Object.values(row).map((value) => (typeof value === 'boolean' ? Number(value) : value)),
			);

		test('what is written says from where; a record that only the stamps would change is unchanged', async () => {
			const file = 'staff_no,email\n1,ann@x.org\n3,new@x.org\n9,nine@x.org\n';
			const result = await importFile(file);
			expect(counts(result)).toEqual({ rows: 3, inserted: 1, updated: 1, unchanged: 1 });
			expect(result.written[0]).toMatchObject({
				values: { email: 'new@x.org', note: '3', team: 'run 7', status: 'in.csv' },
				before: { email: 'cyd@x.org', note: 'three', team: 'south', status: 'active' },
			});
			const after = await stamped();
			expect(after[0]).toEqual([1, 'ann@x.org', 'one', 'north', 'active', 0]);
			expect(after[2]).toEqual([3, 'new@x.org', '3', 'run 7', 'in.csv', 0]);
			expect(after[5]).toEqual([9, 'nine@x.org', '4', 'run 7', 'in.csv', 0]);
			const again = await importFile(file, { runId: 'run 8' });
			expect(counts(again)).toEqual({ rows: 3, unchanged: 3 });
			expect(await stamped()).toEqual(after);
		});

		test('a row keeps its number where steps change the order', async () => {
			const file = 'staff_no,email\n2,x@x.org\n1,y@x.org\n';
			const sorted = addStep(
				await openFile(new TextEncoder().encode(file), { fileName: 'in.csv' }),
				{
					kind: 'sort',
					version: 1,
					options: { by: [{ field: 'staff_no' }] },
				},
			);
			const result = await load(sorted, bench().target, {
				table: bench().table('staff'),
				mode: 'apply',
				rules: upsertOn('staff_no'),
				stamps: { note: 'row' },
			});
			expect(counts(result)).toEqual({ rows: 2, updated: 2 });
			expect(await column('note')).toMatchObject({ 1: '3', 2: '2' });
		});

		test.each([
			['a column that is not there', { nowhere: 'time' }, 'RUN_NO_COLUMN'],
			['a column that the rows bring', { email: 'time' }, 'RUN_CONFIG'],
			['a date for a file name', { hired: 'file' }, 'RUN_CONFIG'],
		] as const)(
			'%s cannot be stamped, which is said before the first row is read',
			async (_, wrong, code) => {
				await expect(importFile('staff_no,email\n1,a\n', { stamps: wrong })).rejects.toMatchObject({
					code,
				});
			},
		);

		test('a failed row is given back as it stands in the file, without stamps', async () => {
			const result = await importFile('staff_no,email\nx,a@x.org\n');
			expect((await result.failed.first(1))[0]?.source).toEqual(['x', 'a@x.org']);
		});

		test('a column of the file may be written with other changes only', async () => {
			const rules = { match: [exactRule('staff_no')], policies: { note: 'stamp' } } as const;
			const rows = [
				['1', 'ann@x.org', 'later'],
				['2', 'new@x.org', 'later'],
			];
			const result = await importRows(['staff_no', 'email', 'note'], rows, rules);
			expect(counts(result)).toEqual({ rows: 2, updated: 1, unchanged: 1 });
			expect(await column('note')).toMatchObject({ 1: 'one', 2: 'later' });
		});
	});
}

/** Statements about lists in columns that hold JSON. */
export function describeJsonLists(bench: () => Bench): void {
	test('JSON arrays take entries and lose them, and numbers keep their digits', async () => {
		await bench().run('drop table if exists labels');
		await bench().run('create table labels (no integer primary key, list json, gone json)');
		await bench().run(
			`insert into labels (no, list, gone) values (1, '["Red", 12345678901234567890]', '["a", "b"]'), (2, null, '["x"]')`,
		);
		const importLabels = async () =>
			await load(
				openRows(
					['no', 'list', 'gone'].map((name) => ({ name })),
					[
						['1', '["RED", "blue", {"k": [1]}]', '["B"]'],
						['2', '"only"', '["y"]'],
					],
				),
				bench().target,
				{
					table: bench().table('labels'),
					mode: 'apply',
					rules: { ...upsertOn('no'), policies: { list: 'append', gone: 'remove' } },
				},
			);
		expect(counts(await importLabels())).toEqual({ rows: 2, updated: 2 });
		expect(counts(await importLabels())).toEqual({ rows: 2, unchanged: 2 });
		const rows = await bench().run(
			'select cast(list as char(100)) as list, cast(gone as char(100)) as gone from labels order by no',
		);
		const texts = rows.map((row) =>
			Object.values(row).map((text) => String(text).replaceAll(' ', '')),
		);
		expect(texts).toEqual([
			['["Red",12345678901234567890,"blue",{"k":[1]}]', '["a"]'],
			['["only"]', '["x"]'],
		]);
	});

	test('a list that its column cannot hold fails its row alone', async () => {
		await bench().run('drop table if exists labels');
		await bench().run(
			'create table labels (no integer primary key, list varchar(10) check (length(list) <= 10))',
		);
		await bench().run("insert into labels (no, list) values (1, 'aaaa'), (2, 'a'), (3, 'aaaa')");
		const result = await load(
			openRows(
				['no', 'list'].map((name) => ({ name })),
				[
					['1', 'bbbb;cccc'],
					['2', 'b'],
					['3', 'b'],
				],
			),
			bench().target,
			{
				table: bench().table('labels'),
				mode: 'apply',
				rules: { ...upsertOn('no'), policies: { list: 'append' } },
			},
		);
		expect(counts(result)).toEqual({ rows: 3, updated: 2, failed: 1 });
		const [failed] = await result.failed.first(1);
		expect(failed).toMatchObject({ number: 1, source: ['1', 'bbbb;cccc'] });
		expect(['CELL_LENGTH', 'WRITE_CHECK']).toContain(failed?.issues[0]?.code);
		expect(await bench().run('select list from labels order by no')).toEqual([
			{ list: 'aaaa' },
			{ list: 'a;b' },
			{ list: 'aaaa;b' },
		]);
	});
}
