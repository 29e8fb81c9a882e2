import { MemoryBytes } from '../../../../engine/dataset/byte-source';
import { xlsxFormat } from '../../../../engine/formats/xlsx';
import { readWorkbook, rowsXml, workbook } from '../xlsx/workbook-builder';

const mergesOf = async (bytes: Buffer) => {
	const opened = await xlsxFormat.open(new MemoryBytes(bytes), {});
	const [sheet] = opened.sheets;
	return sheet === undefined ? undefined : (await opened.merges(sheet)).texts();
};
const sheetWith = (xml: string) => workbook({ sheets: [{ name: 'S', rows: '', xml }] });

describe('the ranges of merged cells', () => {
	test.each<[what: string, xml: string, ranges: string[]]>([
		['none', '<worksheet><sheetData><row/></sheetData></worksheet>', []],
		[
			'behind the rows',
			'<worksheet><sheetData><row r="1"/></sheetData><mergeCells count="2"><mergeCell ref="A1:C1"/><mergeCell ref="$B$3:$B$9"></mergeCell></mergeCells></worksheet>',
			['A1:C1', 'B3:B9'],
		],
		[
			'behind no rows',
			"<worksheet><sheetData/><mergeCells><mergeCell ref='A1:A2'/></mergeCells></worksheet>",
			['A1:A2'],
		],
		[
			'with prefixes',
			'<x:worksheet><x:sheetData></x:sheetData><x:mergeCells><x:mergeCell ref="a1:b2"/></x:mergeCells></x:worksheet>',
			['A1:B2'],
		],
		[
			'whole columns and rows',
			'<worksheet><sheetData></sheetData><mergeCells><mergeCell ref="A:B"/><mergeCell ref="3:4"/></mergeCells></worksheet>',
			['A1:B1048576', 'A3:XFD4'],
		],
		[
			'not where a text says so',
			'<worksheet><sheetData><row><c t="inlineStr"><is><t>sheetData/ &lt;mergeCell ref="A1:A2"/></t></is></c></row></sheetData><oddHeader><![CDATA[<mergeCell ref="A1:A2"/>]]></oddHeader></worksheet>',
			[],
		],
		[
			'not where the range is none',
			'<worksheet><sheetData></sheetData><mergeCells><mergeCell ref="nonsense"/><mergeCell/></mergeCells></worksheet>',
			[],
		],
	])('are listed: %s', async (_, xml, ranges) => {
		expect(await mergesOf(sheetWith(xml))).toEqual(ranges);
	});

	test('are found behind many rows', async () => {
		const rows = rowsXml(Array.from({ length: 40_000 }, (_, index) => [`Name ${index}`, index]));
		const sheets = [{ name: 'S', rows, merges: ['A1:B1'] }];
		expect(await mergesOf(workbook({ sheets }))).toEqual(['A1:B1']);
	});
});

const people = [
	['Team', 'Name', 'Phone'],
	['Red', 'Ann', '1'],
	[null, 'Bob', '2'],
	[null, 'Cid', '3'],
	['Blue', 'Dan', null],
];
const merges = ['A2:A4', 'B5:C5'];
const team = workbook({ sheets: [{ name: 'S', rows: rowsXml(people), merges }] });

describe('the value of merged cells', () => {
	test('stands in the first of them only, unless it is said otherwise', async () => {
		const { cells, source } = await readWorkbook(team);
		expect(cells.map(([first]) => first)).toEqual(['Red', null, null, 'Blue']);
		expect(source.decisions).toContainEqual({
			subject: 'merged cells',
			value: 'first',
			confidence: 1,
			evidence:
				'2 ranges of cells are merged: A2:A4, B5:C5. Only the first cell of a range holds its value.',
			chosenBy: 'detection',
		});
	});

	test('stands in each of them where they are to be filled', async () => {
		const { cells, source } = await readWorkbook(team, { mergedCells: 'fill' });
		expect(cells).toEqual([
			['Red', 'Ann', '1'],
			['Red', 'Bob', '2'],
			['Red', 'Cid', '3'],
			['Blue', 'Dan', 'Dan'],
		]);
		expect(source.decisions).toContainEqual(
			expect.objectContaining({ subject: 'merged cells', value: 'fill', chosenBy: 'setting' }),
		);
	});

	test('is found where the ranges stand in any order, and nowhere else', async () => {
		const rows = rowsXml([
			['Team', 'Name'],
			...Array.from({ length: 6 }, (_, index) => [`Team ${index}`, `Name ${index}`]),
			...Array.from({ length: 6 }, () => [null, 'x']),
		]);
		// the first begins where there is no value, the last ends before it begins
		const sheets = [{ name: 'S', rows, merges: ['A9:A10', 'A7:A8', 'B2:B2', 'A13:A12'] }];
		const { cells } = await readWorkbook(workbook({ sheets }), { mergedCells: 'fill' });
		const teams = cells.map(([team]) => team);
		expect(teams.slice(5)).toEqual(['Team 5', 'Team 5', null, null, null, null, null]);
	});

	test('is a formula error in each of them where the first holds one', async () => {
		const rows = rowsXml([
			['Team', 'Name'],
			['Red', 'Ann'],
			[{ xml: '<c t="e"><v>#REF!</v></c>' }, 'Bob'],
			[null, 'Cid'],
			['Blue', 'Dan'],
		]);
		const bytes = workbook({ sheets: [{ name: 'S', rows, merges: ['A3:A4'] }] });
		const { cells, rejected } = await readWorkbook(bytes, { mergedCells: 'fill' });
		expect(cells).toEqual([
			['Red', 'Ann'],
			['Blue', 'Dan'],
		]);
		expect(rejected).toMatchObject([
			{ number: 3, issues: [{ code: 'CELL_FORMULA_ERROR', cell: 'A3' }] },
			{ number: 4, issues: [{ code: 'CELL_FORMULA_ERROR', cell: 'A4', value: '#REF!' }] },
		]);
	});

	test('is no data where the range goes over the whole table, and makes no rows', async () => {
		const rows = rowsXml([
			['Members of the school', null, null],
			['Name', 'Team', 'Phone'],
			['Ann', 'Red', '1'],
			['Bob', 'Blue', '2'],
		]);
		const sheets = [{ name: 'S', rows, merges: ['A1:C1', 'B4:B9'] }];
		const { columns, cells } = await readWorkbook(workbook({ sheets }), { mergedCells: 'fill' });
		expect(columns).toEqual(['Name', 'Team', 'Phone']);
		expect(cells).toEqual([
			['Ann', 'Red', '1'],
			['Bob', 'Blue', '2'],
		]);
	});
});
