import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileItem, jsonOf, keepBinaryData, outputOf, runNodes, type PlacedNode } from './run-nodes';

describe('plan, look, apply', () => {
	const folder = mkdtempSync(join(tmpdir(), 'plan-apply-'));
	const path = join(folder, 'people.sqlite');
	const runsBefore = process.env.DATA_IMPORT_RUNS;
	let database: DatabaseSync;

	beforeAll(async () => {
		process.env.N8N_RESTRICT_FILE_ACCESS_TO = folder;
		process.env.DATA_IMPORT_RUNS = join(folder, 'runs.sqlite');
		await keepBinaryData('default');
	});

	beforeEach(() => {
		rmSync(path, { force: true });
		database = new DatabaseSync(path);
		database.exec(
			"create table people (id integer primary key, email text, name text); insert into people values (1, 'ann@x.org', 'Ann'), (2, 'dup@x.org', 'Bob'), (3, 'dup@x.org', 'Cyd')",
		);
	});

	afterEach(() => database.close());

	afterAll(() => {
		process.env.DATA_IMPORT_RUNS = runsBefore;
		rmSync(folder, { recursive: true });
	});

	const text = 'email,name\nann@x.org,Anna\ndup@x.org,Dee\nnew@x.org,New\n';

	const step = (name: string, mode: 'plan' | 'apply', options: object): PlacedNode => ({
		name,
		type: 'matchUpsert',
		parameters: {
			database: 'sqlite',
			table: { __rl: true, mode: 'name', value: 'people' },
			mode,
			matchBy: 'columns',
			matchOn: ['email'],
			onMatch: 'update',
			onNoMatch: 'insert',
			options,
		} as PlacedNode['parameters'],
	});

	const parse: PlacedNode = { name: 'Parse', type: 'parseSpreadsheet', parameters: {} };

	const importText = async (
		mode: 'plan' | 'apply',
		options: object = {},
		{ content = text, id = 'Match & Upsert' } = {},
	) =>
		await runNodes([parse, step(id, mode, options)], [fileItem(content, 'people.csv')], {
			sqliteFile: { path },
		});

	const people = () =>
		database
			.prepare('select id, name from people order by id')
			.all()
			.map(({ id, name }) => [id, name]);

	const node = 'Match & Upsert';

	test('S77: the token of the plan, handed on by an approval step, is what Apply applies', async () => {
		const run = await runNodes(
			[
				parse,
				step('Plan', 'plan', {}),
				{
					...step('Apply', 'apply', { planToken: '={{ $("Plan").first().json.plan }}' }),
					after: 'Parse',
				},
			],
			[fileItem(text, 'people.csv')],
			{ sqliteFile: { path } },
		);
		expect(jsonOf(run, 'Plan')[0]).toMatchObject({
			status: 'planned',
			rules: { email: 2 },
			codes: { MATCH_SEVERAL: 1 },
		});
		expect(jsonOf(run, 'Plan', 1)[0]).toMatchObject({
			row: 2,
			changes: 'name: Ann → Anna',
			why: 'name: written, the cell is filled',
		});
		expect(jsonOf(run, 'Apply')[0]).toMatchObject({ status: 'applied', inserted: 1, updated: 1 });
		expect(people()).toEqual([
			[1, 'Anna'],
			[2, 'Bob'],
			[3, 'Cyd'],
			[4, 'New'],
		]);
	});

	test('S159: a plan of another file is not applied, nor an empty token', async () => {
		const plan = jsonOf(await importText('plan'), node)[0]?.plan;
		const cases: Array<[unknown, string, string]> = [
			[plan, `${text}late@x.org,Late\n`, 'the content of the file'],
			['', text, 'The plan token is empty'],
			['unknown', text, 'No plan has the token'],
		];
		for (const [planToken, content, message] of cases) {
			const run = await importText('apply', { planToken }, { content });
			expect(run.data.resultData.error?.message).toContain(message);
		}
		expect(people()).toHaveLength(3);
	});

	test("S76: an ambiguous row fails with its candidates, and a person's choice for it is imported", async () => {
		const first = await importText('apply');
		const [failed] = jsonOf(first, node, 2);
		expect(failed).toMatchObject({
			row: 3,
			code: 'MATCH_SEVERAL',
			candidates: [{ record: { id: 2 } }, { record: { id: 3 } }],
		});
		const { row, candidates } = failed as { row: number; candidates: Array<{ record: object }> };
		const choices = JSON.stringify([{ row, record: candidates[1]?.record }]);
		const second = await importText('apply', { choices });
		expect(jsonOf(second, node)[0]).toMatchObject({ updated: 1, unchanged: 2, failed: 0 });
		expect(people()).toEqual([
			[1, 'Anna'],
			[2, 'Bob'],
			[3, 'Dee'],
			[4, 'New'],
		]);
	});

	test.each([
		['no JSON', '[{', 'not valid JSON'],
		['no row', '[{ "choice": "skip" }]', 'names no row'],
		['an unknown word', '[{ "row": 2, "choice": "delete" }]', 'neither a record nor'],
		['no plain value', '[{ "row": 2, "record": { "id": [1] } }]', 'no plain value for "id"'],
	])('choices with %s are refused', async (_, choices, message) => {
		const run = await importText('apply', { choices });
		expect(run.data.resultData.error?.message).toContain(message);
		expect(people()[0]).toEqual([1, 'Ann']);
	});

	test('choices may be the items of another node', async () => {
		const run = await importText('apply', {
			choices: '={{ [{ json: { row: 3, choice: "skip" } }] }}',
		});
		expect(jsonOf(run, node)[0]).toMatchObject({
			skipped: 1,
			failed: 0,
			codes: { MATCH_CHOICE_SKIP: 1 },
		});
	});

	test('S73: the plan of every row is a file with the first item of Written, not with the numbers', async () => {
		const run = await importText('plan', { planFile: 'csv' });
		const [summary] = outputOf(run, node);
		expect(summary?.binary).toBeUndefined();
		const [written] = outputOf(run, node, 1);
		expect(written?.binary?.plan).toMatchObject({ fileName: 'plan.csv' });
		const csv = Buffer.from(written?.binary?.plan?.data ?? '', 'base64').toString();
		expect(csv.trim().split('\r\n').slice(1)).toEqual([
			'2,update,email,,email = ann@x.org,id = 1,,,"name: written, the cell is filled",,,Ann,Anna',
			expect.stringMatching(/^3,fail,email,,email = dup@x\.org,,MATCH_SEVERAL,/),
			'4,insert,,,email = new@x.org,,,,,,new@x.org,,New',
		]);
	});

	test('a file with less than half of the rows of the last run is stopped', async () => {
		const options = { guards: { limits: { limits: { minPercentOfLast: 50 } } } };
		expect(jsonOf(await importText('apply', options), node)[0]).toMatchObject({ rows: 3 });
		const run = await importText('apply', options, { content: 'email,name\nann@x.org,Other\n' });
		expect(jsonOf(run, node)[0]).toMatchObject({
			status: 'stopped',
			code: 'RUN_GUARD',
			unprocessed: 1,
		});
		expect(people()[0]).toEqual([1, 'Anna']);
	});

	test('a plan that cannot be kept is shown all the same, without a token', async () => {
		process.env.DATA_IMPORT_RUNS = join(path, 'no-folder', 'runs.sqlite');
		try {
			const [summary] = jsonOf(await importText('plan'), node);
			expect(summary).toMatchObject({ status: 'planned', codes: { RUN_PLAN_NOT_KEPT: 1 } });
			expect(summary).not.toHaveProperty('plan');
		} finally {
			process.env.DATA_IMPORT_RUNS = join(folder, 'runs.sqlite');
		}
	});
});
