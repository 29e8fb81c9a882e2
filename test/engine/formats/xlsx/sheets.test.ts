import { MemoryBytes } from '../../../../engine/dataset/byte-source';
import { xlsxFormat } from '../../../../engine/formats/xlsx';
import { readFailure, readWorkbook, rowsXml, workbook, type SheetXml } from './workbook-builder';

const sheet = (name: string, more: Partial<SheetXml> = {}): SheetXml => ({
	name,
	rows: rowsXml([[`In ${name}`], [name]]),
	...more,
});
const chart = (name: string) => sheet(name, { type: 'chartsheet', xml: '<chartsheet/>' });

const chosen = async (sheets: SheetXml[], wanted?: string | number) => {
	const { source, columns } = await readWorkbook(workbook({ sheets }), { sheet: wanted });
	const decision = source.decisions.find(({ subject }) => subject === 'sheet');
	return { columns, ...decision };
};

describe('the sheet', () => {
	test.each<[what: string, sheets: SheetXml[], name: string]>([
		['is the only one', [sheet('Data')], 'Data'],
		['is the first of several', [sheet('A'), sheet('B')], 'A'],
		['is the first that is not empty', [sheet('A', { rows: '' }), sheet('B')], 'B'],
		['is the first that is visible', [sheet('A', { state: 'hidden' }), sheet('B')], 'B'],
		['is not very hidden', [sheet('A', { state: 'veryHidden' }), sheet('B')], 'B'],
		['is no chart', [chart('A'), sheet('B')], 'B'],
		['has a name with signs of XML', [sheet('P&amp;L &#8211; &lt;1&gt;')], 'P&L – <1>'],
	])('%s', async (_, sheets, name) => {
		expect(await chosen(sheets)).toMatchObject({ value: name, chosenBy: 'detection' });
	});

	test.each<[wanted: string | number, name: string]>([
		['Orders', 'Orders'],
		['orders ', 'Orders'],
		['Lists', 'Lists'],
		[1, 'Orders'],
		[2, 'Lists'],
		['2', 'Lists'],
		['3', '3'],
	])('may be set: %s', async (wanted, name) => {
		const sheets = [
			sheet('Orders'),
			chart('Chart'),
			sheet('Lists', { state: 'hidden' }),
			sheet('3'),
		];
		expect(await chosen(sheets, wanted)).toMatchObject({
			value: name,
			columns: [`In ${name}`],
			chosenBy: 'setting',
			confidence: 1,
		});
	});

	test.each([['Order'], [4], [0], [1.5], ['-1']])(
		'that is not there is refused: %s',
		async (wanted) => {
			const sheets = [sheet('Orders'), sheet('Lists', { state: 'hidden' })];
			const issue = await readFailure(workbook({ sheets }), { sheet: wanted });
			expect(issue.code).toBe('FILE_SHEET');
			expect(issue.message).toContain('1 “Orders”, 2 “Lists” (hidden)');
		},
	);

	test('is less certain where there are others', async () => {
		expect((await chosen([sheet('A')])).confidence).toBe(1);
		expect((await chosen([sheet('A'), sheet('B')])).confidence).toBeLessThan(1);
	});

	test('whose part is missing is damage only when it is read', async () => {
		const parts = {
			'xl/workbook.xml':
				'<workbook xmlns:r="r"><sheets><sheet name="Good" r:id="rId1"/><sheet name="Macro" r:id=""/><sheet name="Lost" r:id="rId9"/></sheets></workbook>',
		};
		const bytes = workbook({ rows: rowsXml([['A'], [1]]), parts });
		expect((await readWorkbook(bytes)).cells).toEqual([[1]]);
		expect(await readFailure(bytes, { sheet: 'Lost' })).toMatchObject({
			code: 'FILE_UNREADABLE',
			message: 'The file is damaged: the sheet “Lost” is missing from it.',
		});
		expect((await readFailure(bytes, { sheet: 'Macro' })).code).toBe('FILE_SHEET');
	});

	test('is missing where all are hidden', async () => {
		const issue = await readFailure(workbook({ sheets: [sheet('Lists', { state: 'hidden' })] }));
		expect(issue.code).toBe('FILE_EMPTY');
		expect(issue.message).toContain('“Lists” (hidden)');
	});
});

test('a workbook lists its sheets in the order of the tabs', async () => {
	const sheets = [sheet('B'), chart('Chart'), sheet('A', { state: 'hidden' })];
	const { sheets: listed } = await xlsxFormat.open(new MemoryBytes(workbook({ sheets })), {});
	expect(listed.map(({ name, hidden }) => [name, hidden])).toEqual([
		['B', false],
		['A', true],
	]);
});
