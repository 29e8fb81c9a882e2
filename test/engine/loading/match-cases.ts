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

const byEmail: MatchRule = { name: 'E-mail', fields: [{ column: 'email', normalizer: 'email' }] };
const byPhone: MatchRule = {
	name: 'Phone',
	fields: [{ column: 'phone', normalizer: 'phone', country: 'DE' }],
};
const byName: MatchRule = {
	name: 'Name',
	fields: [
		{ column: 'name', normalizer: 'words' },
		{ column: 'born', normalizer: 'exact' },
	],
};

const COLUMNS = ['email', 'phone', 'name', 'born', 'note'];

/** Statements about match rules that hold on every database. Each works on a table `members` with four records in it. */
export function describeMatching(bench: () => Bench): void {
	const importRows = async (
		rows: Cell[][],
		rules: Partial<LoadRules>,
		{ columns = COLUMNS, ...options }: Partial<LoadOptions> & { columns?: string[] } = {},
	) =>
		await load(
			openRows(
				columns.map((name) => ({ name, type: 'text' as const })),
				rows,
			),
			bench().target,
			{
				table: bench().table('members'),
				mode: 'apply',
				// without the number of the member none can be added
				rules: {
					...upsertOn('email'),
					onNoMatch: columns.includes('member_no') ? 'insert' : 'skip',
					...rules,
				},
				...options,
			},
		);

	const notes = async () => {
		const rows = await bench().run('select member_no, note from members order by member_no');
		return Object.fromEntries(rows.map(({ member_no, note }) => [Number(member_no), note]));
	};

	beforeEach(async () => {
		await bench().run('drop table if exists members');
		await bench().run(
			'create table members (member_no integer primary key, email varchar(60), phone varchar(30), name varchar(40), born date, note varchar(40))',
		);
		await bench().run(
			`insert into members (member_no, email, phone, name, born, note) values
				(1, 'Ann@X.org', '+49 170 1111111', 'Ann Müller', '1990-01-02', 'one'),
				(2, 'bob@x.org', '0170/222 22 22', 'Bob O''Brien', '1980-05-06', 'two'),
				(3, null, '0170 3333333', 'Cyd Ärmel-Straße', '1970-12-31', 'three'),
				(4, 'dup@x.org', null, 'Dee', null, 'four'),
				(5, 'DUP@x.org', null, 'Dee', null, 'five')`,
		);
	});

	const withNumber = ['member_no', ...COLUMNS];

	test('S28, S31: a normalizer finds records that are written in another way', async () => {
		const result = await importRows(
			[['1', 'ann@x.org ', '', 'A', '', 'new']],
			{ match: [byEmail] },
			{ columns: withNumber },
		);
		expect(counts(result)).toEqual({ rows: 1, updated: 1 });
		expect(result.written[0]).toMatchObject({ action: 'update', rule: 'E-mail' });
		expect(await notes()).toMatchObject({ 1: 'new' });
	});

	test('S76: the first rule that decides counts, and a plan names it; a rule whose field is empty is left out', async () => {
		const result = await importRows(
			[
				['mailto:BOB@x.org', '0170 3333333', 'x', '', 'by e-mail'],
				['', '0049 (170) 333-3333', 'y', '', 'by phone'],
				['', '', 'cyd armel strasse', '1970-12-31', 'by name'],
			],
			{ match: [byEmail, byPhone, byName], duplicates: 'all', policies: NOTE_ALONE },
			{ mode: 'plan' },
		);
		expect(result.written.map(({ number, rule }) => [number, rule])).toEqual([
			[1, 'E-mail'],
			[2, 'Phone'],
			[3, 'Name'],
		]);
		expect(counts(result)).toEqual({ rows: 3, updated: 3 });
	});

	test('what is written reaches the record that the rule found, and no other', async () => {
		await importRows(
			[
				['', '+491703333333', '', '', 'c'],
				['bob@X.org', '', '', '', 'b'],
			],
			{ match: [byEmail, byPhone] },
		);
		expect(await notes()).toEqual({ 1: 'one', 2: 'b', 3: 'c', 4: 'four', 5: 'five' });
	});

	test.each([
		['fail', { rows: 1, failed: 1 }, { 4: 'four', 5: 'five' }],
		['first', { rows: 1, updated: 1 }, { 4: 'new', 5: 'five' }],
	] as const)('of several records that fit, %s', async (several, expected, after) => {
		const result = await importRows([['dup@X.org', '', '', '', 'new']], {
			match: [{ ...byEmail, several }],
			policies: NOTE_ALONE,
		});
		expect(counts(result)).toEqual(expected);
		expect(await notes()).toMatchObject(after);
		if (several === 'fail') {
			expect((await result.failed.first(1))[0]?.issues[0]).toMatchObject({
				code: 'MATCH_SEVERAL',
				field: 'email',
			});
		}
	});

	test('a rule that finds several may hand on to the next; where none decides, the row fails', async () => {
		const rules: Partial<LoadRules> = {
			match: [{ ...byEmail, several: 'next' }, byName],
			policies: NOTE_ALONE,
		};
		await bench().run("update members set born = '2000-02-03' where member_no = 5");
		const result = await importRows(
			[
				['dup@x.org', '', 'DEE', '2000-02-03', 'found'],
				['dup@x.org', '', 'nobody', '2000-02-03', 'lost'],
			],
			{ ...rules, duplicates: 'all' },
		);
		expect(counts(result)).toEqual({ rows: 2, updated: 1, failed: 1 });
		expect(await notes()).toMatchObject({ 4: 'four', 5: 'found' });
	});

	test('rows that are the same under any rule are duplicates of each other', async () => {
		const rows = [
			['10', 'new@x.org', '0170 9999999', 'N', '', 'a'],
			['11', 'NEW@x.org', '', 'N', '', 'b'],
			['12', '', '+49 170 9999999', 'N', '', 'c'],
			['13', 'else@x.org', '', 'N', '', 'd'],
		];
		const result = await importRows(
			rows,
			{ match: [byEmail, byPhone] },
			{ columns: withNumber, mode: 'plan' },
		);
		expect(counts(result)).toEqual({ rows: 4, inserted: 2, skipped: 2 });
		const failing = await importRows(
			rows,
			{ match: [byEmail, byPhone], duplicates: 'fail' },
			{ columns: withNumber },
		);
		expect(counts(failing)).toEqual({ rows: 4, inserted: 1, failed: 3 });
	});

	test('rows that find one record by different rules are duplicates too', async () => {
		const result = await importRows(
			[
				['bob@x.org', '', '', '', 'first'],
				['', '0170 2222222', '', '', 'second'],
			],
			{ match: [byEmail, byPhone], policies: NOTE_ALONE },
		);
		expect(counts(result)).toEqual({ rows: 2, updated: 1, skipped: 1 });
		expect(await notes()).toMatchObject({ 2: 'first' });
	});

	test('exact rules in an order compare as the database does', async () => {
		const result = await importRows(
			[
				['99', '', '', 'Bob O’Brien', '', ''],
				['1', 'other@x.org', '', '', '', 'by id'],
				['', 'bob@x.org', '', '', '', 'by e-mail'],
			],
			{ match: [exactRule('member_no'), exactRule('email')] },
			{ columns: withNumber },
		);
		expect(counts(result)).toEqual({ rows: 3, inserted: 1, updated: 2 });
		expect(await notes()).toMatchObject({ 1: 'by id', 2: 'by e-mail', 99: null });
	});

	test('dates and numbers are the same in a key, however they are written', async () => {
		const rule: MatchRule = {
			fields: [
				{ column: 'member_no', normalizer: 'exact' },
				{ column: 'born', normalizer: 'exact' },
				{ column: 'name', normalizer: 'case' },
			],
		};
		const result = await importRows(
			[['1', '', '', 'ANN MÜLLER', '1990-01-02', 'found']],
			{ match: [rule], policies: NOTE_ALONE },
			{ columns: withNumber },
		);
		expect(counts(result)).toEqual({ rows: 1, updated: 1 });
	});

	test('S23, S108: a write policy says for each column when an update writes it, and the values before are listed', async () => {
		const result = await importRows(
			[
				['1', 'other@x.org', '', 'Other', '', ''],
				['3', 'cyd@x.org', '', 'Other', '', ''],
			],
			{
				match: [exactRule('member_no')],
				policies: {
					email: 'target-empty',
					phone: 'always',
					name: 'never',
					born: 'filled',
					note: 'always',
				},
			},
			{ columns: withNumber },
		);
		expect(counts(result)).toEqual({ rows: 2, updated: 2 });
		const rows = await bench().run(
			'select member_no, email, phone, name, born is null as unborn, note from members where member_no in (1, 3) order by member_no',
		);
		expect(
			rows.map(({ email, phone, name, unborn, note }) => [
				email,
				phone,
				name,
				Number(unborn),
				note,
			]),
		).toEqual([
			['Ann@X.org', null, 'Ann Müller', 0, null],
			['cyd@x.org', null, 'Cyd Ärmel-Straße', 0, null],
		]);
		expect(result.written[0]?.before).toEqual({ phone: '+49 170 1111111', note: 'one' });
	});

	test('duplicates that are merged become one record: of each column the last value that is there', async () => {
		const rows = [
			['20', 'new@x.org', '', 'First', '1999-01-01', 'a'],
			['21', 'other@x.org', '', 'O', '', ''],
			['', 'NEW@x.org', '0170 5555555', '', '', 'b'],
			['', 'new@X.org', '', 'Last', '', ''],
			['', '', '+49 170 5555555', '', '2001-02-03', ''],
		];
		const result = await importRows(
			rows,
			{ match: [byEmail, byPhone], duplicates: 'merge' },
			{ columns: withNumber },
		);
		expect(counts(result)).toEqual({ rows: 5, inserted: 2, skipped: 3 });
		const [merged] = await bench().run(
			'select email, phone, name, note, extract_year from (select *, substr(cast(born as char(10)), 1, 4) as extract_year from members) m where member_no = 20',
		);
		expect(merged).toEqual({
			email: 'new@X.org',
			phone: '+49 170 5555555',
			name: 'Last',
			note: 'b',
			extract_year: '2001',
		});
	});

	test('many duplicates are merged, over pages of them', async () => {
		const rows = Array.from({ length: 25_000 }, (_, i) => [
			i < 10_000 ? String(i + 100) : '',
			`p${i % 10_000}@x.org`,
			'',
			'',
			'',
			i < 20_000 ? `note ${i}` : '',
		]);
		const result = await importRows(
			rows,
			{ match: [byEmail], duplicates: 'merge' },
			{ columns: withNumber },
		);
		expect(counts(result)).toEqual({ rows: 25_000, inserted: 10_000, skipped: 15_000 });
		const [one] = await bench().run("select note from members where email = 'p42@x.org'");
		expect(one?.note).toBe('note 10042');
	});

	test('the newer one wins: a row that is older than the record leaves it as it is', async () => {
		const rows = [
			['1', '', '', 'Newer', '1990-01-03', 'new'],
			['2', '', '', 'Older', '1980-05-05', 'new'],
			['3', '', '', 'Same', '1970-12-31', 'new'],
			['4', '', '', 'First', '1970-01-01', 'new'],
			['5', '', '', 'Neither', '', 'new'],
		];
		const policies = { name: 'newer', note: 'newer', born: 'newer' } as const;
		const rules = { match: [exactRule('member_no')], policies, newerBy: 'born' };
		const result = await importRows(rows, rules, { columns: withNumber });
		expect(counts(result)).toEqual({ rows: 5, updated: 2, unchanged: 3 });
		expect(await notes()).toEqual({ 1: 'new', 2: 'two', 3: 'three', 4: 'new', 5: 'five' });
		await expect(
			importRows(rows, { ...rules, newerBy: 'id2' }, { columns: withNumber }),
		).rejects.toMatchObject({ code: 'RUN_CONFIG' });
	});

	test('a policy that leaves nothing to write leaves the record unchanged', async () => {
		const result = await importRows(
			[['1', 'z@x.org', '', '', '', '']],
			{ match: [exactRule('member_no')], policies: { email: 'never' } },
			{ columns: withNumber },
		);
		expect(counts(result)).toEqual({ rows: 1, unchanged: 1 });
	});

	test('many records and rows find each other by their keys', async () => {
		await bench().run('delete from members');
		const values = Array.from(
			{ length: 12_345 },
			(_, i) => `(${i + 1}, 'Person${i}@X.org', 'P${i}', 'old')`,
		);
		for (let first = 0; first < values.length; first += 1000) {
			await bench().run(
				`insert into members (member_no, email, name, note) values ${values.slice(first, first + 1000).join(', ')}`,
			);
		}
		const rows = Array.from({ length: 12_345 }, (_, i) => [
			String(i + 1),
			`PERSON${i}@x.ORG`,
			'',
			'',
			'',
			'new',
		]);
		const result = await importRows(
			rows,
			{ match: [byEmail], policies: NOTE_ALONE },
			{ columns: withNumber },
		);
		expect(counts(result)).toEqual({ rows: 12_345, updated: 12_345 });
		const [left] = await bench().run("select count(*) as n from members where note = 'new'");
		expect(Number(left?.n)).toBe(12_345);
	});

	test('a key that is longer than an index takes is compared all the same', async () => {
		await bench().run('drop table members');
		await bench().run(
			'create table members (member_no integer primary key, email text, phone varchar(30), name text, born date, note varchar(40))',
		);
		const long = 'Ä'.repeat(500);
		await bench().run(
			`insert into members (member_no, name, note) values (1, '${long}x', 'x'), (2, '${long}y', 'y')`,
		);
		const result = await importRows([['', '', `${long.toLowerCase()}Y`, '', 'found']], {
			match: [{ fields: [{ column: 'name', normalizer: 'accents' }] }],
			policies: NOTE_ALONE,
		});
		expect(counts(result)).toEqual({ rows: 1, updated: 1 });
		expect(await notes()).toEqual({ 1: 'x', 2: 'found' });
	});

	test.each([
		['a rule without a column', { match: [{ fields: [] }] }, 'RUN_CONFIG'],
		['a rule on a column that is not mapped', { match: [exactRule('member_no')] }, 'RUN_NO_COLUMN'],
		[
			'a policy for a column that is not mapped',
			{ policies: { member_no: 'never' } },
			'RUN_NO_COLUMN',
		],
	] as const)('%s is said before the first row is read', async (_, rules, code) => {
		await expect(importRows([['', '', '', '', '']], rules)).rejects.toMatchObject({ code });
	});
}

const NOTE_ALONE = {
	email: 'never',
	phone: 'never',
	name: 'never',
	born: 'never',
} as const;
