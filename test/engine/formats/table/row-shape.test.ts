import type { Cell, RawBatch } from '../../../../engine';
import { decideTable, TableRows, type RowFault } from '../../../../engine/formats/table';
import { readAll } from '../../read-all';
import { grid } from './grid';

const RAGGED = 'a,b,c\n1,2\n1,2,3,4\n1,2,3,\n1,2,3\n';

describe('rows that are not as long as the header', () => {
	test('short rows are rejected where that is set, with what stands in the file', async () => {
		const { rows, rejected, issues } = await readAll(RAGGED, { shortRows: 'reject' });
		expect(rows).toHaveLength(2);
		expect(issues).toEqual([]);
		expect(rejected[0]).toMatchObject({
			number: 2,
			source: ['1', '2'],
			raw: '1,2',
			outcome: 'failed',
			issues: [{ code: 'ROW_SHORT', severity: 'error', row: 2, column: 'c' }],
		});
	});

	test.each([
		[{ shortRows: 'stop' }, 'ROW_SHORT', 2],
		[{ longRows: 'stop' }, 'ROW_LONG', 3],
	] as const)('the import stops where that is set: %j', async (options, code, row) => {
		await expect(readAll(RAGGED, options)).rejects.toMatchObject({ code, issue: { row } });
	});

	test('long rows are kept where that is set, and their values get columns', async () => {
		const { columns, rows, rejected } = await readAll(RAGGED, { longRows: 'keep' });
		expect(columns).toEqual(['a', 'b', 'c', 'Column D']);
		expect(rows).toContainEqual(['1', '2', '3', '4']);
		expect(rejected).toEqual([]);
	});

	test('a long row far below the head widens the table as well', async () => {
		const { columns, rows } = await readAll(`a,b\n${'1,2\n'.repeat(5000)}1,2,3,4\n`, {
			longRows: 'keep',
		});
		expect(columns).toEqual(['a', 'b', 'Column C', 'Column D']);
		expect(rows.at(-1)).toEqual(['1', '2', '3', '4']);
	});

	test('a rejected row names its line where cells hold line breaks', async () => {
		const { rejected } = await readAll('a,b\n1,"x\ny"\n1,2,3\n1,2\n1,2\n');
		expect(rejected).toMatchObject([
			{ number: 3, line: 4, raw: '1,2,3', issues: [{ code: 'ROW_LONG', row: 3, line: 4 }] },
		]);
	});

	test('lines that all end with a delimiter make no column', async () => {
		const { columns, rows, issues } = await readAll('Id;Name;\n1;Ann;\n2;Bob;\n');
		expect(columns).toEqual(['Id', 'Name']);
		expect(rows).toEqual([
			['1', 'Ann'],
			['2', 'Bob'],
		]);
		expect(issues).toEqual([]);
	});

	test('every row has one outcome, and a limit counts all of them', async () => {
		const { rows, rejected } = await readAll(RAGGED, { limit: 2 });
		expect([rows.length, rejected.length]).toEqual([1, 1]);
	});
});

describe('rows of a sheet', () => {
	const source = { kind: 'sheet', sheet: 'One' } as const;

	function readRows(rows: Array<[number, Cell[], RowFault[]?]>): RawBatch {
		const head = grid('|||\n|Name|Age|Town\n|Ann|5|Bonn\n|Bob|6|Ulm');
		const { layout, columns } = decideTable(head, false, {}, source);
		const table = new TableRows(layout, columns, {}, source);
		const batch: RawBatch = { rows: [], rejected: [], issues: [] };
		for (const [number, cells, faults] of rows) table.add(batch, number, cells, undefined, faults);
		table.end(batch);
		return batch;
	}

	test('what a row leaves out is empty, and no warning', () => {
		const { rows, issues } = readRows([
			[3, [null, 'Ann', 5, 'Bonn']],
			[5, [null, 'Bob', 6]],
		]);
		expect(rows).toMatchObject([
			{ number: 3, cells: ['Ann', 5, 'Bonn'] },
			{ number: 5, cells: ['Bob', 6, null] },
		]);
		expect(issues).toEqual([]);
	});

	test.each([
		['right of the table', [null, 'Ann', 5, 'Bonn', null, 'x'], 'F3'],
		['left of the table', ['x', 'Ann', 5, 'Bonn'], 'A3'],
	])('a value %s rejects the row', (_, cells, cell) => {
		expect(readRows([[3, cells]]).rejected).toMatchObject([
			{ number: 3, issues: [{ code: 'ROW_LONG', sheet: 'One', row: 3, cell, value: 'x' }] },
		]);
	});

	test('a fault rejects the row and names its cell', () => {
		const fault = {
			column: 2,
			code: 'CELL_FORMULA_ERROR',
			message: 'C3 is #REF!',
			value: '#REF!',
		} as const;
		expect(readRows([[3, [null, 'Ann', '#REF!', 'Bonn'], [fault]]]).rejected).toMatchObject([
			{
				outcome: 'failed',
				issues: [{ code: 'CELL_FORMULA_ERROR', column: 'Age', cell: 'C3', sheet: 'One' }],
			},
		]);
	});
});
