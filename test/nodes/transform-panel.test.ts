import type { ILoadOptionsFunctions, INodeProperties } from 'n8n-workflow';
import { getColumns } from '../../nodes/Transform/column-list';
import { Transform } from '../../nodes/Transform/Transform.node';

const { description } = new Transform();

/** The properties that the panel shows for an operation. */
function shownFor(operation: string): INodeProperties[] {
	const collection = description.properties.find(({ name }) => name === 'operations');
	const [group] = collection!.options as Array<{ values: INodeProperties[] }>;
	return group!.values.filter(({ displayOptions }) =>
		displayOptions?.show?.operation?.includes(operation),
	);
}

test('the first input stays the rows, the second is the table to look into and may stay empty', () => {
	expect(description.inputs).toEqual([
		{ type: 'main', displayName: 'Data' },
		{ type: 'main', displayName: 'Lookup' },
	]);
	expect(description.requiredInputs).toEqual([0]);
	expect(description.version).toBe(1);
});

test.each(['lookup', 'lookup-values'])('%s says where its table comes from', (kind) => {
	expect(shownFor(kind)).toContainEqual(
		expect.objectContaining({
			type: 'notice',
			displayName: 'Lookup Table: The rows that come in by the input Lookup',
		}),
	);
});

test('Lookup asks for a key, and for the rest only where it is needed', () => {
	expect(shownFor('lookup').map(({ displayName, type }) => `${displayName}: ${type}`)).toEqual([
		'Lookup Table: The rows that come in by the input Lookup: notice',
		'Key: fixedCollection',
		'Columns to Bring Over: fixedCollection',
		'Ignore Case: boolean',
		'Ignore Blanks Around: boolean',
		'Several Found: options',
		'Separator: string',
		'Nothing Found: options',
		'Default: string',
	]);
});

test('columns that are brought over can be chosen by the operations behind', async () => {
	const editor = {
		getCurrentNodeParameter: (name: string) =>
			name === 'operations'
				? {
						operation: [
							{
								operation: 'lookup',
								bring: { entry: [{ lookupField: 'city', name: 'Town' }, { lookupField: 'zip' }] },
							},
						],
					}
				: [{ name: 'id', type: 'integer' }],
	} as unknown as ILoadOptionsFunctions;
	expect((await getColumns.call(editor)).map(({ value }) => value)).toEqual(['id', 'Town', 'zip']);
});
