import type { IExecuteFunctions, INodeExecutionData, IWorkflowBase } from 'n8n-workflow';
import { NodeDataTableClient } from '../../nodes/shared/data-table-client';

const PEOPLE = {
	id: 'T1',
	name: 'people',
	columns: [
		{ name: 'email', type: 'string' as const },
		{ name: 'age', type: 'number' as const },
	],
};

type Answer = (
	items: INodeExecutionData[],
	node: IWorkflowBase['nodes'][number],
) => INodeExecutionData[];

/** A client whose inline workflows are answered by the test. */
const clientOf = (answer: Answer) =>
	new NodeDataTableClient({
		executeWorkflow: ({ code }: { code: IWorkflowBase }, items: INodeExecutionData[]) =>
			Promise.resolve().then(() => ({ executionId: '1', data: [answer(items, code.nodes[1]!)] })),
	} as unknown as IExecuteFunctions);

test('tables come with their columns in their order, without those that n8n fills', async () => {
	const client = clientOf((_, { type, parameters }) => {
		expect([type, parameters.resource, parameters.operation]).toEqual([
			'n8n-nodes-base.dataTable',
			'table',
			'list',
		]);
		const columns = [
			{ name: 'age', type: 'number', index: 1 },
			{ name: 'email', type: 'string', index: 0 },
		];
		return [{ json: { id: 'T1', name: 'people', columns } }];
	});
	expect(await client.listTables()).toEqual([PEOPLE]);
});

test('records that n8n did not insert are an error', async () => {
	const client = clientOf(() => [{ json: { success: true, insertedRows: 1 } }]);
	const rows = [{ email: 'a' }, { email: 'b' }];
	await expect(client.insertRows(PEOPLE, rows)).rejects.toThrow('1 of 2 rows were inserted');
});

test('updates are told apart: written, changed meanwhile, and refused with the reason', async () => {
	const client = clientOf((items, { onError }) =>
		items.flatMap(({ json }) => {
			if (json.id === 2) return [];
			if (json.email !== 'bad') return [{ json: { ...json, createdAt: '2020-01-01' } }];
			if (onError === 'continueRegularOutput') return [{ json }];
			throw new Error("value 'bad' does not match");
		}),
	);
	const updates = ['good', 'gone', 'bad'].map((email, i) => ({
		id: i + 1,
		unchangedSince: '2020-01-02T00:00:00.000Z',
		values: { email },
	}));
	const { written, refused } = await client.updateRows(PEOPLE, updates);
	expect([...written]).toEqual([1]);
	expect([...refused]).toEqual([[3, new Error("value 'bad' does not match")]]);
});

test.each([
	[undefined, 200 * 1024 * 1024],
	['1000', 1000],
])('the size limit is that of n8n: %s', (set, limit) => {
	const before = process.env.N8N_DATA_TABLES_MAX_SIZE_BYTES;
	if (set === undefined) delete process.env.N8N_DATA_TABLES_MAX_SIZE_BYTES;
	else process.env.N8N_DATA_TABLES_MAX_SIZE_BYTES = set;
	try {
		expect(clientOf(() => []).sizeLimit).toBe(limit);
	} finally {
		if (before === undefined) delete process.env.N8N_DATA_TABLES_MAX_SIZE_BYTES;
		else process.env.N8N_DATA_TABLES_MAX_SIZE_BYTES = before;
	}
});

test('deletions are told apart too, and name the record and the moment of each', async () => {
	const client = clientOf((items, { parameters }) => {
		expect(parameters).toMatchObject({
			operation: 'deleteRows',
			matchType: 'allConditions',
			filters: {
				conditions: [
					{ keyName: 'id', condition: 'eq', keyValue: '={{ $json.id }}' },
					{ keyName: 'updatedAt', condition: 'lt', keyValue: '={{ $json.updatedAt }}' },
				],
			},
		});
		return items.flatMap(({ json }) =>
			json.id === 2 ? [] : [{ json: { ...json, createdAt: '2020-01-01' } }],
		);
	});
	const records = [1, 2].map((id) => ({ id, unchangedSince: '2020-01-02T00:00:00.000Z' }));
	const { written, refused } = await client.deleteRows(PEOPLE, records);
	expect([[...written], refused.size]).toEqual([[1], 0]);
});
