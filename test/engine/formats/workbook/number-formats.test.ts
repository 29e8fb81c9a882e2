import { NumberFormats } from '../../../../engine/formats/workbook';

const typed = new NumberFormats(false, 'typed');
const shown = new NumberFormats(false, 'shown');
const shown1904 = new NumberFormats(true, 'shown');

describe('a number is shown as Excel shows it', () => {
	test.each<[value: number, code: string, text: string]>([
		[0, 'General', '0'],
		[-12, 'General', '-12'],
		[1234.5, 'General', '1234.5'],
		[0.1 + 0.2, 'General', '0.3'],
		[1 / 3, 'General', '0.333333333'],
		[123456789012, 'General', '1.23457E+11'],
		[12345678901, 'General', '12345678901'],
		[12345.678901234, 'General', '12345.6789'],
		[1234567890.5, 'General', '1234567891'],
		[1.5e-10, 'General', '1.5E-10'],
		[1e100, 'General', '1E+100'],
		[1234.567, '0', '1235'],
		[1234.567, '#,##0.00', '1,234.57'],
		[-1234.567, '#,##0.00;[Red]-#,##0.00', '-1,234.57'],
		[-5, '#,##0_);\\(#,##0\\)', '(5)'],
		[0.256, '0%', '26%'],
		[0.256, '0.0%', '25.6%'],
		[1234567, '#,##0,"k"', '1,235k'],
		[1.25, '# ?/?', '1 1/4'],
		[12345, '0.00E+00', '1.23E+04'],
		[5, '00000', '00005'],
		[78051120, '000-00-0000', '078-05-1120'],
		[1234.5, '[$€-407] #,##0.00', '€ 1,234.50'],
		[5, '[>=10]"many";[<10]"few"', 'few'],
		[0, '0;-0;"none"', 'none'],
		[5, ';;;', ''],
		[5, '"Nr. "0', 'Nr. 5'],
		[9.075, '0.00', '9.08'],
		[-9.075, '0.00;-0.00', '-9.08'],
		[1.005, '0.00', '1.01'],
		[0.285, '0%', '29%'],
		[1.0049, '0.00', '1.00'],
		[8.1 + 0.975, '0.00', '9.08'],
		[1500, '0,', '2'],
		[149_999_999, '0.0,,', '150.0'],
		[-0.001, '0.00', '0.00'],
		[-1.2, '[h]:mm', '-28:48'],
		[46082, 'yyyy-mm-dd', '2026-03-01'],
		[46082, 'd. mmmm yyyy', '1. March 2026'],
		[46082.75, 'm/d/yy h:mm AM/PM', '3/1/26 6:00 PM'],
		[46082.75, 'h:mm A/P', '6:00 P'],
		[46082.25, 'h:mm a/p', '6:00 A'],
		[46082.75, 'h:mm am/pm', '6:00 PM'],
		[46082, '[$-407]d. mmmm yyyy', '1. März 2026'],
		[46082, '[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy', 'Sunday, March 1, 2026'],
		[46082.75, '[$-F400]h:mm:ss\\ AM/PM', '18:00:00'],
		[0, '[$-F400]h:mm:ss\\ AM/PM;;', ''],
		[5, '[Schwarz]0.0', '5.0'],
		[60, 'yyyy-mm-dd', '1900-02-29'],
		[1.5, '[h]:mm', '36:00'],
		[0.0625, '[mm]:ss', '90:00'],
		[5, '@', '5'],
		[5, 'this is "no code', '5'],
		[5, '', '5'],
	])('%d under %s', (value, code, text) => {
		expect(shown.ofCode(code).cell(value)).toBe(text);
	});

	test.each<[value: number, id: number, text: string]>([
		[46082, 14, '3/1/26'],
		[46082.5, 22, '3/1/26 12:00'],
		[-1234.5, 8, '($1,234.50)'],
		[0, 44, '$-'],
		[1234.5, 44, '$1,234.50'],
		[1.25, 46, '30:00:00'],
		[1, 49, '1'],
		[1.5, 164, '1.5'],
	])('%d under the built-in format %d', (value, id, text) => {
		const cell = shown.builtIn(id).cell(value);
		expect(typeof cell === 'string' ? cell.replaceAll(' -', '-').trim() : cell).toBe(text);
	});

	test('counted from 1904', () => {
		expect(shown1904.ofCode('yyyy-mm-dd').cell(44620)).toBe('2026-03-01');
		expect(shown1904.ofCode('[h]:mm').cell(1.5)).toBe('36:00');
		expect(shown1904.ofCode('0').cell(5)).toBe('5');
	});
});

test.each<[text: string, code: string, expected: string]>([
	['Zoë', 'General', 'Zoë'],
	['Zoë', '0.00', 'Zoë'],
	['Zoë', '@', 'Zoë'],
	['Zoë', '0;-0;0;"Name: "@', 'Name: Zoë'],
	['Zoë', '@" (draft)"', 'Zoë (draft)'],
	['Zoë', ';;;', ''],
	['  Zoë ', '0;-0', '  Zoë '],
])('the text “%s” under %s is shown as “%s”', (text, code, expected) => {
	expect(shown.ofCode(code).text(text)).toBe(expected);
	expect(typed.ofCode(code).text(text)).toBe(text);
});

test('more codes than any genuine workbook has are shown, one after the other', () => {
	const formats = new NumberFormats(false, 'shown');
	for (let index = 0; index < 12_000; index++) {
		const cell = formats.ofCode(`0.0"${index}"`).cell(5);
		if (cell !== `5.0${index}`) expect(cell).toBe(`5.0${index}`);
	}
	expect(formats.ofCode(`0"${'x'.repeat(300)}"`).cell(5.5)).toBe('5.5');
});

test('booleans are shown in words', () => {
	expect([shown.boolean(true), shown.boolean(false)]).toEqual(['TRUE', 'FALSE']);
	expect([typed.boolean(true), typed.boolean(false)]).toEqual([true, false]);
});

describe('the typed value under a format that pads or punctuates digits is the text as shown', () => {
	test.each<[value: number, code: string, cell: unknown]>([
		[501, '00000', '00501'],
		[78051120, '000-00-0000', '078-05-1120'],
		[78051120, '000\\-00\\-0000', '078-05-1120'],
		[78051120, '000"-"00"-"0000', '078-05-1120'],
		[2138, '00000\\-0000', '00000-2138'],
		[5551234, '[<=9999999]###\\-####;\\(###\\)\\ ###\\-####', '555-1234'],
		[2125551234, '[<=9999999]###\\-####;\\(###\\)\\ ###\\-####', '(212) 555-1234'],
		[7, '00', '07'],
		[12, '"ID-"0000', 'ID-0012'],
		[1234, '[$-407]00000', '01234'],
		[42, '000 000', '000 042'],
		[-5, '00000', -5],
		[1.5, '00000', 1.5],
		[5, '0', 5],
		[5, '0.00', 5],
		[5, '00.00', 5],
		[5, '#,##0', 5],
		[1234567, '#\\ ###\\ ##0', 1234567],
		[1234567, "#'##0", 1234567],
		[5, '0_);(0)', 5],
		[5, '00%', 5],
		[5, '000E+00', 5],
		[5, '# ??/??', 5],
		[5, '0" pieces"', 5],
		[5, '"A-"0', 5],
		[5, 'General', 5],
		[5, '0;-0;-', 5],
	])('%d under %s', (value, code, cell) => {
		expect(typed.ofCode(code).cell(value)).toBe(cell);
	});
});
