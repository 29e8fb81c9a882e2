import { openWorkbook, type Cell } from '../../engine';
import { rowsXml, workbook } from './formats/xlsx/workbook-builder';

const bytes = workbook({
	sheets: [
		{
			name: 'Members',
			rows: rowsXml([['Members of 2026'], [], ['Name', { xml: '<c s="1"><v>0.5</v></c>' }]]),
			merges: ['A1:B1'],
		},
		{ name: 'Lists', rows: '', state: 'hidden' },
	],
	formats: ['0.0%'],
});

const rowsOf = async (cells: 'typed' | 'shown') => {
	const opened = await openWorkbook(bytes);
	const [sheet] = opened.sheets;
	const rows: [number, Cell[]][] = [];
	if (sheet !== undefined) {
		for await (const list of opened.rows(sheet, { cells })) {
			rows.push(...list.map((row): [number, Cell[]] => [row.number, row.cells]));
		}
	}
	await opened.close();
	return rows;
};

test('a workbook is read sheet by sheet, with all its rows', async () => {
	const opened = await openWorkbook(bytes, { fileName: 'members.xlsx' });
	expect(opened.sheets.map(({ name, hidden }) => [name, hidden])).toEqual([
		['Members', false],
		['Lists', true],
	]);
	expect(await Promise.all(opened.sheets.map((sheet) => opened.merges(sheet)))).toEqual([
		['A1:B1'],
		[],
	]);
	await opened.close();
	expect(await rowsOf('typed')).toEqual([
		[1, ['Members of 2026']],
		[3, ['Name', 0.5]],
	]);
	expect(await rowsOf('shown')).toEqual([
		[1, ['Members of 2026']],
		[3, ['Name', '50.0%']],
	]);
});

test('a file that is no workbook is refused', async () => {
	await expect(openWorkbook(Buffer.from('a,b\n1,2\n'))).rejects.toMatchObject({
		code: 'FILE_FORMAT',
		message: 'The file is no workbook: it holds CSV.',
	});
	await expect(openWorkbook('/no/such/file.xlsx')).rejects.toMatchObject({
		code: 'FILE_UNREADABLE',
	});
});
