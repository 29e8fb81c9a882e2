import { readCell } from './workbook-builder';

/** The value of a number under a number format. */
const shown = (serial: number | string, format: string, date1904 = false) =>
	readCell(`<c s="1"><v>${serial}</v></c>`, { formats: [format], date1904 });

const shownAsBuiltIn = (serial: number, format: number) =>
	readCell(`<c s="1"><v>${serial}</v></c>`, { builtInFormats: [format] });

describe('a number is a date where its format shows one', () => {
	test.each<[format: string, value: unknown]>([
		['yyyy-mm-dd', '2026-03-01T09:30:00'],
		['d. mmmm yyyy', '2026-03-01T09:30:00'],
		['mmm', '2026-03-01T09:30:00'],
		['dddd', '2026-03-01T09:30:00'],
		['[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy', '2026-03-01T09:30:00'],
		['[$-407]d/m/yy;@', '2026-03-01T09:30:00'],
		['ggge"年"m"月"d"日"', '2026-03-01T09:30:00'],
		['[Red]dd.mm.yyyy', '2026-03-01T09:30:00'],
		['h:mm AM/PM', '2026-03-01T09:30:00'],
		['m/d/yy h:mm', '2026-03-01T09:30:00'],
		['General', 46082.395833333336],
		['0.00', 46082.395833333336],
		['#,##0.00 [$€-407]', 46082.395833333336],
		['[Red]0.00', 46082.395833333336],
		['0.00\\d', 46082.395833333336],
		['0.00" days"', 46082.395833333336],
		['0_d', 46082.395833333336],
		['0*m', 46082.395833333336],
		['0.00E+00', 46082.395833333336],
		['0.0 g', 46082.395833333336],
		['@', 46082.395833333336],
		['"d"0;"m"0', 46082.395833333336],
	])('%s', async (format, value) => {
		expect(await shown(46082.395833333336, format)).toBe(value);
	});

	test.each<[id: number, value: unknown]>([
		[14, '2026-03-01'],
		[17, '2026-03-01'],
		[22, '2026-03-01T00:00:00'],
		[30, '2026-03-01'],
		[57, '2026-03-01'],
		[1, 46082],
		[9, 46082],
		[37, 46082],
		[49, 46082],
	])('built-in format %d', async (id, value) => {
		expect(await shownAsBuiltIn(46082, id)).toBe(value);
	});
});

describe('dates are ISO text without a time zone', () => {
	test.each<[what: string, serial: number | string, format: string, value: unknown]>([
		['a day', 46082, 'yyyy-mm-dd', '2026-03-01'],
		['midnight in a column of moments', 46082, 'yyyy-mm-dd hh:mm', '2026-03-01T00:00:00'],
		['a moment in a column of days', 46082.5, 'yyyy-mm-dd', '2026-03-01T12:00:00'],
		['the 15 digits of Excel', '46082.3958333333', 'yyyy-mm-dd hh:mm', '2026-03-01T09:30:00'],
		['milliseconds', '46082.395835648150', 'hh:mm:ss.000', '2026-03-01T09:30:00.200'],
		[
			'a moment that rounds up to the next day',
			'46081.9999999999',
			'yyyy-mm-dd hh:mm',
			'2026-03-01T00:00:00',
		],
		['a time of day', 0.395833333333333, 'hh:mm', '09:30:00'],
		['a time of day with minutes and seconds', '0.00086226851851851853', 'mm:ss.0', '00:01:14.500'],
		['midnight', 0, 'hh:mm:ss', '00:00:00'],
		['a time of day under a date format with time', 0.25, 'm/d/yy h:mm', '06:00:00'],
		['a span of more than a day', 1.1041666666666667, '[h]:mm:ss', '26:30:00'],
		['a span in minutes', 0.0625, '[mm]:ss', '01:30:00'],
		['a negative span', -0.25, '[h]:mm', '-06:00:00'],
		['a date with an exponent', '4.6082E4', 'yyyy-mm-dd', '2026-03-01'],
		['the first day', 1, 'yyyy-mm-dd', '1900-01-01'],
		['the day before the leap day that never was', 59, 'yyyy-mm-dd', '1900-02-28'],
		['the leap day that never was', 60, 'yyyy-mm-dd', 60],
		['the day after it', 61, 'yyyy-mm-dd', '1900-03-01'],
		['the last day', 2958465, 'yyyy-mm-dd', '9999-12-31'],
		['a number behind the last day', 2958466, 'yyyy-mm-dd', 2958466],
		['a number before the first day', 0, 'yyyy-mm-dd', 0],
		['a negative number', -1, 'yyyy-mm-dd', -1],
		['a number without any meaning as a date', '1e300', 'yyyy-mm-dd', 1e300],
		['text', 'soon', 'yyyy-mm-dd', 'soon'],
	])('%s', async (_, serial, format, value) => {
		expect(await shown(serial, format)).toBe(value);
	});

	test.each<[serial: number, format: string, value: unknown]>([
		[0, 'yyyy-mm-dd', '1904-01-01'],
		[44620, 'yyyy-mm-dd', '2026-03-01'],
		[44620.5, 'yyyy-mm-dd hh:mm', '2026-03-01T12:00:00'],
		[0.5, 'hh:mm', '12:00:00'],
		[59, 'yyyy-mm-dd', '1904-02-29'],
		[-1, 'yyyy-mm-dd', -1],
	])('in the 1904 system, %d as %s', async (serial, format, value) => {
		expect(await shown(serial, format, true)).toBe(value);
	});

	test.each<[text: string, format: string, value: string]>([
		['2026-03-01', 'yyyy-mm-dd', '2026-03-01'],
		['2026-03-01T00:00:00', 'yyyy-mm-dd', '2026-03-01'],
		['2026-03-01T00:00:00.000Z', 'yyyy-mm-dd', '2026-03-01'],
		['2026-03-01T09:30', 'yyyy-mm-dd hh:mm', '2026-03-01T09:30:00'],
		['2026-03-01T09:30:00.250', 'yyyy-mm-dd hh:mm', '2026-03-01T09:30:00.250'],
		['2026-03-01', 'yyyy-mm-dd hh:mm', '2026-03-01T00:00:00'],
		['1899-12-30T09:30:00', 'hh:mm', '09:30:00'],
		['next week', 'yyyy-mm-dd', 'next week'],
	])('the cell type for dates, %s as %s', async (text, format, value) => {
		expect(await readCell(`<c s="1" t="d"><v>${text}</v></c>`, { formats: [format] })).toBe(value);
	});

	test('a format that the file defines beats the built-in one of its number', async () => {
		const styles =
			'<styleSheet><numFmts><numFmt numFmtId="14" formatCode="0.00"/></numFmts><cellXfs><xf/><xf numFmtId="14"/></cellXfs></styleSheet>';
		const value = await readCell('<c s="1"><v>46082</v></c>', {
			parts: { 'xl/styles.xml': styles },
		});
		expect(value).toBe(46082);
	});

	test('a date system that the workbook sets is not taken back by an extension', async () => {
		const parts = {
			'xl/workbook.xml':
				'<workbook xmlns:r="r"><workbookPr date1904="1"/><sheets><sheet name="S" r:id="rId1"/></sheets>' +
				'<extLst><ext><x15:workbookPr chartTrackingRefBase="1" xmlns:x15="x"/></ext></extLst></workbook>',
		};
		expect(await readCell('<c s="1"><v>0</v></c>', { formats: ['yyyy-mm-dd'], parts })).toBe(
			'1904-01-01',
		);
	});
});
