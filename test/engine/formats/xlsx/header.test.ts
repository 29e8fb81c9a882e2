import { columnsWithoutHeader, nameColumns } from '../../../../engine/formats/header';
import { readFailure, readWorkbook, rowsXml, workbook } from './workbook-builder';

type Cells = (string | number | null)[][];

const read = (rows: Cells, options = {}) =>
	readWorkbook(workbook({ rows: rowsXml(rows) }), options);

describe('the header row', () => {
	test.each<[what: string, rows: Cells, header: number, columns: string[]]>([
		[
			'is the first row',
			[
				['Name', 'Age'],
				['Ann', 3],
			],
			1,
			['Name', 'Age'],
		],
		[
			'is the first row that holds a value',
			[[], [], ['Name', 'Age'], ['Ann', 3]],
			3,
			['Name', 'Age'],
		],
		[
			'stands below a title',
			[['Customers 2026'], ['Name', 'Age', 'City'], ['Ann', 3, 'Oslo'], ['Bob', 4, 'Rome']],
			2,
			['Name', 'Age', 'City'],
		],
		[
			'stands below titles and notes',
			[
				['Customers'],
				[null, 'as of today'],
				[],
				['Name', 'City'],
				['Ann', 'Oslo'],
				['Bob', 'Rome'],
			],
			4,
			['Name', 'City'],
		],
		[
			'stands below pairs of names and values',
			[
				['Report', 'Sales'],
				['Date', 'today'],
				['Id', 'Name', 'Street', 'City', 'State'],
				[1, 'Ann', 'Hill 1', 'Oslo', 'new'],
				[2, 'Bob', 'Hill 2', 'Rome', 'old'],
			],
			3,
			['Id', 'Name', 'Street', 'City', 'State'],
		],
		[
			'stands above a column with stray notes',
			[
				['Name', 'Age'],
				['Ann', 3],
				['Bob', 4, 'sic'],
				['Cem', 5],
				['Dan', 6],
			],
			1,
			['Name', 'Age', 'Column C'],
		],
		['is the only row', [['Name', 'Age']], 1, ['Name', 'Age']],
		[
			'names a table with some blanks',
			[
				['Name', 'Age'],
				['Ann', 3],
				['Bob', null],
				['Cem', null],
			],
			1,
			['Name', 'Age'],
		],
		[
			'is not a row of data that is wider',
			[
				['Name', 'Age'],
				['Ann', 1, 2, 3, 4],
				['Bob', 5],
				['Cem', 6],
			],
			1,
			['Name', 'Age', 'Column C', 'Column D', 'Column E'],
		],
	])('%s', async (_, rows, header, columns) => {
		const { source, columns: names } = await read(rows);
		const decision = source.decisions.find(({ subject }) => subject === 'header row');
		expect(decision).toMatchObject({ value: header, chosenBy: 'detection' });
		expect(names).toEqual(columns);
	});

	test('may be set by its number', async () => {
		const rows = [
			['Name', 'Age'],
			['first name', 'years'],
			['Ann', 3],
		];
		const { source, columns, rows: data } = await read(rows, { headerRow: 2 });
		expect(columns).toEqual(['first name', 'years']);
		expect(data).toEqual([{ number: 3, cells: ['Ann', 3] }]);
		expect(source.decisions).toContainEqual(
			expect.objectContaining({
				subject: 'header row',
				value: 2,
				confidence: 1,
				chosenBy: 'setting',
			}),
		);
	});

	test('may be an empty row, which names nothing', async () => {
		const { columns, source, cells } = await read([['Title'], [], ['Ann', 3]], { headerRow: 2 });
		expect(columns).toEqual(['Column A', 'Column B']);
		expect(source.issues).toEqual([]);
		expect(cells).toEqual([['Ann', 3]]);
	});

	test('may be said not to be there', async () => {
		const { columns, cells, source } = await read(
			[
				['Ann', 3],
				['Bob', 4],
			],
			{ headerRow: 0 },
		);
		expect(columns).toEqual(['Column A', 'Column B']);
		expect(cells).toEqual([
			['Ann', 3],
			['Bob', 4],
		]);
		expect(source.issues).toEqual([]);
	});

	test('is missing behind the end of the sheet', async () => {
		const issue = await readFailure(workbook({ rows: rowsXml([['Name'], ['Ann']]) }), {
			headerRow: 9,
		});
		expect(issue).toMatchObject({ code: 'HEADER_MISSING', row: 9, sheet: 'Sheet1' });
	});

	test.each([-1, 1.5, Number.NaN])('is a row number, not %d', async (headerRow) => {
		const bytes = workbook({ rows: rowsXml([['Name'], ['Ann']]) });
		expect((await readFailure(bytes, { headerRow })).code).toBe('RUN_CONFIG');
	});

	test('is looked for as far down as it is said to be', async () => {
		const rows: Cells = Array.from({ length: 3000 }, (_, index) => [`row ${index + 1}`, index]);
		const { columns, cells } = await read(rows, { headerRow: 2999 });
		expect(columns).toEqual(['row 2999', '2998']);
		expect(cells).toEqual([['row 3000', 2999]]);
	});
});

describe('columns', () => {
	test('are those with a name or with values in the head', async () => {
		const { columns } = await read([
			['Name', null, 'City', 'Age', null],
			['Ann', 'x', 'Oslo', 31, 5],
			['Bob', 'y', 'Rome', 42, 6],
			['Cem', 'z', 'Bern', 53, 7],
		]);
		expect(columns).toEqual(['Name', 'Column B', 'City', 'Age', 'Column E']);
	});

	test('without a name are reported where they hold values', async () => {
		const { source } = await read([
			['Name', null, null, 'City'],
			['Ann', null, 'x', 'Oslo'],
		]);
		expect(source.issues).toMatchObject([
			{
				code: 'HEADER_BLANK',
				severity: 'warning',
				column: 'Column C',
				cell: 'C1',
				row: 1,
				sheet: 'Sheet1',
			},
		]);
	});

	test('with the same name are told apart and reported', async () => {
		const { columns, source } = await read([[], ['Name', 'Name'], ['Ann', 'Bob']]);
		expect(columns).toEqual(['Name', 'Name 2']);
		expect(source.issues).toMatchObject([
			{ code: 'HEADER_DUPLICATE', column: 'Name 2', value: 'Name', cell: 'B2', row: 2 },
		]);
	});

	test('do not come from formats and empty text behind the table', async () => {
		const formatted = '<c s="0"/><c t="str"><v></v></c>';
		const rows = rowsXml([['Name'], ['Ann']]).replaceAll('</row>', `${formatted}</row>`);
		expect((await readWorkbook(workbook({ rows }))).columns).toEqual(['Name']);
	});
});

describe('nameColumns', () => {
	test.each<[what: string, header: (string | number | boolean | null)[], names: string[]]>([
		['keeps names as they are', ['Name', 'E-mail'], ['Name', 'E-mail']],
		['trims them', [' Name\n', '\u00a0Age'], ['Name', 'Age']],
		['writes numbers and booleans as text', [2025, true], ['2025', 'true']],
		['numbers duplicates', ['A', 'A', 'A'], ['A', 'A 2', 'A 3']],
		['numbers around names that are taken', ['A', 'A', 'A 2'], ['A', 'A 3', 'A 2']],
		['takes upper and lower case apart', ['name', 'Name'], ['name', 'Name']],
		['names blanks by their letter', ['A', '', null], ['A', 'Column B', 'Column C']],
		['makes way for a real Column B', ['A', '', 'Column B'], ['A', 'Column B 2', 'Column B']],
		[
			'is safe with names that objects have',
			['__proto__', 'constructor', '__proto__'],
			['__proto__', 'constructor', '__proto__ 2'],
		],
	])('%s', (_, header, names) => {
		const { columns } = nameColumns(header, header.length);
		expect(columns.map(({ name }) => name)).toEqual(names);
	});

	test('keeps the text of the header where the name differs from it', () => {
		expect(nameColumns([' Name', 'A', 'A', null], 4).columns).toEqual([
			{ name: 'Name', header: ' Name' },
			{ name: 'A' },
			{ name: 'A 2', header: 'A' },
			{ name: 'Column D', header: '' },
		]);
	});

	test('fills up to the width and cuts at it', () => {
		expect(nameColumns(['A'], 3).columns.map(({ name }) => name)).toEqual([
			'A',
			'Column B',
			'Column C',
		]);
		expect(nameColumns(['A', 'B', 'C'], 2).columns.map(({ name }) => name)).toEqual(['A', 'B']);
	});

	test('gives every one of many like columns a name of its own, with a readable number of warnings', () => {
		const { columns, issues } = nameColumns(
			Array.from({ length: 16_384 }, () => 'A'),
			16_384,
		);
		expect(new Set(columns.map(({ name }) => name)).size).toBe(16_384);
		expect(columns.at(-1)?.name).toBe('A 16384');
		expect(issues).toHaveLength(101);
		expect(issues.at(-1)?.message).toContain('16283 more columns');
	});

	test('knows the letters of all columns of a spreadsheet', () => {
		const names = columnsWithoutHeader(16_384).map(({ name }) => name);
		expect(names[25]).toBe('Column Z');
		expect(names[26]).toBe('Column AA');
		expect(names[701]).toBe('Column ZZ');
		expect(names[702]).toBe('Column AAA');
		expect(names[16_383]).toBe('Column XFD');
	});
});
