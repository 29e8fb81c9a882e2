import { MemoryBytes, openWorkbook } from '../../../../engine';
import { XmlParser } from '../../../../engine/formats/xml/xml-parser';
import { readAll } from '../../read-all';

const records = (...texts: string[]) =>
	`<r>${texts.map((text) => `<s><n>${text}</n></s>`).join('\n')}</r>`;

describe('entities that the document does not define', () => {
	test.each([
		['a space', 'A&nbsp;B', 'A\u00a0B'],
		['letters', '&Eacute;t&eacute; &szlig;&yuml;', 'Été ßÿ'],
		['Greek', '&Alpha;&sigmaf;&omega;&thetasym;', 'Αςωϑ'],
		['signs', '&euro;&hellip;&ndash;&bull;&trade;&hearts;&fnof;', '€…–•™♥ƒ'],
		['those of XML', '&lt;&amp;nbsp;&gt;&quot;&apos;', '<&nbsp;>"\''],
	])('are read as the characters that HTML has names for: %s', async (_, text, expected) => {
		expect((await readAll(records(text, 'x'))).rows[0]).toEqual([expected]);
	});

	test('are named in one warning where HTML has names for them', async () => {
		const { issues } = await readAll(records('x', 'A&nbsp;&eacute;', '&nbsp;', '&amp;&#160;&lt;'));
		expect(issues).toMatchObject([
			{
				code: 'FILE_ENTITIES',
				severity: 'warning',
				value: '&nbsp;',
				message:
					'The file refers to entities that it does not define: &nbsp; (2), &eacute; (1), the first in line 2, column 8. They are read as the characters that HTML gives these names to.',
			},
		]);
	});

	test('are a warning apart from those that nobody has names for', async () => {
		const { issues } = await readAll(records('&foo;', '&nbsp;'));
		expect(issues.map(({ code, value }) => [code, value])).toEqual([
			['FILE_ENTITIES', '&nbsp;'],
			['FILE_ENTITIES', '&foo;'],
		]);
	});

	test.each([
		['those of XML', records('&amp;&lt;&gt;&quot;&apos;&#xe9;&#233;', 'x')],
		[
			'those that a document type may define',
			`<!DOCTYPE r SYSTEM "r.dtd">${records('A&nbsp;&eacute;', 'x')}`,
		],
	])('are no warning: %s', async (_, text) => {
		expect((await readAll(text)).issues).toEqual([]);
	});

	test('are kept as they are written where nobody defines them, with a warning', async () => {
		const { rows, issues } = await readAll(records('a &foo; b', '&foo;&co.x;', '&constructor;'));
		expect(rows).toEqual([['a &foo; b'], ['&foo;&co.x;'], ['&constructor;']]);
		expect(issues).toMatchObject([
			{
				code: 'FILE_ENTITIES',
				severity: 'warning',
				value: '&foo;',
				message:
					'The file refers to entities that it does not define: &foo; (2), &co.x; (1), &constructor; (1), the first in line 1, column 12. They stand in the cells as they are written.',
			},
		]);
	});

	test('in attributes, too', async () => {
		const { rows, issues } = await readAll('<r><s a="&uuml;&foo;"/><s a="2"/></r>');
		expect(rows).toEqual([['ü&foo;'], ['2']]);
		expect(issues).toMatchObject([{ value: '&uuml;' }, { value: '&foo;' }]);
	});

	test('of any number are counted, and ten are named', async () => {
		const names = Array.from({ length: 5000 }, (_, i) => `&e${i};`);
		const { issues } = await readAll(records(...names));
		expect(issues[0]?.message).toContain('&e9; (1) and 990 more, the first in line 1');
	});

	test('a "&" that begins none is answered with what to write', async () => {
		await expect(readAll(records('x', 'A & B'))).rejects.toMatchObject({
			message: expect.stringContaining('"& B</n>'),
			issue: { hint: expect.stringContaining('&amp;') as string },
		});
	});

	test('are a fault in a workbook, which has no place for the warning', () => {
		const listener = { onOpen: () => undefined, onText: () => undefined, onClose: () => undefined };
		const parser = new XmlParser(listener, 1000);
		expect(() => parser.write('<a>&eacute;&foo;</a>')).toThrow('undefined entity');
	});
});

test('an Excel 2003 sheet may have characters that HTML has names for', async () => {
	const urn = 'urn:schemas-microsoft-com:office:spreadsheet';
	const cell = '<Cell><Data ss:Type="String">&alpha;&nbsp;&laquo;</Data></Cell>';
	const xml = `<?xml version="1.0"?><Workbook xmlns="${urn}" xmlns:ss="${urn}"><Worksheet ss:Name="A"><Table><Row>${cell}</Row></Table></Worksheet></Workbook>`;
	const workbook = await openWorkbook(new MemoryBytes(Buffer.from(xml)));
	for await (const rows of workbook.rows(workbook.sheets[0]!)) {
		expect(rows).toMatchObject([{ cells: ['α\u00a0«'] }]);
	}
	expect.assertions(1);
});
