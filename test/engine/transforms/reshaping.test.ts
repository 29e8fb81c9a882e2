import fs from 'node:fs';
import { addStep, head, openRows, run, type Cell } from '../../../engine';
import { applyOperation } from './apply-operation';
import { cellsOf } from '../fields/apply-step';

/** The folders of temporary files that are made from now on. */
function watchSpillFolders(): { made: () => string[]; left: () => string[] } {
	const spy = jest.spyOn(fs, 'mkdtempSync');
	const made = () => spy.mock.results.map(({ value }) => String(value));
	return { made, left: () => made().filter((folder) => fs.existsSync(folder)) };
}

afterEach(() => jest.restoreAllMocks());

describe('sort', () => {
	test('ranks numbers by value, texts without case and accents, and puts empty cells last', async () => {
		const sorted = async (cells: Cell[], direction: string, type?: 'decimal') =>
			cellsOf(
				await applyOperation(
					'sort',
					{ by: [{ field: 'x', direction }] },
					[{ name: 'x', ...(type && { type }) }],
					cells.map((cell) => [cell]),
				),
			).flat();
		expect(await sorted(['10', '9', '', '-1.5', null], 'ascending', 'decimal')).toEqual([
			'-1.5',
			'9',
			'10',
			'',
			null,
		]);
		expect(await sorted(['zoe', 'Émil', 'emil', 'Ada', ''], 'descending')).toEqual([
			'zoe',
			'Émil',
			'emil',
			'Ada',
			'',
		]);
	});

	test('keeps rows with the same key in the order of the file', async () => {
		const rows = [
			['b', 1],
			['a', 2],
			['b', 3],
			['a', 4],
		];
		const batch = await applyOperation('sort', { by: [{ field: 'k' }] }, ['k', 'n'], rows);
		expect(cellsOf(batch).map(([, n]) => n)).toEqual([2, 4, 1, 3]);
		expect(batch.rows.map(({ number }) => number)).toEqual([3, 5, 2, 4]);
	});

	test('the steps behind it get its rows, and its file is gone afterwards', async () => {
		const folders = watchSpillFolders();
		const rows = Array.from({ length: 3000 }, (_, i) => [(i * 7919) % 3000, `n${i}`]);
		let dataset = openRows([{ name: 'k' }, { name: 'n' }], rows);
		dataset = addStep(dataset, { kind: 'sort', version: 1, options: { by: [{ field: 'k' }] } });
		dataset = addStep(dataset, {
			kind: 'filter-rows',
			version: 1,
			options: { conditions: [{ field: 'k', operator: 'less', value: '5' }] },
		});
		const kept: Cell[] = [];
		let seen = 0;
		for await (const batch of run(dataset)) {
			kept.push(...batch.rows.map(({ cells }) => cells[0] ?? null));
			seen += batch.rows.length + batch.rejected.length;
		}
		expect(kept).toEqual([0, 1, 2, 3, 4]);
		expect(seen).toBe(3000);
		expect((await head(dataset, 2)).rows.map(({ cells }) => cells[0])).toEqual([0, 1]);
		expect(folders.made().length).toBeGreaterThan(0);
		expect(folders.left()).toEqual([]);
	});

	test('a run that is left early removes its file too', async () => {
		const folders = watchSpillFolders();
		const rows = Array.from({ length: 2000 }, (_, i) => [i]);
		const step = { kind: 'sort', version: 1, options: { by: [{ field: 'k' }] } };
		for await (const batch of run(addStep(openRows([{ name: 'k' }], rows), step))) {
			if (batch.rows.length > 0) break;
		}
		expect(folders.made()).toHaveLength(1);
		expect(folders.left()).toEqual([]);
	});
});

describe('remove-duplicates', () => {
	const rows = [
		['a@b.c', 1],
		[' A@B.C ', 2],
		['', 3],
		[null, 4],
		['a@b.c', 5],
	];
	const remove = (options: object) =>
		applyOperation('remove-duplicates', { fields: ['mail'], ...options }, ['mail', 'n'], rows);

	test.each([
		['first', [1, 3, 4], [3, 6]],
		['last', [3, 4, 5], [2, 3]],
	])('keeps the %s', async (keep, stay, go) => {
		const batch = await remove({ keep });
		expect(cellsOf(batch).map(([, n]) => n)).toEqual(stay);
		expect(batch.rejected.map(({ number }) => number)).toEqual(go);
		for (const { outcome, issues } of batch.rejected) {
			expect({ outcome, code: issues[0]?.code }).toEqual({
				outcome: 'skipped',
				code: 'ROW_DUPLICATE',
			});
		}
	});

	test('S105: names the row that stays', async () => {
		const { rejected } = await remove({});
		expect(rejected[0]?.issues[0]).toMatchObject({
			message: 'Row 3 has the same mail as row 2',
			column: 'mail',
			value: ' A@B.C ',
		});
	});

	test('fails the later ones', async () => {
		const batch = await remove({ keep: 'none' });
		expect(batch.rejected).toMatchObject([
			{ number: 3, outcome: 'failed' },
			{ number: 6, outcome: 'failed' },
		]);
	});

	test('with case, and with empty keys', async () => {
		const batch = await remove({ ignoreCase: false, ignoreEmpty: false });
		expect(cellsOf(batch).map(([, n]) => n)).toEqual([1, 2, 3]);
	});
});

describe('explode', () => {
	const explode = async (cell: Cell, options: object) =>
		applyOperation('explode', { field: 'x', ...options }, ['x', 'y'], [[cell, 'y']]);

	test.each<[Cell, object, Cell[]]>([
		['a; b;;c', {}, ['a', 'b', 'c']],
		['a; b;;c', { dropEmpty: false }, ['a', 'b', '', 'c']],
		['a\nb', { delimiter: '\\n' }, ['a', 'b']],
		['["a",1,null]', { form: 'json' }, ['a', 1]],
		['{"a":1}', { form: 'json' }, [{ a: 1 }]],
		[null, {}, [null]],
		[';;', {}, [';;']],
	])('%j with %j', async (cell, options, expected) => {
		const batch = await explode(cell, options);
		expect(cellsOf(batch).map(([x]) => x)).toEqual(expected);
	});

	test('the parts know their row and their place', async () => {
		const { rows } = await explode('a;b', {});
		expect(rows.map(({ number, part, source }) => ({ number, part, source }))).toEqual([
			{ number: 2, part: 1, source: ['a;b', 'y'] },
			{ number: 2, part: 2, source: ['a;b', 'y'] },
		]);
	});

	test('what is no JSON fails its row', async () => {
		const { rows, rejected } = await explode('[1,', { form: 'json' });
		expect(rows).toEqual([]);
		expect(rejected).toMatchObject([{ issues: [{ code: 'CELL_JSON', column: 'x' }] }]);
	});
});

describe('unpivot', () => {
	test('S131: three grades become three rows, each with its term', async () => {
		const batch = await applyOperation(
			'unpivot',
			{ fields: ['Fall', 'Winter', 'Spring'], nameField: 'Term', valueField: 'Grade' },
			['Student', 'Fall', 'Winter', 'Spring', 'School'],
			[
				['Ada', 'A', 'B', 'A', 'North'],
				['Bo', null, '', null, 'South'],
			],
		);
		expect(batch.columns.map(({ name }) => name)).toEqual(['Student', 'School', 'Term', 'Grade']);
		expect(cellsOf(batch)).toEqual([
			['Ada', 'North', 'Fall', 'A'],
			['Ada', 'North', 'Winter', 'B'],
			['Ada', 'North', 'Spring', 'A'],
			['Bo', 'South', null, null],
		]);
	});

	test('refuses a name that is taken', async () => {
		const options = { fields: ['a'], nameField: 'b' };
		await expect(applyOperation('unpivot', options, ['a', 'b'], [])).rejects.toThrow(/already/);
	});
});

describe('group', () => {
	test.each<[string, Cell[], Cell]>([
		['sum', [0.1, 0.2, null, '0.3'], 0.6],
		['sum', ['12345678901234567890.5', 1], '12345678901234567891.5'],
		['sum', [null], null],
		['average', [1, 2], 1.5],
		['count', ['x', '', null, 0], 2],
		['min', [10, 9, null], 9],
		['max', ['10', '9'], '10'],
		['first', [null, 'b', 'c'], 'b'],
		['last', ['b', 'c', ''], 'c'],
		['join', ['a', 'a', 'b'], 'a, a, b'],
		['distinct', ['a', 'a', 'b'], 'a, b'],
	])('%s of %j is %j', async (aggregation, cells, expected) => {
		const batch = await applyOperation(
			'group',
			{ fields: ['g'], values: [{ field: 'x', aggregation }] },
			['g', { name: 'x', type: 'decimal' }],
			cells.map((cell) => ['one', cell]),
		);
		expect(cellsOf(batch)).toEqual([['one', expected]]);
	});

	test('every row but the first of its group is skipped, with the row that stands for it', async () => {
		const rows = ['b', 'a', 'B'].map((key) => [key, 1]);
		const options = { fields: ['g'], values: [{ field: 'n', aggregation: 'sum', name: 'N' }] };
		const batch = await applyOperation('group', options, ['g', 'n'], rows);
		expect(cellsOf(batch)).toEqual([
			['a', 1],
			['b', 2],
		]);
		expect(batch.rejected).toMatchObject([
			{
				number: 4,
				outcome: 'skipped',
				issues: [{ code: 'ROW_GROUPED', message: 'Row 4 is part of the group of row 2' }],
			},
		]);
	});
});

describe('pivot', () => {
	test('a name that no column was made for fails its row', async () => {
		const options = { fields: ['s'], nameField: 't', valueField: 'v', names: 'Fall\nWinter' };
		const batch = await applyOperation(
			'pivot',
			options,
			['s', 't', 'v'],
			[
				['Ada', 'Fall', 3],
				['Ada', 'Fall', 4],
				['Ada', 'Summer', 5],
			],
		);
		expect(cellsOf(batch)).toEqual([['Ada', 7, null]]);
		expect(batch.rejected).toMatchObject([
			{ number: 4, outcome: 'failed', issues: [{ code: 'CELL_OPTION', value: 'Summer' }] },
			{ number: 3, outcome: 'skipped' },
		]);
	});
});
