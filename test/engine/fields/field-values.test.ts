import type { Cell, Column } from '../../../engine/dataset';
import { stepCompilers, type FieldSpec, type MapOptions } from '../../../engine/fields';
import { ImportError } from '../../../engine/issues';
import { applyStep, cellsOf } from './apply-step';

const compiler = stepCompilers.find(({ kind }) => kind === 'map')!;

const columns: Column[] = [
	{ name: 'Street', type: 'text' },
	{ name: 'City', type: 'text' },
	{ name: 'Country', type: 'text' },
	{ name: 'No', type: 'integer' },
];

const map = (
	fields: FieldSpec[],
	rows: Cell[][],
	options: Partial<MapOptions> = {},
	from = columns,
) => applyStep(compiler, { fields, ...options }, from, rows);

const compileError = (fields: FieldSpec[], options: Partial<MapOptions> = {}) => {
	try {
		compiler.compile({ kind: 'map', version: 1, options: { fields, ...options } }, columns);
	} catch (error) {
		if (error instanceof ImportError) return { code: error.code, message: error.message };
	}
	throw new Error('no ImportError');
};

const firstField = async (field: Omit<FieldSpec, 'name'>, rows: Cell[][]) => {
	const batch = await map([{ name: 'f', ...field }], rows);
	return {
		cells: cellsOf(batch).map(([cell]) => cell),
		codes: batch.rejected.map(({ number, issues }) => [number, ...issues.map(({ code }) => code)]),
		warnings: batch.issues.map(({ code, severity, row, message }) => ({
			code,
			severity,
			row,
			message,
		})),
	};
};

test('S129: several columns are joined; empty cells leave no separator behind', async () => {
	const { cells } = await firstField({ columns: ['Street', 'City', 'No'], separator: ', ' }, [
		['Main St', ' Oslo ', null, 7],
		['', 'Oslo', null, null],
		[null, ' ', null, null],
	]);
	expect(cells).toEqual(['Main St, Oslo, 7', 'Oslo', null]);
});

test('S129: a text with columns in braces is filled; it is empty where all its columns are', async () => {
	const { cells } = await firstField({ textTemplate: '{{{Street}}} no. {No}, {City}' }, [
		['Main St', 'Oslo', null, 7],
		['', null, null, ''],
	]);
	expect(cells).toEqual(['{Main St} no. 7, Oslo', null]);
});

test('S71: a constant is the same for every row, in the type of the field', async () => {
	const batch = await map(
		[
			{ name: 'city', column: 'City' },
			{ name: 'owner', constant: 'ada' },
			{ name: 'since', constant: '31.12.2026', type: 'date', format: { dateOrder: 'dmy' } },
		],
		[['', 'Oslo', '', 1]],
	);
	expect(cellsOf(batch)).toEqual([['Oslo', 'ada', '2026-12-31']]);
});

test('an expression sees the whole row; where it fails, the row fails', async () => {
	const { cells, codes } = await firstField(
		{ expression: '$number(Street) * No', type: 'integer' },
		[
			['6', '', '', 7],
			['six', '', '', 7],
		],
	);
	expect(cells).toEqual([42]);
	expect(codes).toEqual([[3, 'CELL_EXPRESSION']]);
});

test.each([
	['both', undefined, ['x', 'x']],
	['a missing column', 'missing', ['', 'x']],
	['an empty cell', 'empty', ['x', null]],
] as const)('S70: the default is taken for %s', async (_, defaultWhen, expected) => {
	const batch = await map(
		[
			{ name: 'a', column: 'City', default: 'x', defaultWhen },
			{ name: 'b', default: 'x', defaultWhen },
		],
		[['', '', '', 1]],
	);
	expect(cellsOf(batch)).toEqual([expected]);
});

const countries: FieldSpec['values'] = [
	{ from: 'Germany', to: 'DE' },
	{ from: 'Deutschland', to: 'DE' },
	{ from: 'France', to: 'FR' },
];
const fromCountries: Cell[][] = ['germany', ' DEUTSCHLAND ', 'fr', 'Frnace', ''].map((country) => [
	'',
	'',
	country,
	1,
]);

test('labels become codes, codes stay, unknown values fail with a suggestion', async () => {
	const batch = await map(
		[{ name: 'country', column: 'Country', values: countries }],
		fromCountries,
	);
	expect(cellsOf(batch)).toEqual([['DE'], ['DE'], ['FR'], ['']]);
	expect(batch.rejected[0]!.issues[0]).toMatchObject({
		code: 'CELL_OPTION',
		row: 5,
		value: 'Frnace',
		message: '"Frnace" is not one of Germany, Deutschland, France; did you mean "France"?',
	});
});

test.each([
	['empty', null],
	['keep', 'Frnace'],
	['default', 'XX'],
] as const)('values that are not in the map: %s', async (others, expected) => {
	const field = {
		column: 'Country',
		values: countries,
		others,
		...(others === 'default' && { default: 'XX', defaultWhen: 'missing' as const }),
	};
	const { cells, codes, warnings } = await firstField(field, fromCountries);
	expect(cells).toEqual(['DE', 'DE', 'FR', expected, '']);
	expect(codes).toEqual([]);
	expect(warnings.map(({ code, severity, row }) => ({ code, severity, row }))).toEqual(
		others === 'empty' ? [{ code: 'CELL_OPTION', severity: 'warning', row: 5 }] : [],
	);
});

test('an option list may let other values pass', async () => {
	const options = ['low', 'high'];
	const rows: Cell[][] = [
		['HIGH', '', '', 1],
		['middle', '', '', 1],
	];
	expect(
		(await firstField({ column: 'Street', options, others: 'default', default: 'low' }, rows))
			.cells,
	).toEqual(['high', 'low']);
	expect((await firstField({ column: 'Street', options, others: 'keep' }, rows)).cells).toEqual([
		'high',
		'middle',
	]);
	expect((await firstField({ column: 'Street', options }, rows)).codes).toEqual([
		[3, 'CELL_OPTION'],
	]);
});

test('values may become numbers and booleans, which then have to fit the type', async () => {
	const values = [
		{ from: 'ja', to: true },
		{ from: 'nein', to: false },
	];
	const { cells } = await firstField({ column: 'City', values, type: 'boolean' }, [
		['', 'JA', '', 1],
		['', 'nein', '', 1],
	]);
	expect(cells).toEqual([true, false]);
});

test('a value may stand once only: the first row stays, later ones name it', async () => {
	const batch = await map(
		[{ name: 'mail', column: 'City', unique: 'ignoreCase', required: true }],
		[
			['', 'a@b.de', '', 1],
			['', 'c@d.de', '', 2],
			['', 'A@B.de ', '', 3],
		],
	);
	expect(cellsOf(batch)).toEqual([['a@b.de'], ['c@d.de']]);
	expect(batch.rejected).toMatchObject([
		{
			number: 4,
			outcome: 'failed',
			issues: [
				{ code: 'CELL_NOT_UNIQUE', row: 4, column: 'City', field: 'mail', value: 'A@B.de ' },
			],
		},
	]);
	expect(batch.rejected[0]!.issues[0]!.message).toContain('row 2');
});

test('a row that fails takes no value away from later rows; empty values are not compared', async () => {
	const batch = await map(
		[
			{ name: 'a', column: 'City', unique: true },
			{ name: 'n', column: 'No', type: 'integer', unique: true },
		],
		[
			['', 'x', '', 'no number'],
			['', 'x', '', 1],
			['', '', '', null],
			['', null, '', null],
			['', 'X', '', '1'],
		],
	);
	expect(cellsOf(batch)).toEqual([
		['x', 1],
		['', null],
		[null, null],
	]);
	expect(batch.rejected.map(({ number, issues }) => [number, issues[0]!.code])).toEqual([
		[2, 'CELL_NUMBER'],
		[6, 'CELL_NOT_UNIQUE'],
	]);
});

test('texts have a least length and a pattern', async () => {
	const { cells, codes } = await firstField({ column: 'City', minLength: 2, pattern: '^[A-Z]+$' }, [
		['', 'AB', '', 1],
		['', 'A', '', 1],
		['', 'ab', '', 1],
		['', null, '', 1],
	]);
	expect(cells).toEqual(['AB', null]);
	expect(codes).toEqual([
		[3, 'CELL_LENGTH'],
		[4, 'CELL_PATTERN'],
	]);
});

test('S61: columns without a field are an error where that is asked for, unless they are skipped', () => {
	const fields = [{ name: 'place', textTemplate: '{Street}, {City}' }];
	expect(compileError(fields, { unmapped: 'error', skipped: ['No'] })).toEqual({
		code: 'HEADER_UNMAPPED',
		message: 'No field takes "Country"',
	});
});

test('columns that an expression names are not kept once more', async () => {
	const batch = await map([{ name: 'x', expression: '$uppercase(City)' }], [['a', 'b', 'c', 1]], {
		unmapped: 'keep',
		skipped: ['No'],
	});
	expect(batch.columns.map(({ name }) => name)).toEqual(['x', 'Street', 'Country']);
});

test.each<[string, FieldSpec, string, string]>([
	[
		'two sources',
		{ name: 'f', column: 'City', constant: 'x' },
		'RUN_CONFIG',
		'The field "f" takes its values from column and constant; it can have one of them',
	],
	[
		'a column that is not there',
		{ name: 'f', textTemplate: '{Town}' },
		'RUN_NO_COLUMN',
		'There is no column "Town" for the field "f"; the columns are "Street", "City", "Country", "No"',
	],
	[
		'an open brace',
		{ name: 'f', textTemplate: '{City' },
		'RUN_CONFIG',
		'A brace is not closed in the text "{City"',
	],
	[
		'a constant that does not fit',
		{ name: 'f', constant: 'x', type: 'integer' },
		'RUN_CONFIG',
		'The constant of the field "f" does not fit: "x" is not a number',
	],
	[
		'a value that is there twice',
		{
			name: 'f',
			column: 'City',
			values: [
				{ from: 'a', to: '1' },
				{ from: 'A', to: '2' },
			],
		},
		'RUN_CONFIG',
		'The value "A" is there twice in the values of the field "f"',
	],
	[
		'a required field with a default for empty cells only',
		{ name: 'f', required: true, default: 'x', defaultWhen: 'empty' },
		'RUN_REQUIRED',
		'The field "f" needs a value, and has neither a column nor a default',
	],
	[
		'a pattern that is none',
		{ name: 'f', column: 'City', pattern: '(' },
		'RUN_CONFIG',
		'"(" is not a regular expression: Invalid regular expression: /(/u: Unterminated group',
	],
])('%s is said before the first row', (_, field, code, message) => {
	expect(compileError([field, { name: 'ok', column: 'No' }])).toEqual({ code, message });
});

test('a value is known again however many came before it, and whether it is long or short', async () => {
	const long = (i: number) => `${'x'.repeat(80)}${i}`;
	const rows: Cell[][] = Array.from({ length: 100_010 }, (_, i) => ['', `v${i}`, '', i]);
	rows.push(['', 'v3', '', 1], ['', 'v100005', '', 1], ['', long(1), '', 1], ['', long(2), '', 1]);
	rows.push(['', long(1), '', 1]);
	const batch = await map([{ name: 'v', column: 'City', unique: true }], rows);
	expect(batch.rejected.map(({ issues }) => issues[0]!.message.match(/row \d+/)![0])).toEqual([
		'row 5',
		'row 100007',
		'row 100014',
	]);
});
