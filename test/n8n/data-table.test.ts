import { RealN8n, type Execution, type Workflow } from './host';

const STARTING_MS = 240_000;

const COLUMNS = [
	{ name: 'email', type: 'string' },
	{ name: 'name', type: 'string' },
	{ name: 'age', type: 'number' },
	{ name: 'member', type: 'boolean' },
	{ name: 'born', type: 'date' },
];

/** Statements about an import into n8n's own tables. */
describe('a Data Table in a real n8n', () => {
	let n8n: RealN8n;
	let tableId: string;

	beforeAll(async () => {
		n8n = await RealN8n.start('test-data-table');
		const body = { name: 'people', columns: COLUMNS };
		tableId = ((await n8n.server.publicApi('POST', '/data-tables', body)) as { id: string }).id;
	}, STARTING_MS);

	afterAll(() => n8n.server.stop());

	beforeEach(async () => {
		await n8n.server.publicApi('DELETE', `/data-tables/${tableId}/rows/clear`);
	});

	const records = async () => {
		const path = `/data-tables/${tableId}/rows?limit=250&sortBy=email%3Aasc`;
		const { data } = (await n8n.server.publicApi('GET', path)) as {
			data: Array<Record<string, unknown>>;
		};
		return data.map(({ email, name, age, member, born }) => [email, name, age, member, born]);
	};

	const importText = async (text: string, parameters: object = {}): Promise<Execution> => {
		const workflowId = await n8n.server.importWorkflow(importWorkflow(text, parameters));
		return await n8n.server.runManually(workflowId);
	};

	const summary = (run: Execution) => {
		const { jsonOf, errorOf } = n8n.host.runData;
		expect(errorOf(run)).toBeUndefined();
		return jsonOf(run, 'Match & Upsert')[0];
	};

	const people = 'E-Mail,Name,Age,Member,Born\r\n';
	const ann = 'ann@x.org,Ann,30,yes,1990-02-01\r\n';
	const bob = 'bob@x.org,Bob,40.5,no,\r\n';

	test('records are inserted with the types of their columns', async () => {
		const run = await importText(people + ann + bob);
		expect(summary(run)).toMatchObject({ rows: 2, inserted: 2, failed: 0, table: 'people' });
		expect(await records()).toEqual([
			['ann@x.org', 'Ann', 30, true, '1990-02-01T00:00:00.000Z'],
			['bob@x.org', 'Bob', 40.5, false, null],
		]);
	}, 60_000);

	test('the same rows again are unchanged, a changed one is updated, and a plan writes nothing', async () => {
		await importText(people + ann + bob);
		const changed = people + ann.replace('30', '31') + bob + 'cyd@x.org,Cyd,,,\r\n';
		const expected = { rows: 3, inserted: 1, updated: 1, unchanged: 1, failed: 0 };
		const before = await records();
		const planned = await importText(changed, { mode: 'plan' });
		expect(summary(planned)).toMatchObject({ status: 'planned', ...expected });
		expect(await records()).toEqual(before);
		const applied = await importText(changed);
		expect(summary(applied)).toMatchObject({ status: 'applied', ...expected });
		expect(n8n.host.runData.jsonOf(applied, 'Match & Upsert', 1)).toMatchObject([
			{ row: 2, action: 'update', changes: 'age: 30 → 31' },
			{ row: 4, action: 'insert', email: 'cyd@x.org' },
		]);
		expect((await records()).map(([email, , age]) => [email, age])).toEqual([
			['ann@x.org', 31],
			['bob@x.org', 40.5],
			['cyd@x.org', null],
		]);
	}, 60_000);

	test('rows are written and read back in parts', async () => {
		const rows = (age: (i: number) => number) =>
			people +
			Array.from({ length: 2500 }, (_, i) => `p${i}@x.org,P${i},${age(i)},yes,\r\n`).join('');
		expect(summary(await importText(rows(() => 1)))).toMatchObject({ inserted: 2500 });
		const older = rows((i) => (i % 25 === 0 ? 2 : 1));
		expect(summary(await importText(older))).toMatchObject({ updated: 100, unchanged: 2400 });
		expect(summary(await importText(older))).toMatchObject({ updated: 0, unchanged: 2500 });
	}, 120_000);

	test('a file is remembered in a Data Table of its own', async () => {
		const parameters = { options: { sameFile: 'skip' } };
		expect(summary(await importText(people + bob, parameters))).toMatchObject({ inserted: 1 });
		expect(summary(await importText(people + bob, parameters))).toMatchObject({
			status: 'already imported',
		});
	}, 60_000);

	test('a table that is not there is named, with those that are', async () => {
		const run = await importText(people + ann, { dataTable: 'nobody' });
		expect(run.status).toBe('error');
		const error = n8n.host.runData.errorOf(run);
		expect(error?.message).toContain('RUN_NO_TABLE');
		expect(error?.description).toContain('people');
	}, 60_000);
});

/** Start, a file with the text, Parse, Map, Match & Upsert. */
function importWorkflow(text: string, parameters: object): Workflow {
	const ours = 'n8n-nodes-data-import';
	const table = { database: 'dataTable', dataTable: 'people' };
	const nodes = [
		{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} },
		{
			name: 'Text',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: { mode: 'raw', jsonOutput: JSON.stringify({ text }) },
		},
		{
			name: 'File',
			type: 'n8n-nodes-base.convertToFile',
			typeVersion: 1.1,
			parameters: {
				operation: 'toText',
				sourceProperty: 'text',
				options: { fileName: 'people.csv' },
			},
		},
		{ name: 'Parse', type: `${ours}.parseSpreadsheet`, typeVersion: 1, parameters: {} },
		{
			name: 'Map',
			type: `${ours}.mapFields`,
			typeVersion: 1,
			parameters: { fieldsFrom: 'table', database: 'dataTable', dataTable: 'people' },
		},
		{
			name: 'Match & Upsert',
			type: `${ours}.matchUpsert`,
			typeVersion: 1,
			parameters: { ...table, matchOn: ['email'], ...parameters },
		},
	];
	const names = nodes.map(({ name }) => name);
	return {
		name: 'into a Data Table',
		nodes: nodes.map((node, i) => ({ id: String(i), position: [i * 200, 0], ...node })),
		connections: Object.fromEntries(
			names
				.slice(0, -1)
				.map((name, i) => [name, { main: [[{ node: names[i + 1], type: 'main', index: 0 }]] }]),
		),
	};
}
