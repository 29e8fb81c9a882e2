import type { Cell, RawBatch } from '../../../../engine';
import { decideTable, TableRows, type RowFault } from '../../../../engine/formats/table';
import { readAll } from '../../read-all';
import { decide, grid, names, value } from './grid';

const TWO = [
	'Id|Name||Room|Seats|Floor',
	'1|Ann||A1|30|2',
	'2|Bob||B2|25|1',
	'3|Ute||||',
	'4|Udo||||',
].join('\n');

describe('tables side by side', () => {
	test('the first is read, the others are listed and named', async () => {
		const { dataset, columns, rows, rejected, issues } = await readAll(TWO.replaceAll('|', ';'));
		expect(columns).toEqual(['Id', 'Name']);
		expect(rows).toEqual([
			['1', 'Ann'],
			['2', 'Bob'],
			['3', 'Ute'],
			['4', 'Udo'],
		]);
		expect([...rejected, ...issues]).toEqual([]);
		expect(dataset.source).toMatchObject({
			issues: [
				{
					code: 'FILE_PARTLY_READ',
					message: 'Another table stands beside the one that is read: columns D to F are not read',
				},
			],
			decisions: expect.arrayContaining([
				expect.objectContaining({
					subject: 'tables',
					value: 2,
					evidence:
						'table 1 is read; table 1: columns A to B, rows 1 to 5 (Id, Name); table 2: columns D to F, rows 1 to 3 (Room, Seats, Floor)',
				}),
			]),
		});
	});

	test('another can be chosen, and rows without a part of it are none of its rows', async () => {
		const { dataset, columns, rows, numbers, rejected, issues } = await readAll(
			TWO.replaceAll('|', ';'),
			{ table: 2 },
		);
		expect(columns).toEqual(['Room', 'Seats', 'Floor']);
		expect(rows).toEqual([
			['A1', '30', '2'],
			['B2', '25', '1'],
		]);
		expect(numbers).toEqual([2, 3]);
		expect([...rejected, ...issues]).toEqual([]);
		expect(dataset.source).toMatchObject({ issues: [] });
	});

	test.each([
		[
			'the right one is longer',
			'Id|Name||Room|Seats\n1|Ann||A|30\n2|Bob||B|25\n|||C|20\n|||D|5',
			2,
		],
		['they have the same names', 'Name|Age||Name|Age\nAnn|5||Bob|7\nUte|6||Udo|8', 2],
		[
			'dates name their records',
			'Day|C||Day|C\n2020-01-01|5||2021-01-01|7\n2020-01-02|6||2021-01-02|8',
			2,
		],
		['there are three', 'Id|A||Id|A||Id|A\n1|x||1|y||1|z\n2|u||2|v||2|w', 3],
		['another table stands below the left one', `${TWO}\n\nCity|Size\nBonn|300\nUlm|100`, 3],
	])('they are told where %s', (_, text, tables) => {
		expect(value(decide(text), 'tables')).toBe(tables);
	});

	test.each([
		[
			'an empty column sets parts of its rows apart',
			'Name|Age||Town|Zip\nAnn|5||Ulm|7\nUte|6||Bonn|8',
		],
		[
			'the right part is sparse',
			'Id|Name||Left|Why\n1|Ann||2020|old\n2|Bob|||\n3|Ute||2021|ill\n4|Udo|||\n5|Ida|||',
		],
		[
			'numbers are missing at the end',
			'Month|Plan||Actual|Gap\n1|5||4|1\n2|6||7|1\n3|6|||\n4|7|||',
		],
		[
			'a total stands on the left',
			'Shop|Sum||Town|Boss\nDeli|5||Ulm|Ann\nBar|6||Bonn|Bob\nTotal|11||',
		],
		[
			'notes stand below',
			'Land|Size||Capital|Mayor\nA|5||Ulm|Ann\nB|6||Bonn|Bob\nSource: x\nNote: y',
		],
		[
			'notes stand below a blank row',
			'Land|Size||Capital|Mayor\nA|5||Ulm|Ann\nB|6||Bonn|Bob\n\nBy|me\nOn|Monday',
		],
		[
			'an empty column has a value further down',
			'Id|Name||Room|Seats\n1|Ann||A|30\n2|Bob||B|25\n3|Ute|x||\n4|Udo|||',
		],
		['a column has no name', 'Id|Name||Room|\n1|Ann||A|30\n2|Bob||B|25\n3|Ute|||\n4|Udo|||'],
		['groups of numbers have the same names', 'Land|All||M|F||M|F\nA|9||4|5||3|6\nB|8||4|4||2|6'],
	])('they are one where %s', (_, text) => {
		const table = decide(text);
		expect(value(table, 'tables')).toBeUndefined();
		expect(names(table).length).toBeGreaterThan(4);
		expect(table.layout.within).toBeUndefined();
	});

	test('a value between them far below rejects its row', async () => {
		const more = Array.from({ length: 2000 }, (_, i) => `${i + 5};Name ${i};;;;\n`).join('');
		const content = `${TWO.replaceAll('|', ';')}\n${more}9;Eva;odd;;;\n`;
		const { rows, rejected } = await readAll(content);
		expect(rows).toHaveLength(2004);
		expect(rejected).toMatchObject([{ number: 2006, issues: [{ code: 'ROW_LONG' }] }]);
	});

	test('long rows are kept for the last of them', async () => {
		const content = 'Id;A;;Id;A\n1;x;;1;y\n2;u;;2;v;w\n';
		const options = { longRows: 'keep' } as const;
		expect((await readAll(content, options)).columns).toEqual(['Id', 'A']);
		const { columns, rows } = await readAll(content, { ...options, table: 2 });
		expect(columns).toEqual(['Id', 'A', 'Column F']);
		expect(rows[1]).toEqual(['2', 'v', 'w']);
	});

	test('in a sheet too; an error in a cell rejects the row of its own table only', () => {
		const source = { kind: 'sheet', sheet: 'One' } as const;
		const head = grid(TWO).map(({ number, cells }) => ({
			number,
			cells: cells.map((cell): Cell => (cell === '' ? null : cell)),
		}));
		const fault: RowFault = { column: 4, code: 'CELL_FORMULA_ERROR', message: 'E2 is #REF!' };
		const read = (table: number) => {
			const { layout, columns } = decideTable(head, true, { table }, source);
			const rows = new TableRows(layout, columns, {}, source);
			const batch: RawBatch = { rows: [], rejected: [], issues: [] };
			for (const { number, cells } of head)
				rows.add(batch, number, [...cells], undefined, number === 2 ? [fault] : undefined);
			rows.end(batch);
			return batch;
		};
		expect(read(1).rows.map(({ cells }) => cells[1])).toEqual(['Ann', 'Bob', 'Ute', 'Udo']);
		expect(read(1).rejected).toEqual([]);
		expect(read(2).rows).toMatchObject([{ number: 3, cells: ['B2', '25', '1'] }]);
		expect(read(2).rejected).toMatchObject([
			{ number: 2, issues: [{ code: 'CELL_FORMULA_ERROR', column: 'Seats', cell: 'E2' }] },
		]);
	});
});
