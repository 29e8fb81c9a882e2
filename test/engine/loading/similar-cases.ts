import {
	exactRule,
	load,
	openRows,
	type Cell,
	type LoadOptions,
	type LoadRules,
	type MatchField,
	type MatchRule,
	type RuleSimilarity,
} from '../../../engine';
import { people, type Person } from '../matching/similarity/people';
import { counts, upsertOn, type Bench } from './load-cases';

const COLUMNS = ['first_name', 'last_name', 'born', 'city', 'email', 'note'];

const FIELDS: MatchField[] = [
	{ column: 'first_name', kind: 'first-name' },
	{ column: 'last_name', kind: 'last-name' },
	{ column: 'born' },
	{ column: 'city' },
	{ column: 'email', kind: 'email' },
];

const similar = (similarity: RuleSimilarity = {}, rule: Partial<MatchRule> = {}): MatchRule => ({
	name: 'Alike',
	fields: FIELDS,
	similarity,
	...rule,
});

const NOTE_ALONE = Object.fromEntries(FIELDS.map(({ column }) => [column, 'never'] as const));

const rowOf = ({ first, last, born, city, email }: Person, note: string): Cell[] => [
	first,
	last,
	born,
	city,
	email,
	note,
];

/** A letter is lost and two are in each other's place. */
const misspelt = (text: string): string =>
	text.slice(0, 2) + text.slice(3, 4) + text.slice(2, 3) + text.slice(5);

/**
 * Statements about the rule that records need only be alike, which hold on every database. Each works on a table `contacts`
 * of 60 people.
 *
 * @param key the column that a record is named by
 */
export function describeSimilar(bench: () => Bench, key = 'contact_no'): void {
	const known = people(60, 1);
	const strangers = people(5, 77_777);
	const person = (index: number): Person => known[index]!;

	const importRows = async (
		rows: Cell[][],
		rules: Partial<LoadRules> = {},
		options: Partial<LoadOptions> = {},
		columns = COLUMNS,
	) =>
		await load(
			openRows(
				columns.map((name) => ({ name, type: 'text' as const })),
				rows,
			),
			bench().target,
			{
				table: bench().table('contacts'),
				mode: 'apply',
				rules: {
					...upsertOn('email'),
					match: [similar()],
					onNoMatch: 'skip',
					policies: NOTE_ALONE,
					...rules,
				},
				...options,
			},
		);

	const notes = async () => {
		const rows = await bench().run('select email, note from contacts where note is not null');
		return Object.fromEntries(rows.map(({ email, note }) => [email, note] as const)) as Record<
			string,
			unknown
		>;
	};

	/** The records that the rows in question may be meant for, by e-mail address. */
	const proposed = async (result: Awaited<ReturnType<typeof importRows>>) =>
		(await result.failed.first(10)).map(({ number, issues }) => [
			number,
			issues[0]?.code,
			issues[0]?.candidates?.map(({ values }) => values.email),
		]);

	beforeEach(async () => {
		await bench().run('drop table if exists contacts');
		await bench().run(
			'create table contacts (contact_no integer primary key, first_name varchar(60), last_name varchar(60), born date, city varchar(60), email varchar(80), note varchar(40))',
		);
		const values = known.map(
			({ first, last, born, city, email }, i) =>
				`(${i + 1}, '${first}', '${last}', '${born}', '${city}', '${email}')`,
		);
		await bench().run(
			`insert into contacts (contact_no, first_name, last_name, born, city, email) values ${values.join(', ')}`,
		);
	});

	const slips: Array<[string, Person]> = [
		['misspelt names', { ...person(3), last: misspelt(person(3).last) }],
		['names in each other’s place', { ...person(3), first: person(3).last, last: person(3).first }],
		['missing values', { ...person(3), email: '', city: '' }],
		['another e-mail address', { ...person(3), email: 'someone@else.example' }],
	];

	test.each(slips)('%s: the record is proposed, and nothing is written', async (_, slip) => {
		const result = await importRows([rowOf(slip, 'new'), rowOf(strangers[0]!, 'new')]);
		expect(counts(result)).toEqual({ rows: 2, failed: 1, skipped: 1 });
		const [failed] = await result.failed.first(1);
		const [issue] = failed?.issues ?? [];
		expect(issue).toMatchObject({ code: 'MATCH_SIMILAR', row: 1 });
		const [best] = issue?.candidates ?? [];
		const { first, last, city, email } = person(3);
		expect(best).toMatchObject({
			record: { [key]: 4 },
			values: { first_name: first, last_name: last, city, email },
			rule: 'Alike',
		});
		expect(best?.score).toBeGreaterThan(0.5);
		expect(best?.score).toBeLessThanOrEqual(1);
		expect(best?.why).toMatch(
			new RegExp(`^${Math.floor((best?.score ?? 0) * 100)} % alike: .*first_name`),
		);
		expect(issue?.message).toContain(best?.why);
		expect(result.summary.codes).toMatchObject({ MATCH_SIMILAR: 1, MATCH_NONE: 1 });
		expect(result.summary.rules).toEqual({ Alike: 1 });
		expect(await notes()).toEqual({});
	});

	test.each(slips)('%s: the record is taken where the rule says so', async (_, slip) => {
		const result = await importRows([rowOf(slip, 'new'), rowOf(strangers[0]!, 'new')], {
			match: [similar({ found: 'take' })],
		});
		expect(counts(result)).toEqual({ rows: 2, updated: 1, skipped: 1 });
		const [written] = result.written;
		expect(written).toMatchObject({ number: 1, action: 'update', rule: 'Alike' });
		expect(written?.score).toBeGreaterThanOrEqual(0.7);
		expect(await notes()).toEqual({ [person(3).email]: 'new' });
	});

	test('rows that are like no record are inserted, and a plan says the score of those that are', async () => {
		const rows = [
			rowOf(strangers[0]!, 'a'),
			rowOf({ ...person(7), first: misspelt(person(7).first) }, 'b'),
		].map((row, i) => [String(100 + i), ...row]);
		const columns = ['contact_no', ...COLUMNS];
		const rules: Partial<LoadRules> = {
			match: [similar({ found: 'take' })],
			onNoMatch: 'insert',
			policies: { ...NOTE_ALONE, contact_no: 'never' },
		};
		const plan = await importRows(rows, rules, { mode: 'plan' }, columns);
		expect(plan.written.map(({ number, action, rule }) => [number, action, rule])).toEqual([
			[1, 'insert', undefined],
			[2, 'update', 'Alike'],
		]);
		expect(plan.written[0]?.score).toBeUndefined();
		expect(plan.written[1]?.score).toBeGreaterThan(0.7);
		expect(await notes()).toEqual({});
		expect(counts(await importRows(rows, rules, {}, columns))).toEqual({
			rows: 2,
			inserted: 1,
			updated: 1,
		});
		expect(await notes()).toEqual({ [strangers[0]!.email]: 'a', [person(7).email]: 'b' });
	});

	describe('two records that are as much alike', () => {
		const { first, last, born, city, email } = person(5);

		beforeEach(() =>
			bench().run(
				`insert into contacts (contact_no, first_name, last_name, born, city, email) values (61, '${first}', '${last}', '${born}', '${city}', '${email}')`,
			),
		);

		const row = rowOf({ ...person(5), last: misspelt(person(5).last) }, 'new');

		test.each(['propose', 'take'] as const)('are both proposed with "%s"', async (found) => {
			const result = await importRows([row], { match: [similar({ found })] });
			const [issue] = (await result.failed.first(1))[0]?.issues ?? [];
			expect(issue?.code).toBe('MATCH_SIMILAR');
			expect(issue?.candidates?.map(({ record }) => record[key]).sort()).toEqual([6, 61]);
			expect(issue?.message).toContain('2 records that are already there');
		});

		test('the first of them is taken, where the rule says so', async () => {
			const rule = similar({ found: 'take' }, { several: 'first' });
			const result = await importRows([row], { match: [rule] });
			expect(counts(result)).toEqual({ rows: 1, updated: 1 });
			expect(result.written[0]?.record).toEqual({ [key]: 6 });
		});

		test('the next rule is asked, where the rule says so; if it does not decide, they are proposed', async () => {
			await bench().run("update contacts set note = 'k' where contact_no = 61");
			const match = [similar({ found: 'take' }, { several: 'next' }), exactRule('note')];
			const found = await importRows([[...row.slice(0, 5), 'k']], { match, policies: {} });
			expect(found.written.map(({ record, rule }) => [record, rule])).toEqual([
				[{ [key]: 61 }, 'note'],
			]);
			const lost = await importRows([row], { match });
			expect(counts(lost)).toEqual({ rows: 1, failed: 1 });
			expect(lost.summary.codes).toMatchObject({ MATCH_SIMILAR: 1 });
		});

		test('a person decides by a choice', async () => {
			const result = await importRows(
				[row, rowOf({ ...person(9), city: '' }, 'nine')],
				{ match: [similar()] },
				{ choices: [{ row: 1, choice: 'update', record: { [key]: 61 } }] },
			);
			expect(counts(result)).toEqual({ rows: 2, updated: 1, failed: 1 });
			expect(result.written[0]).toMatchObject({ number: 1, rule: 'Choice', record: { [key]: 61 } });
			expect(result.written[0]?.score).toBeUndefined();
			expect(await proposed(result)).toEqual([[2, 'MATCH_SIMILAR', [person(9).email]]]);
		});
	});

	test('behind an exact rule only the rows that it leaves open are compared', async () => {
		const result = await importRows(
			[
				['Nobody', 'Else', '', '', person(1).email, 'by e-mail'],
				rowOf({ ...person(2), email: 'new@else.example' }, 'alike'),
			],
			{ match: [exactRule('email'), similar({ found: 'take' })] },
		);
		expect(result.written.map(({ number, rule, score }) => [number, rule, typeof score])).toEqual([
			[1, 'email', 'undefined'],
			[2, 'Alike', 'number'],
		]);
		expect(result.summary.rules).toEqual({ email: 1, Alike: 1 });
		expect(await notes()).toEqual({ [person(1).email]: 'by e-mail', [person(2).email]: 'alike' });
	});

	test('below the threshold a record is proposed, below the other limit it counts as different', async () => {
		const row = rowOf({ ...person(4), first: strangers[1]!.first, email: '', city: '' }, 'new');
		const scoreOf = async (similarity: RuleSimilarity) => {
			const result = await importRows([row], { match: [similar(similarity)] });
			return (await result.failed.first(1))[0]?.issues[0]?.candidates?.[0]?.score ?? 0;
		};
		const score = await scoreOf({ possible: 0.000001 });
		expect(score).toBeGreaterThan(0);
		expect(score).toBeLessThan(1);
		const rounded = Number(score.toFixed(6));
		const from = Math.max(rounded - 0.00001, 0.000001);
		const to = Math.min(rounded + 0.00001, 1);
		const outcome = async (similarity: RuleSimilarity) =>
			counts(await importRows([row], { match: [similar({ ...similarity, found: 'take' })] }));
		expect(await outcome({ threshold: to, possible: from })).toEqual({ rows: 1, failed: 1 });
		expect(await outcome({ threshold: 1, possible: to })).toEqual({ rows: 1, skipped: 1 });
		expect(await outcome({ threshold: from, possible: from })).toEqual({ rows: 1, updated: 1 });
	});

	test('a weight of 0 leaves a column out', async () => {
		const other = { ...strangers[2]!, email: person(8).email };
		const fields = (weight: number) =>
			FIELDS.map((field) => ({ ...field, weight: field.column === 'email' ? 1 : weight }));
		const match = (weight: number) => [similar({ possible: 0.5 }, { fields: fields(weight) })];
		const byEmail = await importRows([rowOf(other, 'new')], { match: match(0) });
		expect(await proposed(byEmail)).toEqual([[1, 'MATCH_SIMILAR', [person(8).email]]]);
		const [issue] = (await byEmail.failed.first(1))[0]?.issues ?? [];
		expect(issue?.candidates?.[0]?.why).toMatch(/^\d+ % alike: email the same$/);
	});

	test('rows without any value to compare have no key; the same row twice is a duplicate', async () => {
		const empty = ['', '', '', '', '', 'nothing'];
		const twice = rowOf(strangers[3]!, 'twice');
		const result = await importRows([empty, twice, twice]);
		expect(counts(result)).toEqual({ rows: 3, failed: 1, skipped: 2 });
		expect(result.summary.codes).toMatchObject({
			MATCH_BLANK_KEY: 1,
			MATCH_DUPLICATE_IN_FILE: 1,
			MATCH_NONE: 1,
		});
	});

	test('rows for one record become one where duplicates are merged', async () => {
		const first = rowOf({ ...person(6), city: '' }, '');
		const second = rowOf({ ...person(6), city: '' }, 'merged');
		const result = await importRows([first, second], {
			match: [
				similar({ found: 'take' }, { fields: FIELDS.filter(({ column }) => column !== 'city') }),
			],
			duplicates: 'merge',
		});
		expect(counts(result)).toEqual({ rows: 2, updated: 1, skipped: 1 });
		expect(await notes()).toEqual({ [person(6).email]: 'merged' });
	});

	test('few rows and records are said to be too few', async () => {
		await bench().run('delete from contacts where contact_no > 10');
		const result = await importRows([rowOf({ ...person(2), city: '' }, 'new')]);
		expect(result.summary.codes).toMatchObject({ MATCH_FEW_RECORDS: 1 });
		expect(result.summary.notes?.[0]).toContain('"Alike"');
		await bench().run('delete from contacts');
		const none = await importRows([rowOf(person(2), 'new')]);
		expect(counts(none)).toEqual({ rows: 1, skipped: 1 });
		expect(none.summary.notes).toBeUndefined();
	});

	test('what a comparison leaves out is said', async () => {
		const crowd = people(45, 9).map(
			({ first }, i) => `(${i + 100}, '${first}', 'Quibble', 'Arden')`,
		);
		await bench().run(
			`insert into contacts (contact_no, first_name, last_name, city) values ${crowd.join(', ')}`,
		);
		const result = await importRows([['Ann', 'Quibble', '', 'Arden', '', 'new']]);
		expect(result.summary.codes).toMatchObject({ MATCH_PARTLY_COMPARED: 1 });
		expect(result.summary.notes?.join()).toMatch(/^Match rule "Alike": 1 records resemble /);
	});

	test.each([
		['a score above 1', similar({ threshold: 70 }), 'a score that there is not: 70'],
		['a score of 0', similar({ possible: 0 }), 'a score that there is not: 0'],
		[
			'the limits in each other’s place',
			similar({ threshold: 0.2, possible: 0.5 }),
			'proposes records from 0.5 on',
		],
		[
			'a weight below 0',
			similar({}, { fields: [{ column: 'email', weight: -1 }] }),
			'the weight -1 for "email"',
		],
		[
			'nothing to compare',
			similar({}, { fields: [{ column: 'email', weight: 0 }] }),
			'nothing to compare',
		],
		[
			'a column twice',
			similar({}, { fields: [{ column: 'email' }, { column: 'email' }] }),
			'a column twice',
		],
		[
			'a kind that is not known',
			similar({}, { fields: [{ column: 'email', kind: 'colour' as 'text' }] }),
			'compares "email" as "colour"',
		],
	])('%s is refused before a row is read', async (_, rule, message) => {
		const running = importRows([rowOf(person(1), 'new')], { match: [rule] });
		await expect(running).rejects.toMatchObject({ code: 'RUN_CONFIG' });
		await expect(running).rejects.toThrow(message);
	});
}
