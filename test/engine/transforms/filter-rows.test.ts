import type { Cell, Column } from '../../../engine/dataset';
import { applyOperation } from './apply-operation';

const kept = async (
	condition: object,
	cells: Cell[],
	column: Column = { name: 'x' },
	more = {},
) => {
	const batch = await applyOperation(
		'filter-rows',
		{ conditions: [{ field: 'x', ...condition }], ...more },
		[column],
		cells.map((cell) => [cell]),
	);
	return batch.rows.map((row) => row.cells[0]);
};

const point: Column = { name: 'x', type: 'decimal', format: { decimalSign: '.' } };
const comma: Column = { name: 'x', type: 'decimal', format: { decimalSign: ',' } };
const dayFirst: Column = { name: 'x', type: 'date', format: { dateOrder: 'dmy' } };

test.each<[string, object, Cell[], Cell[], Column?]>([
	['equals', { operator: 'equals', value: 'a' }, ['a', 'A', ' a ', 'ab', null], ['a', ' a ']],
	['equals nothing', { operator: 'equals', value: '' }, ['', null, 'a'], ['', null]],
	['does not equal', { operator: 'not-equals', value: 'a' }, ['a', 'b', null], ['b', null]],
	['contains', { operator: 'contains', value: 'an' }, ['banana', 'BAN', 'x'], ['banana']],
	['does not contain', { operator: 'not-contains', value: 'an' }, ['banana', 'x'], ['x']],
	['starts with', { operator: 'starts-with', value: 'ba' }, ['banana', 'aba'], ['banana']],
	['ends with', { operator: 'ends-with', value: 'na' }, ['banana', 'nab'], ['banana']],
	['is empty', { operator: 'is-empty' }, ['', ' ', null, 0, 'a'], ['', ' ', null]],
	['is not empty', { operator: 'is-not-empty' }, ['', null, 0, 'a'], [0, 'a']],
	['matches', { operator: 'matches', value: '^b.n' }, ['ban', 'nab'], ['ban']],
	['a list', { operator: 'in-list', value: ['a', 'b,c'] }, ['a', 'b', 'b,c'], ['a', 'b,c']],
	['a typed list', { operator: 'in-list', value: 'a, b' }, ['a', 'b', 'c'], ['a', 'b']],
	['a list by line', { operator: 'in-list', value: 'a\nb, c' }, ['a', 'b, c', 'b'], ['a', 'b, c']],
	['not in a list', { operator: 'not-in-list', value: 'a,b' }, ['a', 'c'], ['c']],
	[
		'greater as numbers',
		{ operator: 'greater', value: '9' },
		['10', '9', '8', 'x', 11],
		['10', 11],
	],
	[
		'greater in the notation of the column',
		{ operator: 'greater', value: '1.000,5' },
		['1.001', '1.000', '2.000,00'],
		['1.001', '2.000,00'],
		comma,
	],
	[
		'less or equal',
		{ operator: 'less-or-equal', value: 2 },
		['2.0', '2.1', '-3'],
		['2.0', '-3'],
		point,
	],
	[
		'equal as numbers',
		{ operator: 'equals', value: '1000' },
		['1.000', '1000,00', '1,000'],
		['1.000', '1000,00'],
		comma,
	],
	[
		'a limit as it is written canonically',
		{ operator: 'equals', value: '0.5' },
		['0,5', '0,6'],
		['0,5'],
		comma,
	],
	[
		'long numbers exactly',
		{ operator: 'greater', value: '9007199254740992' },
		['9007199254740993', '9007199254740992'],
		['9007199254740993'],
		{ name: 'x', type: 'integer' },
	],
	[
		'less as dates',
		{ operator: 'less', value: '2024-02-01' },
		['31.01.2024', '01.02.2024', '05.12.2023'],
		['31.01.2024', '05.12.2023'],
		dayFirst,
	],
	[
		'dates with a time by day',
		{ operator: 'less-or-equal', value: '2024-02-01' },
		['2024-02-01T10:00:00', '2024-02-02T00:00:00'],
		['2024-02-01T10:00:00'],
		{ name: 'x', type: 'date-time' },
	],
	['greater as texts', { operator: 'greater', value: 'm' }, ['n', 'l', null], ['n']],
	[
		'booleans',
		{ operator: 'equals', value: 'true' },
		['ja', 'nein', true],
		['ja', true],
		{ name: 'x', type: 'boolean', format: {} },
	],
])('%s', async (...row) => {
	const [, condition, cells, expected, column] = row;
	expect(await kept(condition, cells, column)).toEqual(expected);
});

test('upper and lower case are the same where that is set', async () => {
	const cells = ['ABC', 'abc', 'x'];
	const ignoreCase = { ignoreCase: true };
	expect(await kept({ operator: 'equals', value: 'Abc' }, cells, undefined, ignoreCase)).toEqual([
		'ABC',
		'abc',
	]);
	expect(await kept({ operator: 'contains', value: 'B' }, cells, undefined, ignoreCase)).toEqual([
		'ABC',
		'abc',
	]);
	expect(await kept({ operator: 'matches', value: '^B|C$' }, cells, undefined, ignoreCase)).toEqual(
		['ABC', 'abc'],
	);
});

const conditions = [
	{ field: 'a', operator: 'equals', value: '1' },
	{ field: 'b', operator: 'equals', value: '1' },
];

const rows = [
	['1', '1'],
	['1', '0'],
	['0', '0'],
];

test.each<[string, string, Cell[][]]>([
	['all', 'keep', [['1', '1']]],
	[
		'any',
		'keep',
		[
			['1', '1'],
			['1', '0'],
		],
	],
	[
		'all',
		'drop',
		[
			['1', '0'],
			['0', '0'],
		],
	],
	['any', 'drop', [['0', '0']]],
])('%s of the conditions, %s', async (combine, action, expected) => {
	const batch = await applyOperation(
		'filter-rows',
		{ conditions, combine, action },
		['a', 'b'],
		rows,
	);
	expect(batch.rows.map(({ cells }) => cells)).toEqual(expected);
	expect(batch.rows.length + batch.rejected.length).toBe(rows.length);
});

test('S130: a filtered row is skipped, not lost, and says because of what', async () => {
	const keep = await applyOperation('filter-rows', { conditions }, ['a', 'b'], rows);
	expect(keep.rejected[0]).toMatchObject({
		number: 3,
		source: ['1', '0'],
		outcome: 'skipped',
		issues: [
			{
				code: 'ROW_FILTERED',
				severity: 'info',
				row: 3,
				column: 'b',
				value: '0',
				message: 'Not kept, because "b" equals 1 does not hold',
			},
		],
	});
	const drop = await applyOperation(
		'filter-rows',
		{ conditions, action: 'drop' },
		['a', 'b'],
		rows,
	);
	expect(drop.rejected[0]?.issues[0]?.message).toBe('Dropped, because "a" equals 1');
});

test.each([
	[
		{ field: 'x', operator: 'equals' },
		'RUN_CONFIG',
		'The condition on "x" needs a value to compare with',
	],
	[
		{ field: 'y', operator: 'is-empty' },
		'RUN_NO_COLUMN',
		'There is no column "y"; the columns are "x"',
	],
	[
		{ field: 'x', operator: 'matches', value: '(' },
		'RUN_CONFIG',
		expect.stringContaining('"(" is not a regular expression'),
	],
	[
		{ field: 'x', operator: 'like', value: 'a' },
		'RUN_CONFIG',
		expect.stringContaining('"conditions[0].operator" must be one of equals'),
	],
])('%j is refused', async (condition, code, message) => {
	await expect(
		applyOperation('filter-rows', { conditions: [condition] }, ['x'], []),
	).rejects.toMatchObject({ code, message });
});
