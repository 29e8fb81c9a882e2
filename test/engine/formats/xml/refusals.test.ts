import { readXml } from './read-xml';

const records = (inner: string) => `<r>\n<s><n>A</n></s>\n<s><n>B</n></s>\n${inner}</r>`;

describe('XML that is not well-formed is refused with its place', () => {
	test.each([
		['cut off in a tag', '<r>\n<s><n>A</n></s><s><n', 'line 2'],
		['cut off behind a record', '<r>\n<s><n>A</n></s><s><n>B</n></s>', 'line 2'],
		['tags that do not match', records('<s><n>C</s></n>'), 'line 4, column'],
		['a "&" that begins no entity', records('<s>A & B</s>'), 'line 4, column'],
		['an entity without its end', records('<s>A &nbsp B</s>'), 'line 4, column'],
		['an attribute without quotes', records('<s a=1/>'), 'line 4, column'],
		['an attribute that stands twice', records('<s a="1" a="2"/>'), 'line 4, column'],
		['two roots', '<r><n>A</n></r><r/>', 'line 1, column'],
		['text behind the end', '<r><n>A</n></r> x', 'line 1, column'],
		['a control character', '<r><n>\u0001</n></r>', 'line 1, column'],
		['no XML at all', 'name,age\nA,1', 'line 2, column 5'],
	])('%s', async (_, text, place) => {
		await expect(readXml(text)).rejects.toMatchObject({
			code: 'FILE_UNREADABLE',
			message: expect.stringContaining(place),
		});
	});
});

describe('XML that attacks its reader is refused', () => {
	const laughs = `<!ENTITY a "ha">${Array.from({ length: 9 }, (_, i) => `<!ENTITY a${i} "&a;&a;">`).join('')}`;

	test.each([
		['entities that grow', `<!DOCTYPE r [${laughs}]><r><s>&a8;</s></r>`],
		['a file of the server', '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>'],
		['parameter entities', '<!DOCTYPE r [%x;]><r><n>A</n></r>'],
	])('%s', async (_, text) => {
		await expect(readXml(text)).rejects.toMatchObject({
			code: 'FILE_UNREADABLE',
			message: expect.stringContaining('such definitions are not read'),
		});
	});

	test.each([
		['<!DOCTYPE r>'],
		['<!DOCTYPE r [<!ELEMENT r (n)><!ATTLIST n a CDATA #IMPLIED>]>'],
		['<!DOCTYPE r SYSTEM "http://127.0.0.1:1/a%20b.dtd">'],
		['<!DOCTYPE r PUBLIC "-//X" "file:///etc/passwd">'],
	])(
		'a document type that defines no entities is no harm, and is not fetched: %s',
		async (type) => {
			expect((await readXml(`${type}<r><n>A</n></r>`)).rows).toEqual([['A']]);
		},
	);

	test('nesting without end', async () => {
		await expect(readXml('<a>'.repeat(100_000))).rejects.toMatchObject({
			code: 'FILE_UNREADABLE',
			message: expect.stringContaining('nested deeper than 200'),
		});
	});

	test('attributes without end', async () => {
		const attributes = Array.from({ length: 2000 }, (_, i) => `a${i}=""`).join(' ');
		await expect(readXml(`<r ${attributes}/>`)).rejects.toMatchObject({
			code: 'FILE_UNREADABLE',
			message: expect.stringContaining('attributes'),
		});
	});

	test.each([
		['a text', `<r><n>${'x'.repeat(300_000)}</n></r>`],
		['a comment', `<r><!--${'x'.repeat(300_000)}--><n>A</n></r>`],
		['a document type', `<!DOCTYPE r [${' '.repeat(300_000)}]><r><n>A</n></r>`],
		['an attribute', `<r n="${'x'.repeat(300_000)}"/>`],
		['a record of many elements', `<r><s>${'<n>A</n>'.repeat(30_000)}</s></r>`],
	])('%s that is longer than the limit', async (_, text) => {
		await expect(readXml(text, { maxRecordLength: 100_000 })).rejects.toMatchObject({
			code: 'FILE_TOO_LARGE',
		});
	});
});

describe('a web page is no file of records', () => {
	test.each([
		'<!DOCTYPE html><html><head></head></html>',
		'<html lang="en"><body/></html>',
		'\ufeff <!-- x --> <!doctype HTML PUBLIC "-//W3C//DTD XHTML 1.0//EN" "x"><html/>',
		'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>',
	])('%s', async (text) => {
		await expect(readXml(text)).rejects.toMatchObject({
			code: 'FILE_FORMAT',
			message: expect.stringContaining('HTML'),
		});
	});
});
