import { readWorkbook, rowsXml, workbook } from './workbook-builder';

/** The text of a cell, given as XML, below a header. */
const shown = async (cell: string, options: Parameters<typeof workbook>[0] = {}) => {
	const rows = rowsXml([
		['Value', 'Row'],
		[{ xml: cell }, 1],
	]);
	const { cells, rejected } = await readWorkbook(workbook({ ...options, rows }), {
		cells: 'shown',
	});
	return (cells[0] ?? rejected[0]?.source)?.[0];
};

describe('a cell as Excel shows it', () => {
	test.each<[what: string, cell: string, format: string, text: string | null]>([
		['a number without a style', '<c><v>1234.5</v></c>', '0', '1234.5'],
		['a number with 17 digits', '<c><v>0.10000000000000001</v></c>', '0', '0.1'],
		['a whole number that is too long', '<c><v>12345678901234567890</v></c>', '0', '1.23457E+19'],
		['an amount', '<c s="1"><v>1234.5</v></c>', '#,##0.00', '1,234.50'],
		['a date', '<c s="1"><v>46082</v></c>', 'd mmm yyyy', '1 Mar 2026'],
		[
			'a date of the cell type for dates',
			'<c s="1" t="d"><v>2026-03-01</v></c>',
			'd mmm yyyy',
			'1 Mar 2026',
		],
		[
			'a moment of the cell type for dates',
			'<c s="1" t="d"><v>2026-03-01T09:30:00Z</v></c>',
			'h:mm',
			'9:30',
		],
		['text of the cell type for dates', '<c s="1" t="d"><v>soon</v></c>', 'h:mm', 'soon'],
		['true', '<c t="b"><v>1</v></c>', '0', 'TRUE'],
		['false as a word', '<c t="b"><v>false</v></c>', '0', 'FALSE'],
		['an error', '<c t="e"><v>#DIV/0!</v></c>', '0', '#DIV/0!'],
		['text', '<c s="1" t="str"><v>Ann</v></c>', '0;0;0;"Ms "@', 'Ms Ann'],
		['inline text', '<c s="1" t="inlineStr"><is><t>Ann</t></is></c>', '@" (draft)"', 'Ann (draft)'],
		['what the format hides', '<c s="1"><v>5</v></c>', ';;;', ''],
		['nothing', '<c s="1"/>', '0', null],
	])('%s', async (_, cell, format, text) => {
		expect(await shown(cell, { formats: [format] })).toBe(text);
	});

	test('shared text goes through the text section too', async () => {
		const cell = '<c s="1" t="s"><v>0</v></c>';
		expect(await shown(cell, { formats: ['@"!"'], texts: ['<t>Ann</t>'] })).toBe('Ann!');
	});

	test('dates are counted from the day that the workbook says', async () => {
		const cell = '<c s="1"><v>44620</v></c>';
		expect(await shown(cell, { formats: ['yyyy-mm-dd'], date1904: true })).toBe('2026-03-01');
		const iso = '<c s="1" t="d"><v>2026-03-01</v></c>';
		expect(await shown(iso, { formats: ['yyyy-mm-dd'], date1904: true })).toBe('2026-03-01');
	});
});

test('the typed value of a postal code is its text', async () => {
	const rows = rowsXml([
		['Zip', 'Town'],
		[{ xml: '<c s="1"><v>2138</v></c>' }, 'Cambridge'],
		[{ xml: '<c s="1"><v>10001</v></c>' }, 'New York'],
	]);
	const { cells } = await readWorkbook(workbook({ rows, formats: ['00000'] }));
	expect(cells).toEqual([
		['02138', 'Cambridge'],
		['10001', 'New York'],
	]);
});
