import { readCell, readWorkbook, rowsXml, workbook } from './workbook-builder';

describe('a cell gives the value that its workbook holds', () => {
	test.each<[what: string, xml: string, value: unknown]>([
		['a whole number', '<c><v>42</v></c>', 42],
		['a negative number', '<c><v>-42</v></c>', -42],
		['zero', '<c><v>-0</v></c>', 0],
		['a decimal', '<c><v>19.99</v></c>', 19.99],
		['a small decimal', '<c><v>-0.001</v></c>', -0.001],
		['a number with an exponent', '<c><v>1.5E-7</v></c>', 1.5e-7],
		['a number in the 17 digits of Excel', '<c><v>0.10000000000000001</v></c>', 0.1],
		['a number of 16 digits', '<c><v>1234567.890123456</v></c>', 1234567.890123456],
		['the largest exact integer', '<c><v>9007199254740991</v></c>', 9007199254740991],
		['an integer that is too long', '<c><v>9007199254740993</v></c>', '9007199254740993'],
		['a card number', '<c><v>12345678901234567890</v></c>', '12345678901234567890'],
		[
			'a decimal that is too long',
			'<c><v>0.12345678901234567891</v></c>',
			'0.12345678901234567891',
		],
		['a number that is none', '<c><v>12 pieces</v></c>', '12 pieces'],
		['a number between spaces', '<c><v> 7 </v></c>', 7],
		['a number said to be one', '<c t="n"><v>7</v></c>', 7],
		['true', '<c t="b"><v>1</v></c>', true],
		['false', '<c t="b"><v>0</v></c>', false],
		['true as a word', '<c t="b"><v>true</v></c>', true],
		['the text of a formula', '<c t="str"><f>A1&amp;"x"</f><v>a &amp; b</v></c>', 'a & b'],
		['the number of a formula', '<c><f>SUM(A1:A9)</f><v>12.5</v></c>', 12.5],
		['a shared formula', '<c><f t="shared" si="0"/><v>3</v></c>', 3],
		['a formula without a value', '<c><f>NOW()</f></c>', null],
		['a formula as CDATA', '<c><f><![CDATA[IF(A1<2,"</c>",1)]]></f><v>4</v></c>', 4],
		['the empty text of a formula', '<c t="str"><f>""</f><v></v></c>', ''],
		['inline text', '<c t="inlineStr"><is><t>Zoë</t></is></c>', 'Zoë'],
		[
			'inline text in runs',
			'<c t="inlineStr"><is><r><t>Zo</t></r><r><rPr><b/></rPr><t>ë</t></r></is></c>',
			'Zoë',
		],
		[
			'inline text with a reading',
			'<c t="inlineStr"><is><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></is></c>',
			'東京',
		],
		['text with an escaped line end', '<c t="inlineStr"><is><t>a_x000D_\nb</t></is></c>', 'a\r\nb'],
		['text with an escaped underscore', '<c t="str"><v>_x005F_x000D_</v></c>', '_x000D_'],
		['text with underscores that escape nothing', '<c t="str"><v>a_x_b_xyz_</v></c>', 'a_x_b_xyz_'],
		[
			'named and numeric references',
			'<c t="str"><v>&lt;&#65;&#x1F600;&quot;&apos;</v></c>',
			'<A😀"\'',
		],
		['a reference to an entity that cannot exist', '<c t="str"><v>&nbsp;</v></c>', '&nbsp;'],
		['a line end of Windows', '<c t="str"><v>a\r\nb</v></c>', 'a\nb'],
		['CDATA', '<c t="str"><v><![CDATA[a < b & c]]></v></c>', 'a < b & c'],
		['a comment inside', '<c t="str"><v>ab<!-- </v></c> -->cd</v></c>', 'abcd'],
		[
			'text that asks for its spaces',
			'<c t="inlineStr"><is><t xml:space="preserve"> a </t></is></c>',
			' a ',
		],
		['text that does not', '<c t="inlineStr"><is><t>\n a b \n</t></is></c>', 'a b'],
		['attributes in other order and quotes', "<c t='b'  cm = '1' s=\"0\" ><v>1</v></c>", true],
		['a greater-than sign in an attribute', '<c x="a>b" t="b"><v>1</v></c>', true],
		['white space between its tags', '<c>\n\t<v>5</v>\n</c>', 5],
		['a type that nobody knows', '<c t="zz"><v>5</v></c>', '5'],
		['nothing', '<c/>', null],
		['nothing, in two tags', '<c></c>', null],
		['no value', '<c s="0"><v></v></c>', null],
		['an empty value', '<c t="s"><v/></c>', null],
	])('%s', async (_, xml, value) => {
		expect(await readCell(xml)).toBe(value);
	});
});

describe('a cell stands where it belongs', () => {
	const header = rowsXml([['A', 'B', 'C']]);

	test.each<[what: string, rows: string, cells: unknown[]]>([
		[
			'with its address',
			'<row r="2"><c r="A2"><v>1</v></c><c r="C2"><v>3</v></c></row>',
			[1, null, 3],
		],
		['without addresses', '<row><c><v>1</v></c><c/><c><v>3</v></c></row>', [1, null, 3]],
		[
			'after one with an address',
			'<row r="2"><c r="B2"><v>2</v></c><c><v>3</v></c></row>',
			[null, 2, 3],
		],
		[
			'in another order',
			'<row r="2"><c r="C2"><v>3</v></c><c r="A2"><v>1</v></c></row>',
			[1, null, 3],
		],
		['with a small letter', '<row r="2"><c r="b2"><v>2</v></c></row>', [null, 2, null]],
	])('%s', async (_, rows, cells) => {
		expect((await readWorkbook(workbook({ rows: header + rows }))).cells).toEqual([cells]);
	});

	test('in the last column of a sheet', async () => {
		const rows =
			'<row r="1"><c r="A1" t="str"><v>First</v></c><c r="XFD1" t="str"><v>Last</v></c></row>' +
			'<row r="2"><c r="A2" t="str"><v>Ann</v></c><c r="XFD2"><v>1</v></c></row>' +
			'<row r="3"><c r="A3" t="str"><v>Bob</v></c><c r="XFD3"><v>2</v></c></row>';
		const { columns, cells } = await readWorkbook(workbook({ rows }));
		expect(columns).toHaveLength(16_384);
		expect(columns.at(-1)).toBe('Last');
		expect(cells[0]?.at(-1)).toBe(1);
	});
});
