import type { IDataObject, INode, INodeExecutionData, IRun } from 'n8n-workflow';
import { operations, type Cell, type OperationDescription } from '../../engine';
import { jsonOf, keepBinaryData, outputOf, runNodes, type PlacedNode } from './run-nodes';

/** Numbers from 0 to 1, always the same ones (mulberry32). */
function seededRandom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

const ROWS = 150;

/** Rows with the columns of the example, out of its values and of some that nobody expects. */
function randomRows({ example }: OperationDescription, seed: number): IDataObject[] {
	const random = seededRandom(seed);
	const pool: Cell[] = [null, '', ' x ', 'ä;b', '["1"]', 12, 0.5, true, ...example.before.flat()];
	return Array.from({ length: ROWS }, () => {
		const cells = example.columns.map(({ name }) => [
			name,
			pool[Math.floor(random() * pool.length)] ?? null,
		]);
		return Object.fromEntries(cells) as IDataObject;
	});
}

/** Options of a step as the panel of the node stores them: lists in a collection of their own. */
function stored({ kind, parameters, example }: OperationDescription): IDataObject {
	const entries = parameters.flatMap(({ name, kind: type }) => {
		const value = example.options[name];
		if (value === undefined || type === 'table') return [];
		return [[name, type === 'list' ? { entry: value } : value]];
	});
	return { operation: kind, ...(Object.fromEntries(entries) as IDataObject) };
}

const give = (name: string, rows: readonly IDataObject[]): PlacedNode => ({
	name,
	type: 'give',
	parameters: { items: JSON.stringify(rows) },
	after: 'Start',
});

const transform = (
	name: string,
	operation: IDataObject[],
	output: string,
	place: Partial<PlacedNode> = {},
): PlacedNode => ({
	name,
	type: 'transform',
	parameters: { operations: { operation }, output } as INode['parameters'],
	...place,
});

/** The table that the example looks into, as rows of the second input. */
function lookupRows({ example }: OperationDescription): IDataObject[] | undefined {
	const { table } = example.options as { table?: { columns: string[]; rows: Cell[][] } };
	return table?.rows.map((cells) =>
		Object.fromEntries(table.columns.map((name, i) => [name, cells[i] ?? null])),
	);
}

function nodesFor(
	description: OperationDescription,
	rows: readonly IDataObject[],
	output: 'items' | 'dataset',
): PlacedNode[] {
	const table = lookupRows(description);
	const place = { after: 'Rows', ...(table && { lookup: 'Table' }) };
	return [
		give('Rows', rows),
		...(table ? [give('Table', table)] : []),
		transform('Transform', [stored(description)], output, place),
		...(output === 'dataset' ? [transform('List', [], 'items')] : []),
	];
}

/** Rows that went on and rows that were rejected, without what ties them to items of n8n. */
const outcome = (run: IRun, node: string) => ({
	rows: jsonOf(run, node, 0),
	rejected: jsonOf(run, node, 2),
});

/** Numbers of the rows that an output stands for, by the items that they are paired with. */
const numbersOf = (items: readonly INodeExecutionData[]) =>
	items.map(({ pairedItem }) => (pairedItem as { item: number }).item + 1);

beforeAll(() => keepBinaryData('default'));

describe.each(operations.map(({ description }) => [description.kind, description] as const))(
	'%s',
	(_, description) => {
		test.each([7, 8])(
			'as items and as a Dataset: the same rows go on, the same are rejected, and none is lost (%d)',
			async (seed) => {
				const rows = randomRows(description, seed);
				const asItems = await runNodes(nodesFor(description, rows, 'items'), [{ json: {} }]);
				const asDataset = await runNodes(nodesFor(description, rows, 'dataset'), [{ json: {} }]);
				expect(outcome(asDataset, 'List')).toEqual(outcome(asItems, 'Transform'));

				const went = numbersOf(outputOf(asItems, 'Transform', 0));
				const rejected = outputOf(asItems, 'Transform', 2);
				const numbers = [...went, ...numbersOf(rejected)];
				expect([...new Set(numbers)].sort((a, b) => a - b)).toEqual(rows.map((_row, i) => i + 1));
				for (const { json } of rejected) expect(json.code).toMatch(/^(ROW|CELL)_/);
				// a rejected row is not among those that go on, and is rejected once
				const isReshaped = numbers.length > ROWS;
				if (!isReshaped) expect(numbers).toHaveLength(ROWS);
				for (const number of numbersOf(rejected)) expect(went).not.toContain(number);
			},
		);
	},
);
