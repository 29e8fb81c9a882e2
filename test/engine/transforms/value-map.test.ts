import type { Cell } from '../../../engine/dataset';
import { applyOperation, applyToColumn } from './apply-operation';

const values = [
	{ from: 'Yes', to: true },
	{ from: 'no', to: false },
	{ from: 3, to: 'three' },
	{ from: '-', to: null },
];

test.each<[object, Cell, Cell]>([
	[{}, 'yes', true],
	[{}, ' NO ', false],
	[{}, 3, 'three'],
	[{}, '3', 'three'],
	[{}, '-', null],
	[{}, '', ''],
	[{}, null, null],
	[{ unknown: 'keep' }, 'maybe', 'maybe'],
	[{ unknown: 'empty' }, 'maybe', null],
	[{ unknown: 'default', default: 'other' }, 'maybe', 'other'],
	[{ unknown: 'keep', ignoreCase: false }, 'yes', 'yes'],
])('with %j, %j becomes %j', async (options, cell, expected) => {
	expect(await applyToColumn('value-map', { values, ...options }, [cell])).toEqual([expected]);
});

test('a value that is not in the list fails its row', async () => {
	const batch = await applyOperation('value-map', { fields: ['x'], values }, ['x'], [['maybe']]);
	expect(batch.rejected).toMatchObject([
		{ issues: [{ code: 'CELL_OPTION', message: '"maybe" is not in the list of values' }] },
	]);
});

test('a value that is emptied gives a warning', async () => {
	const batch = await applyOperation(
		'value-map',
		{ fields: ['x'], values, unknown: 'empty' },
		['x'],
		[['maybe']],
	);
	expect(batch.issues).toMatchObject([{ code: 'CELL_OPTION', severity: 'warning', row: 2 }]);
});

test.each([
	[[{ from: 'a', to: 'b' }], {}, 'text'],
	[
		[
			{ from: 'a', to: 1 },
			{ from: 'b', to: null },
		],
		{},
		'integer',
	],
	[[{ from: 'a', to: true }], { unknown: 'keep' }, undefined],
	[[{ from: 'a', to: true }], { unknown: 'default', default: 'x' }, undefined],
	[[{ from: 'a', to: true }], { unknown: 'empty' }, 'boolean'],
])('the column has the type that all results share: %j %j', async (list, options, type) => {
	const batch = await applyOperation(
		'value-map',
		{ fields: ['x'], values: list, ...options },
		['x'],
		[],
	);
	expect(batch.columns[0]?.type).toBe(type);
});

test('a value that is in the list twice is refused', async () => {
	const twice = [
		{ from: 'a', to: 1 },
		{ from: 'A ', to: 2 },
	];
	await expect(applyToColumn('value-map', { values: twice }, [])).rejects.toMatchObject({
		code: 'RUN_CONFIG',
		message: 'The value "A " is in the list twice',
	});
});

test.each([
	[[], 'The parameter "values" must be a list with entries'],
	['x', 'The parameter "values" must be a list with entries'],
	[['x'], 'The parameter "values[0]" must be an object'],
	[[{ from: {}, to: 1 }], 'The parameter "values[0].from" must be a text, a number, true or false'],
])('wrong values are refused: %j', async (list, message) => {
	await expect(applyToColumn('value-map', { values: list }, [])).rejects.toMatchObject({
		code: 'RUN_CONFIG',
		message,
	});
});
