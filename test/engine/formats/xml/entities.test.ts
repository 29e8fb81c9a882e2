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
		const { rows, issues } = await readAll(records(text, 'x'));
		expect(rows[0]).toEqual([expected]);
		expect(issues).toEqual([]);
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
					'The file refers to entities that it does not define: &foo; (2), &co.x; (1), &constructor; (1). They stand in the cells as they are written.',
			},
		]);
	});

	test('in attributes, too', async () => {
		const { rows, issues } = await readAll('<r><s a="&uuml;&foo;"/><s a="2"/></r>');
		expect(rows).toEqual([['ü&foo;'], ['2']]);
		expect(issues).toMatchObject([{ code: 'FILE_ENTITIES' }]);
	});

	test('of any number are counted, and ten are named', async () => {
		const names = Array.from({ length: 5000 }, (_, i) => `&e${i};`);
		const { issues } = await readAll(records(...names));
		expect(issues[0]?.message).toContain('&e9; (1) and 990 more');
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
