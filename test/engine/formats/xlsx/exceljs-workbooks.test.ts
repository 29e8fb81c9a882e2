import ExcelJS from 'exceljs';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { readWorkbook } from './workbook-builder';

/* Ordinary workbooks of a writer that is not ours. */

const day = new Date(Date.UTC(2026, 2, 1));
const moment = new Date(Date.UTC(2026, 2, 1, 9, 30, 15));

const header = ['Id', 'Name', 'Since', 'Last order', 'Active', 'Balance', 'Note'];
const data = [
	[1, 'Zoë & Sons', day, moment, true, 12.5, 'two\nlines'],
	[2, 'Иванова', day, moment, false, -0.01, ' spaces '],
	[3, '東京 😀', day, moment, true, 1e21, null],
];
const expected = [
	[1, 'Zoë & Sons', '2026-03-01', '2026-03-01T09:30:15', true, 12.5, 'two\nlines'],
	[2, 'Иванова', '2026-03-01', '2026-03-01T09:30:15', false, -0.01, ' spaces '],
	[3, '東京 😀', '2026-03-01', '2026-03-01T09:30:15', true, 1e21, null],
];

function fill(sheet: ExcelJS.Worksheet): void {
	sheet.addRow(header).commit();
	for (const values of data) {
		const row = sheet.addRow(values);
		row.getCell(3).numFmt = 'yyyy-mm-dd';
		row.getCell(4).numFmt = 'dd/mm/yyyy hh:mm:ss';
		row.commit();
	}
}

test('a workbook with shared texts', async () => {
	const workbook = new ExcelJS.Workbook();
	fill(workbook.addWorksheet('People'));
	const { columns, cells } = await readWorkbook(new Uint8Array(await workbook.xlsx.writeBuffer()));
	expect(columns).toEqual(header);
	expect(cells).toEqual(expected);
});

test.each([true, false])('a streamed workbook, with shared texts: %s', async (useSharedStrings) => {
	const stream = new PassThrough();
	const written = buffer(stream);
	const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({
		stream,
		useStyles: true,
		useSharedStrings,
	});
	const sheet = workbook.addWorksheet('People');
	fill(sheet);
	sheet.commit();
	await workbook.commit();
	expect((await readWorkbook(await written)).cells).toEqual(expected);
});

test('formulas, links, rich text, errors and merged cells', async () => {
	const workbook = new ExcelJS.Workbook();
	const sheet = workbook.addWorksheet('Report');
	sheet.addRow(['Report 2026']);
	sheet.mergeCells('A1:D1');
	sheet.addRow(['Name', 'Link', 'Total', 'Share']);
	sheet.addRow([
		{ richText: [{ text: 'An' }, { text: 'na', font: { bold: true } }] },
		{ text: 'Home', hyperlink: 'https://example.org' },
		{ formula: '1+2', result: 3 },
		{ formula: 'C3/6', result: 0.5 },
	]);
	sheet.addRow(['Bob', 'none', { formula: '1/0', result: { error: '#DIV/0!' } }, 1]);
	const { source, columns, cells, rejected } = await readWorkbook(
		new Uint8Array(await workbook.xlsx.writeBuffer()),
	);
	expect(source.decisions).toContainEqual(
		expect.objectContaining({ subject: 'header row', value: 2 }),
	);
	expect(columns).toEqual(['Name', 'Link', 'Total', 'Share']);
	expect(cells).toEqual([['Anna', 'Home', 3, 0.5]]);
	expect(rejected.map(({ number, issues }) => [number, issues[0]?.cell])).toEqual([[4, 'C4']]);
});

test('the 1904 date system', async () => {
	const workbook = new ExcelJS.Workbook();
	workbook.properties.date1904 = true;
	const sheet = workbook.addWorksheet('Dates');
	sheet.addRow(['Day']);
	sheet.addRow([day]).getCell(1).numFmt = 'yyyy-mm-dd';
	const { cells } = await readWorkbook(new Uint8Array(await workbook.xlsx.writeBuffer()));
	expect(cells).toEqual([['2026-03-01']]);
});
