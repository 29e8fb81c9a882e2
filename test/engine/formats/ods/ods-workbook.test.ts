import { close, openFile, run } from '../../../../engine';
import { ImportError } from '../../../../engine/issues';
import { odsFormat } from '../../../../engine/formats/ods';
import { readSheets } from '../read-sheets';
import { zip } from '../xlsx/workbook-builder';
import { cell, flatOds, number, ods, row, table, text, type OdsXml } from './ods-builder';

const rowsOf = async (rows: string, cells?: 'typed' | 'shown') =>
	(await readSheets(odsFormat, ods({ tables: table(rows) }), { cells }))[0]?.rows;

const cellOf = async (xml: string, cells?: 'typed' | 'shown') =>
	(await rowsOf(row(xml), cells))?.[0]?.[0];

const failure = async (content: Uint8Array | string) => {
	const error: unknown = await readSheets(odsFormat, content).catch((caught: unknown) => caught);
	return error instanceof ImportError ? error.issue : error;
};

describe('values', () => {
	test.each<[what: string, xml: string, typed: unknown, shown: unknown]>([
		[
			'a number',
			cell('office:value-type="float" office:value="1234.5"', '<text:p>1,234.50</text:p>'),
			1234.5,
			'1,234.50',
		],
		[
			'a number of many digits',
			cell('office:value-type="float" office:value="12345678901234567890"'),
			'12345678901234567890',
			'12345678901234567890',
		],
		[
			'a code with leading zeros',
			cell('office:value-type="float" office:value="123"', '<text:p>00123</text:p>'),
			'00123',
			'00123',
		],
		[
			'a negative number with dashes in its format',
			cell('office:value-type="float" office:value="-5"', '<text:p>-5</text:p>'),
			-5,
			'-5',
		],
		[
			'a percentage',
			cell('office:value-type="percentage" office:value="0.125"', '<text:p>12.5%</text:p>'),
			0.125,
			'12.5%',
		],
		[
			'an amount',
			cell(
				'office:value-type="currency" office:currency="EUR" office:value="12"',
				'<text:p>12,00 €</text:p>',
			),
			12,
			'12,00 €',
		],
		[
			'a day',
			cell('office:value-type="date" office:date-value="2026-03-01"', '<text:p>01.03.26</text:p>'),
			'2026-03-01',
			'01.03.26',
		],
		[
			'a day written with a time',
			cell(
				'office:value-type="date" office:date-value="2026-03-01T00:00:00"',
				'<text:p>1.3.</text:p>',
			),
			'2026-03-01',
			'1.3.',
		],
		[
			'midnight in a column of moments',
			cell(
				'office:value-type="date" office:date-value="2026-03-01"',
				'<text:p>1.3. 00:00</text:p>',
			),
			'2026-03-01T00:00:00',
			'1.3. 00:00',
		],
		[
			'a time of day written as a date',
			cell(
				'office:value-type="date" office:date-value="1899-12-30T09:30:00"',
				'<text:p>9:30</text:p>',
			),
			'09:30:00',
			'9:30',
		],
		[
			'a moment',
			cell(
				'office:value-type="date" office:date-value="2026-03-01T09:30:00.123456000"',
				'<text:p>x</text:p>',
			),
			'2026-03-01T09:30:00.123',
			'x',
		],
		[
			'a time of day',
			cell('office:value-type="time" office:time-value="PT09H30M15S"', '<text:p>9:30</text:p>'),
			'09:30:15',
			'9:30',
		],
		[
			'a span of time',
			cell('office:value-type="time" office:time-value="PT26H30M00.5S"', '<text:p>26:30</text:p>'),
			'26:30:00.500',
			'26:30',
		],
		[
			'a span of days',
			cell('office:value-type="time" office:time-value="-P1DT2H"', '<text:p>-26:00</text:p>'),
			'-26:00:00',
			'-26:00',
		],
		[
			'a boolean',
			cell('office:value-type="boolean" office:boolean-value="true"', '<text:p>WAHR</text:p>'),
			true,
			'WAHR',
		],
		[
			'a boolean without text',
			cell('office:value-type="boolean" office:boolean-value="false"'),
			false,
			'FALSE',
		],
		['a number without text', cell('office:value-type="float" office:value="1.5"'), 1.5, '1.5'],
		[
			'text of a formula',
			cell('table:formula="of:=A1" office:value-type="string" office:string-value="abc"'),
			'abc',
			'abc',
		],
		['text without a type', cell('', '<text:p>abc</text:p>'), 'abc', 'abc'],
		['text that looks like an error', text('#N/A'), '#N/A', '#N/A'],
	])('%s', async (_, xml, typed, shown) => {
		expect(await cellOf(xml)).toBe(typed);
		expect(await cellOf(xml, 'shown')).toBe(shown);
	});

	test.each<[what: string, xml: string, value: string]>([
		['paragraphs', text('one</text:p><text:p>two'), 'one\ntwo'],
		['an empty paragraph', text('one</text:p><text:p/><text:p>three'), 'one\n\nthree'],
		[
			'spans and links',
			text('a<text:span>b<text:a xlink:href="x">c</text:a></text:span>d'),
			'abcd',
		],
		[
			'spaces, tabs and line breaks',
			text('a<text:s/><text:s text:c="3"/>b<text:tab/>c<text:line-break/>d'),
			'a    b\tc\nd',
		],
		['white space of the layout', text('\n   a\n   b\n  '), 'a b'],
		['a space at the end', text('a '), 'a '],
		['references', text('&lt;a&gt; &amp; &#228;'), '<a> & ä'],
		[
			'a comment, which is no part of it',
			cell(
				'office:value-type="string"',
				'<office:annotation><dc:date>x</dc:date><text:p>note</text:p></office:annotation><text:p>a</text:p>',
			),
			'a',
		],
		[
			'a drawing, which is no part of it',
			cell(
				'office:value-type="string"',
				'<draw:frame><draw:text-box><text:p>box</text:p></draw:text-box></draw:frame><text:p>a</text:p>',
			),
			'a',
		],
		[
			'a table inside the cell',
			cell('', `<table:table table:is-sub-table="true">${row(text('a'), text('b'))}</table:table>`),
			'a\nb',
		],
	])('text with %s', async (_, xml, value) => {
		expect(await cellOf(xml)).toBe(value);
	});

	test.each([
		['calcext:value-type="error" office:value-type="string" office:string-value=""', '#DIV/0!'],
		['table:formula="of:=1/0" office:value-type="float" office:value="0"', 'Err:502'],
		['table:formula="of:=1/0" office:value-type="string"', '#NAME?'],
	])('formula errors are faults: %s', async (attributes, error) => {
		const [sheet] = await readSheets(
			odsFormat,
			ods({ tables: table(row(text('a'), cell(attributes, `<text:p>${error}</text:p>`))) }),
		);
		expect(sheet?.faults).toEqual([{ row: 1, column: 1, kind: 'formula-error', value: error }]);
	});
});

describe('rows', () => {
	test('repeated cells and rows are each there', async () => {
		const repeated = `<table:table-row table:number-rows-repeated="2">${text('a', 'table:number-columns-repeated="2"')}${number(1)}</table:table-row>`;
		expect(await rowsOf(repeated + row(text('end')))).toEqual([
			['a', 'a', 1],
			['a', 'a', 1],
			['end'],
		]);
	});

	test('repeated empty cells and rows only move on', async () => {
		const empty = '<table:table-cell table:number-columns-repeated="16380"/>';
		const rows =
			row(cell('table:number-columns-repeated="2"'), text('c'), empty) +
			`<table:table-row table:number-rows-repeated="1000000">${empty}</table:table-row>` +
			row(text('far')) +
			`<table:table-row table:number-rows-repeated="2147483647">${empty}</table:table-row>`;
		const read = await rowsOf(rows);
		expect(read?.[0]).toEqual([null, null, 'c']);
		expect(read).toHaveLength(1_000_002);
		expect(read?.at(-1)).toEqual(['far']);
	});

	test('header rows and groups are rows like others', async () => {
		const rows =
			`<table:table-header-rows>${row(text('h'))}</table:table-header-rows>` +
			`<table:table-row-group><table:table-rows>${row(text('a'))}</table:table-rows><table:table-row-group>${row(text('b'))}</table:table-row-group></table:table-row-group>` +
			row(text('c'));
		expect(await rowsOf(rows)).toEqual([['h'], ['a'], ['b'], ['c']]);
	});

	test('hidden, filtered and folded rows are marked', async () => {
		const hidden = (how: string) =>
			`<table:table-row table:visibility="${how}">${text(how)}</table:table-row>`;
		const rows =
			row(text('a')) +
			hidden('collapse') +
			hidden('filter') +
			hidden('visible') +
			`<table:table-row-group table:display="false">${row(text('g'))}</table:table-row-group>` +
			row(text('z'));
		const [sheet] = await readSheets(odsFormat, ods({ tables: table(rows) }));
		expect(sheet?.hiddenRows).toEqual([2, 3, 5]);
	});

	test('merged cells are told, and what they cover keeps its place', async () => {
		const rows =
			row(
				text('title', 'table:number-columns-spanned="2" table:number-rows-spanned="2"'),
				'<table:covered-table-cell/>',
				text('c'),
			) + row('<table:covered-table-cell table:number-columns-repeated="2"/>', text('d'));
		const [sheet] = await readSheets(odsFormat, ods({ tables: table(rows) }));
		expect(sheet?.rows).toEqual([
			['title', null, 'c'],
			[null, null, 'd'],
		]);
		expect(sheet?.merges).toEqual(['A1:B2']);
	});

	test('drawings on the sheet are no rows', async () => {
		const shapes = `<table:shapes><draw:frame><draw:object><office:document>${table(row(text('chart')))}</office:document></draw:object></draw:frame></table:shapes>`;
		const [sheet, ...others] = await readSheets(
			odsFormat,
			ods({ tables: table(shapes + row(text('a'))) }),
		);
		expect(sheet?.rows).toEqual([['a']]);
		expect(others).toEqual([]);
	});
});

describe('sheets', () => {
	const styles =
		'<style:style style:name="ta1" style:family="table"><style:table-properties table:display="true"/></style:style>' +
		'<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>';
	const tables =
		table(row(text('1')), 'table:name="A &amp; &quot;B&quot;" table:style-name="ta1"') +
		table(row(text('2')), "table:style-name='ta2' table:name='Secret > all'") +
		'<table:table table:name="Empty"/>' +
		table(row(text('x')), `table:name="'file:///home/a.ods'#$Sheet1"`) +
		`<table:dde-links><table:dde-link>${table(row(text('y')))}</table:dde-link></table:dde-links>`;
	const xml: OdsXml = { tables, styles };

	test.each([
		['a package', ods(xml)],
		['a single file', flatOds(xml)],
		[
			'a single file in UTF-16',
			Buffer.from(`\ufeff${flatOds(xml).replace('UTF-8', 'UTF-16')}`, 'utf16le'),
		],
	])('of %s have names, hidden or not; caches of other files are none', async (_, content) => {
		const sheets = await readSheets(odsFormat, content);
		expect(sheets.map(({ name, hidden, rows }) => [name, hidden, rows])).toEqual([
			['A & "B"', false, [['1']]],
			['Secret > all', true, [['2']]],
			['Empty', false, []],
		]);
	});

	test('comments and CDATA hold none', async () => {
		const [sheet, ...others] = await readSheets(
			odsFormat,
			flatOds({
				tables: `<!-- <table:table table:name="no"> -->${table(row(text('<![CDATA[<table:table>]]>')))}`,
			}),
		);
		expect(sheet?.rows).toEqual([['<table:table>']]);
		expect(others).toEqual([]);
	});
});

describe('files that are refused', () => {
	test.each<[what: string, content: Uint8Array | string, code: string, message: RegExp]>([
		['no bytes', '', 'FILE_EMPTY', /no bytes/],
		['other text', 'a,b\n1,2\n', 'FILE_FORMAT', /not an OpenDocument/],
		[
			'another archive',
			zip([{ name: 'a.txt', content: 'a' }]),
			'FILE_FORMAT',
			/not an OpenDocument/,
		],
		[
			'a text document',
			flatOds({ tables: table(row(text('a'))) }).replaceAll('office:spreadsheet', 'office:text'),
			'FILE_FORMAT',
			/no spreadsheet/,
		],
		[
			'a password',
			ods({
				tables: '',
				manifest: '<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>',
			}),
			'FILE_ENCRYPTED',
			/password/,
		],
		[
			'a document that is cut off',
			flatOds({ tables: table(row(text('a'))) }).slice(0, -100),
			'FILE_UNREADABLE',
			/ends before its end/,
		],
		[
			'broken rows',
			ods({ tables: table('<table:table-row><b></table:table-row>') }),
			'FILE_UNREADABLE',
			/broken/,
		],
		[
			'a row that is too wide',
			ods({ tables: table(row(text('a', 'table:number-columns-repeated="20000"'))) }),
			'FILE_UNREADABLE',
			/beyond column XFD/,
		],
		[
			'rows repeated without end',
			ods({
				tables: table(
					`<table:table-row table:number-rows-repeated="1000000">${text('a', 'table:number-columns-repeated="16000"')}</table:table-row>`,
				),
			}),
			'FILE_TOO_LARGE',
			/repeats its cells/,
		],
		[
			'spaces without end',
			ods({ tables: table(row(text('<text:s text:c="2000000000"/>'))) }),
			'FILE_TOO_LARGE',
			/larger than the limit/,
		],
		[
			'entities of its own',
			flatOds({ tables: table(row(text('&x;'))) }).replace(
				'\n',
				'\n<!DOCTYPE a [<!ENTITY x "y">]>',
			),
			'FILE_UNREADABLE',
			/document type/,
		],
		[
			'entities that nobody defines',
			flatOds({ tables: table(row(text('&x;'))) }),
			'FILE_UNREADABLE',
			/line 2, column \d{3}/,
		],
	])('%s', async (_, content, code, message) => {
		expect(await failure(content)).toMatchObject({ code, message: expect.stringMatching(message) });
	});
});

test('a million repeated rows leave the event loop its turns', async () => {
	const rows = `<table:table-row table:number-rows-repeated="1000000">${number(1)}</table:table-row>`;
	const dataset = await openFile(ods({ tables: table(rows) }), { headerRow: 0 });
	let turns = 0;
	const timer = setInterval(() => turns++, 1);
	let count = 0;
	for await (const batch of run(dataset)) count += batch.rows.length;
	clearInterval(timer);
	await close(dataset);
	expect(count).toBe(1_000_000);
	expect(turns).toBeGreaterThan(1);
});
