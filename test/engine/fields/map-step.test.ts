import type { Cell, Column } from '../../../engine/dataset';
import { mapStep, stepCompilers, type MapOptions } from '../../../engine/fields';
import { ImportError } from '../../../engine/issues';
import { applyStep, cellsOf } from './apply-step';

const compiler = stepCompilers.find(({ kind }) => kind === 'map');
if (compiler === undefined) throw new Error('no map step');

const columns: Column[] = [
	{ name: 'Name', type: 'text' },
	{ name: 'Joined', type: 'date', format: { dateOrder: 'dmy' } },
	{ name: 'Balance', type: 'decimal', format: { decimalSign: ',' } },
];

const map = (options: MapOptions, rows: Cell[][], from = columns) =>
	applyStep(compiler, options, from, rows);

const compileError = (options: object): ImportError => {
	try {
		compiler.compile({ kind: 'map', version: 1, options: { ...options } }, columns);
	} catch (error) {
		if (error instanceof ImportError) return error;
	}
	throw new Error('no ImportError');
};

test('S30, S124: columns become fields: in their order, under their names, in their types', async () => {
	const batch = await map(
		{
			fields: [
				{ name: 'balance', column: 'Balance', type: 'decimal' },
				{ name: 'joined', column: 'Joined', type: 'date' },
				{ name: 'name', column: 'Name', type: 'text' },
			],
		},
		[['Ada', '31.12.2024', '1.234,50']],
	);
	expect(batch.columns).toEqual([
		{ name: 'balance', type: 'decimal' },
		{ name: 'joined', type: 'date' },
		{ name: 'name', type: 'text' },
	]);
	expect(batch.rows).toEqual([
		{
			number: 2,
			cells: [1234.5, '2024-12-31', 'Ada'],
			source: ['Ada', '31.12.2024', '1.234,50'],
		},
	]);
});

test('a field without a type keeps the cells, and the column says how they are written', async () => {
	const batch = await map({ fields: [{ name: 'joined', column: 'Joined' }] }, [
		['Ada', ' 1.2.24', ''],
	]);
	expect(batch.columns).toEqual([{ name: 'joined', type: 'date', format: { dateOrder: 'dmy' } }]);
	expect(cellsOf(batch)).toEqual([[' 1.2.24']]);
});

test('all that is wrong with a row is said at once, and the row is rejected with its cells as read', async () => {
	const batch = await map(
		{
			fields: [
				{ name: 'name', column: 'Name', required: true },
				{ name: 'joined', column: 'Joined', type: 'date' },
				{ name: 'balance', column: 'Balance', type: 'decimal' },
			],
		},
		[
			[' ', '31.02.2024', 'much'],
			['Ada', '31.12.2024', '5'],
		],
	);
	expect(cellsOf(batch)).toEqual([['Ada', '2024-12-31', 5]]);
	expect(batch.rejected).toHaveLength(1);
	const [rejected] = batch.rejected;
	expect(rejected).toMatchObject({
		number: 2,
		source: [' ', '31.02.2024', 'much'],
		outcome: 'failed',
	});
	expect(rejected?.issues).toMatchObject([
		{
			code: 'CELL_REQUIRED',
			severity: 'error',
			row: 2,
			column: 'Name',
			field: 'name',
			message: 'The field "name" needs a value, and the cell is empty',
		},
		{
			code: 'CELL_DATE',
			row: 2,
			column: 'Joined',
			field: 'joined',
			value: '31.02.2024',
			message: '"31.02.2024" is not a date (day first)',
		},
		{
			code: 'CELL_NUMBER',
			row: 2,
			column: 'Balance',
			field: 'balance',
			value: 'much',
			message: '"much" is not a number (decimal comma)',
		},
	]);
});

test('the default is taken when the cell is empty or the field has no column', async () => {
	const batch = await map(
		{
			fields: [
				{ name: 'name', column: 'Name', default: 'unknown' },
				{ name: 'source', default: 'import' },
				{ name: 'since', type: 'date', default: '2024-01-31', required: true },
				{ name: 'nothing' },
			],
		},
		[
			['Ada', '', ''],
			['', '', ''],
		],
	);
	expect(cellsOf(batch)).toEqual([
		['Ada', 'import', '2024-01-31', null],
		['unknown', 'import', '2024-01-31', null],
	]);
});

test('columns without a field are left out, or kept behind the fields under a free name', async () => {
	const fields = [{ name: 'Balance', column: 'Name' }];
	expect((await map({ fields }, [['Ada', 'x', 'y']])).columns).toEqual([
		{ name: 'Balance', type: 'text' },
	]);
	const kept = await map({ fields, unmapped: 'keep' }, [['Ada', 'x', 'y']]);
	expect(kept.columns.map(({ name }) => name)).toEqual(['Balance', 'Joined', 'Balance_2']);
	expect(cellsOf(kept)).toEqual([['Ada', 'x', 'y']]);
});

test('a source that an earlier step kept stays', async () => {
	const compiled = compiler.compile(
		mapStep({ fields: [{ name: 'n', column: 'Name', type: 'integer' }] }),
		columns,
	);
	const source = ['as read'];
	const batch = {
		columns,
		rows: [
			{ number: 7, cells: ['1'], source },
			{ number: 8, cells: ['x'], source },
		],
		rejected: [],
		issues: [],
	};
	await compiled.apply(batch);
	expect(batch.rows).toEqual([{ number: 7, cells: [1], source }]);
	expect(batch.rejected).toMatchObject([{ number: 8, source }]);
});

test.each<[string, object, string, string]>([
	[
		'a column that is not there',
		{ fields: [{ name: 'a', column: 'Nme' }] },
		'RUN_NO_COLUMN',
		'There is no column "Nme" for the field "a"; the columns are "Name", "Joined", "Balance"',
	],
	[
		'no column and no default',
		{ fields: [{ name: 'a' }] },
		'RUN_NO_MAPPING',
		'No field has a column or a default',
	],
	['no field', { fields: [] }, 'RUN_NO_MAPPING', 'No field has a column or a default'],
	['no list of fields', {}, 'RUN_CONFIG', 'The option "fields" must be a list'],
	[
		'a required field without a source',
		{
			fields: [
				{ name: 'a', column: 'Name' },
				{ name: 'b', required: true },
			],
		},
		'RUN_REQUIRED',
		'The field "b" needs a value, and has neither a column nor a default',
	],
	[
		'two fields of a name',
		{
			fields: [
				{ name: 'a', column: 'Name' },
				{ name: 'a', column: 'Joined' },
			],
		},
		'RUN_CONFIG',
		'The field "a" is there twice',
	],
	[
		'an unknown type',
		{ fields: [{ name: 'a', column: 'Name', type: 'txt' }] },
		'RUN_CONFIG',
		'"type" of the field "a" must be one of text, integer, decimal, boolean, date, date-time, time, email, phone, url, json',
	],
	[
		'an unknown order',
		{ fields: [{ name: 'a', column: 'Name', format: { dateOrder: 'ydm' } }] },
		'RUN_CONFIG',
		'"dateOrder" of the field "a" must be ymd, dmy or mdy',
	],
	[
		'a default that does not fit',
		{ fields: [{ name: 'a', column: 'Name', type: 'integer', default: 'x' }] },
		'RUN_CONFIG',
		'The default of the field "a" does not fit: "x" is not a number',
	],
	[
		'a date pattern that is none',
		{ fields: [{ name: 'a', column: 'Name', type: 'date', format: { datePattern: 'dd.MM.' } }] },
		'RUN_CONFIG',
		'The date pattern "dd.MM." has no year (yyyy)',
	],
])('%s is said before the first row', (_, options, code, message) => {
	const error = compileError(options);
	expect({ code: error.code, message: error.message }).toEqual({ code, message });
});

test('an unknown version of the step is refused', () => {
	expect(() =>
		compiler.compile({ kind: 'map', version: 2, options: { fields: [] } }, columns),
	).toThrow('Version 2 of the map step is not known');
});
