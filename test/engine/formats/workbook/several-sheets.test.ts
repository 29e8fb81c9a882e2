import {
	readFailure,
	readWorkbook,
	rowsXml,
	workbook,
	type SheetXml,
} from '../xlsx/workbook-builder';

type Rows = Parameters<typeof rowsXml>[0];
const sheet = (name: string, rows: Rows, more: Partial<SheetXml> = {}): SheetXml => ({
	name,
	rows: rowsXml(rows),
	...more,
});

const years = workbook({
	sheets: [
		sheet('Notes', [['About this file'], ['Made by hand'], ['By nobody']]),
		sheet('2024', [
			['Name', 'Fee'],
			['Ann', 10],
			['Bob', 20],
		]),
		sheet('2025', [
			['name ', 'Email', 'Fee'],
			['Cid', 'c@example.org', 30],
		]),
		sheet('2026', [['Name'], ['Dan'], ['Eve']], { state: 'hidden' }),
		sheet('Old', []),
	],
});

describe('several sheets are read as one table', () => {
	test('with the columns of all of them, each name once', async () => {
		const { columns, cells, rows, source } = await readWorkbook(years, { sheet: '20*' });
		expect(columns).toEqual(['Name', 'Fee', 'Email']);
		expect(cells).toEqual([
			['Ann', 10, null],
			['Bob', 20, null],
			['Cid', 30, 'c@example.org'],
		]);
		expect(rows.map(({ number }) => number)).toEqual([2, 3, 5]);
		expect(source.decisions[0]).toMatchObject({
			subject: 'sheet',
			value: '2024, 2025',
			evidence: 'Its sheets are 1 “Notes”, 2 “2024”, 3 “2025”, 4 “2026” (hidden), 5 “Old”.',
			chosenBy: 'setting',
		});
	});

	test('with the name of the sheet in a column of its own', async () => {
		const several = await readWorkbook(years, { sheet: '202?', sheetColumn: 'Year' });
		expect(several.columns).toEqual(['Name', 'Fee', 'Email', 'Year']);
		expect(several.cells.map((cells) => cells.at(-1))).toEqual(['2024', '2024', '2025']);
		const one = await readWorkbook(years, { sheet: '2026', sheetColumn: 'Year' });
		expect(one.columns).toEqual(['Name', 'Year']);
		expect(one.cells).toEqual([
			['Dan', '2026'],
			['Eve', '2026'],
		]);
	});

	test('but not one that has no column in common with the others, wherever it stands', async () => {
		const sheets = [
			sheet('Notes', [
				['Topic', 'Remark'],
				['Fees', 'by hand'],
			]),
			sheet('A', [
				['Name', 'Fee'],
				['Ann', 1],
			]),
			sheet('Codes', [
				['Code', 'Meaning'],
				['x', 'y'],
			]),
			sheet('B', [
				['Fee', 'Name'],
				[2, 'Bob'],
			]),
		];
		const { cells, source } = await readWorkbook(workbook({ sheets }), { sheet: '*' });
		expect(cells).toEqual([
			['Ann', 1],
			['Bob', 2],
		]);
		expect(source.issues).toMatchObject([
			{ code: 'FILE_SHEET_DIFFERS', severity: 'warning', sheet: 'Notes' },
			{ code: 'FILE_SHEET_DIFFERS', severity: 'warning', sheet: 'Codes' },
		]);
	});

	test('and issues name the sheet and the row that is seen there', async () => {
		const error = { xml: '<c t="e"><v>#REF!</v></c>' };
		const sheets = [
			sheet('A', [
				['Name', 'Fee'],
				['Ann', 1],
				['Bob', 2],
			]),
			sheet('B', [
				['Name', 'Fee'],
				['Cid', 3],
				['Dan', error],
				['Eve', 5],
			]),
		];
		const { rejected, rows } = await readWorkbook(workbook({ sheets }), { sheet: '*' });
		expect(rows.map(({ number }) => number)).toEqual([2, 3, 5, 7]);
		expect(rejected).toMatchObject([
			{
				number: 6,
				issues: [{ code: 'CELL_FORMULA_ERROR', sheet: 'B', cell: 'B3', row: 3, column: 'Fee' }],
			},
		]);
	});

	test('up to a limit over all of them', async () => {
		const { cells } = await readWorkbook(years, { sheet: '20*', limit: 2 });
		expect(cells).toEqual([
			['Ann', 10, null],
			['Bob', 20, null],
		]);
	});

	test('and names that differ in case only stay two columns where a sheet has both', async () => {
		const sheets = [
			sheet('A', [
				['Id', 'ID'],
				['a', 'b'],
				['c', 'd'],
			]),
			sheet('B', [
				['ID', 'Id'],
				['f', 'e'],
				['h', 'g'],
			]),
		];
		const { columns, cells } = await readWorkbook(workbook({ sheets }), { sheet: '*' });
		expect(columns).toEqual(['Id', 'ID']);
		expect(cells).toEqual([
			['a', 'b'],
			['c', 'd'],
			['e', 'f'],
			['g', 'h'],
		]);
	});
});

describe('sheets cannot be read', () => {
	test('where no visible one fits the pattern', async () => {
		const issue = await readFailure(years, { sheet: 'Jan*' });
		expect(issue.code).toBe('FILE_SHEET');
		expect(issue.message).toContain('4 “2026” (hidden)');
	});

	test('where none of them holds a value', async () => {
		expect((await readFailure(years, { sheet: 'Ol*' })).code).toBe('FILE_EMPTY');
	});

	test('where the column for their name is there already', async () => {
		const issue = await readFailure(years, { sheet: '20*', sheetColumn: 'Fee' });
		expect(issue).toMatchObject({ code: 'RUN_CONFIG', column: 'Fee' });
	});
});
