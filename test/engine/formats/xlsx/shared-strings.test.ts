import { readFailure, readWorkbook, rowsXml, workbook } from './workbook-builder';

const shared = (index: number) => ({ xml: `<c t="s"><v>${index}</v></c>` });

/** The texts as cells of a column. */
async function read(texts: string[], options = {}): Promise<unknown[]> {
	const rows = rowsXml([['Row', 'Text'], ...texts.map((_, index) => [index, shared(index)])]);
	const { cells } = await readWorkbook(workbook({ rows, texts, ...options }));
	return cells.map((row) => row[1]);
}

describe('a shared text is the text that the cell shows', () => {
	test.each<[what: string, xml: string, text: string]>([
		['plain', '<t>Ann</t>', 'Ann'],
		['beyond ASCII', '<t>Zoë Иванова 東京 😀</t>', 'Zoë Иванова 東京 😀'],
		['with references', '<t>Smith &amp; Sons &#8212; &lt;b&gt;</t>', 'Smith & Sons — <b>'],
		['in runs', '<r><t>Zo</t></r><r><rPr><b/><sz val="9"/></rPr><t>ë</t></r>', 'Zoë'],
		['in runs with spaces', '<r><t xml:space="preserve">a </t></r><r><t> b</t></r>', 'a b'],
		[
			'with phonetic readings',
			'<t>課きく</t><rPh sb="0" eb="1"><t>カ</t></rPh><phoneticPr fontId="1"/>',
			'課きく',
		],
		['with escapes', '<t>a_x000D_\nb_x0009_c_x005F_x0041_</t>', 'a\r\nb\tc_x0041_'],
		['with an escaped pair of surrogates', '<t>_xD83D__xDE00_</t>', '😀'],
		['with spaces that count', '<t xml:space="preserve">  a\n</t>', '  a\n'],
		['with spaces that do not', '<t>  a\n</t>', 'a'],
		['with line ends of Windows', '<t>a\r\nb</t>', 'a\nb'],
		['as CDATA', '<t><![CDATA[a</t></si>&amp;]]></t>', 'a</t></si>&amp;'],
		['with a comment', '<t>a<!-- b -->c</t>', 'ac'],
		['empty', '<t></t>', ''],
		['empty, in one tag', '<t/>', ''],
		['absent', '', ''],
		['with underscores', '<t>first_name_x</t>', 'first_name_x'],
	])('%s', async (_, xml, text) => {
		expect(await read([xml, '<t>next</t>'])).toEqual([text, 'next']);
	});

	test('after many others', async () => {
		const texts = Array.from({ length: 10_000 }, (_, index) => `<t>text ${index}</t>`);
		const rows = rowsXml([['Text'], [shared(9999)], [shared(0)], [shared(4096)], [shared(0)]]);
		expect((await readWorkbook(workbook({ rows, texts }))).cells).toEqual([
			['text 9999'],
			['text 0'],
			['text 4096'],
			['text 0'],
		]);
	});

	test('longer than the memory that texts are kept in by default', async () => {
		const long = 'é'.repeat(700_000);
		expect(await read([`<t>${long}</t>`, '<t>short</t>', `<t>${long}!</t>`])).toEqual([
			long,
			'short',
			`${long}!`,
		]);
	});

	test('with all texts empty', async () => {
		expect(await read(['<t/>', '<t/>'])).toEqual(['', '']);
	});

	test.each([
		['before the texts', ['xl/worksheets/sheet1.xml', 'xl/sharedStrings.xml']],
		['behind them', ['xl/sharedStrings.xml', 'xl/worksheets/sheet1.xml']],
	])('with the sheet %s in the file', async (_, order) => {
		expect(await read(['<t>Ann</t>', '<t>Bob</t>'], { order })).toEqual(['Ann', 'Bob']);
	});
});

test('a list of texts that breaks off is damage', async () => {
	const parts = { 'xl/sharedStrings.xml': '<sst><si><t>Ann</t></si><si><t>Bo' };
	const rows = rowsXml([['Text'], [shared(0)], [shared(1)]]);
	expect(await readFailure(workbook({ rows, texts: ['<t/>'], parts }))).toMatchObject({
		code: 'FILE_UNREADABLE',
		message: 'The file is damaged: its list of texts ends before its end.',
	});
});

test('a single text beyond the limit is refused', async () => {
	const rows = rowsXml([['Text'], [shared(0)]]);
	const bytes = workbook({ rows, texts: [`<t>${'a'.repeat(3_000_000)}</t>`] });
	expect((await readFailure(bytes, { maxRecordLength: 1_000_000 })).code).toBe('FILE_TOO_LARGE');
	expect((await readWorkbook(bytes)).cells[0]?.[0]).toHaveLength(3_000_000);
});
