import type { Cell, Column } from '../../../engine/dataset';
import { stepCompilers, type FitOptions } from '../../../engine/fields';
import { applyStep, cellsOf } from './apply-step';

const compiler = stepCompilers.find(({ kind }) => kind === 'fit');
if (compiler === undefined) throw new Error('no fit step');

const fit = (options: FitOptions, columns: Column[], rows: Cell[][]) =>
	applyStep(compiler, options, columns, rows);

test('S133: columns are brought into the type of the table, others are left alone', async () => {
	const batch = await fit(
		{
			columns: [
				{ name: 'amount', type: 'decimal' },
				{ name: 'elsewhere', type: 'integer' },
			],
		},
		[
			{ name: 'amount', type: 'decimal', format: { decimalSign: ',' } },
			{ name: 'note', type: 'text' },
		],
		[['1.234,50', ' x ']],
	);
	expect(cellsOf(batch)).toEqual([[1234.5, ' x ']]);
	expect(batch.columns).toEqual([
		{ name: 'amount', type: 'decimal' },
		{ name: 'note', type: 'text' },
	]);
	expect(batch.rows[0]?.source).toEqual(['1.234,50', ' x ']);
});

test('S133: what the table cannot hold is rejected before it is sent', async () => {
	const batch = await fit(
		{
			columns: [
				{ name: 'code', type: 'text', maxLength: 3, nullable: false },
				{ name: 'price', type: 'decimal', precision: 5, scale: 2 },
				{ name: 'count', type: 'integer', min: '-32768', max: '32767' },
				{ name: 'status', options: ['open', 'closed'] },
			],
		},
		[
			{ name: 'code', type: 'text' },
			{ name: 'price', type: 'decimal' },
			{ name: 'count', type: 'integer' },
			{ name: 'status', type: 'text' },
		],
		[
			['abcd', 12345.5, 40000, 'Opn'],
			[null, 1.005, 1, 'Closed'],
			['abc', 1.25, 2, 'open'],
		],
	);
	expect(cellsOf(batch)).toEqual([['abc', 1.25, 2, 'open']]);
	expect(
		batch.rejected.map(({ issues }) => issues.map(({ code, field }) => `${code} ${field ?? ''}`)),
	).toEqual([
		['CELL_LENGTH code', 'CELL_RANGE price', 'CELL_RANGE count', 'CELL_OPTION status'],
		['WRITE_NOT_NULL code', 'CELL_RANGE price'],
	]);
	expect(batch.rejected[1]?.source).toEqual([null, 1.005, 1, 'Closed']);
});

test('an empty cell is no error where the database has a default or takes null', async () => {
	const batch = await fit(
		{
			columns: [
				{ name: 'a', type: 'text', nullable: false, hasDefault: true },
				{ name: 'b', type: 'integer', nullable: true },
				{ name: 'c', type: 'integer' },
			],
		},
		[{ name: 'a' }, { name: 'b' }, { name: 'c' }],
		[['', ' ', null]],
	);
	expect(cellsOf(batch)).toEqual([[null, null, null]]);
});

test('a column that is right already is not looked at', async () => {
	const cells = [{} as unknown as Cell];
	const batch = await fit(
		{ columns: [{ name: 'a', type: 'integer', nullable: true }] },
		[{ name: 'a', type: 'integer' }],
		[cells],
	);
	expect(batch.rows[0]).toEqual({ number: 2, cells: [{}] });
});

test('settings that describe the table otherwise are ignored, and null is a setting left out', async () => {
	const described = {
		name: 'a',
		type: null,
		databaseType: 'citext',
		generated: false,
		maxLength: null,
	};
	const batch = await applyStep(compiler, { columns: [described] }, [{ name: 'a' }], [['x']]);
	expect(cellsOf(batch)).toEqual([['x']]);
});
