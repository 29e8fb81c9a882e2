import {
	attributesOf,
	elementText,
	readOutline,
} from '../../../../engine/formats/xml/document-outline';
import { ElementFinder, type ElementSpan } from '../../../../engine/formats/xml/element-finder';

const XML =
	'<?xml version="1.0"?>\n<root><head/>\n' +
	'<t:table name="a > b"><row/><t:table>inner</t:table><state>hidden</state></t:table>' +
	'<!-- <table> --><table-row/><table/><links><table>no</table></links>' +
	"<table name='last'>x<![CDATA[</table>]]></table></root>";

const pieces = (text: string, size: number) => text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];

function find(text: string, size: number): ElementSpan[] {
	const finder = new ElementFinder('table', { passed: ['links'], noted: ['state'] });
	for (const piece of pieces(text, size)) finder.add(piece);
	finder.end();
	return finder.spans;
}

// eslint-disable-next-line @typescript-eslint/require-await -- text in memory
async function* stream(text: string, size: number): AsyncGenerator<string> {
	yield* pieces(text, size);
}

test.each([1, 2, 3, 7, 50, 1000])('elements are found in pieces of %d characters', (size) => {
	const spans = find(XML, size);
	expect(spans.map(({ start, end }) => XML.slice(start, end))).toEqual([
		'<t:table name="a > b"><row/><t:table>inner</t:table><state>hidden</state></t:table>',
		'<table/>',
		"<table name='last'>x<![CDATA[</table>]]></table>",
	]);
	expect(spans.map(({ tag }) => attributesOf(tag)['name'])).toEqual(['a > b', undefined, 'last']);
	expect(spans[0]?.notes).toEqual(new Map([['state', 'hidden']]));
});

test.each([1, 10, 1000])('the text of an element, in its place, in pieces of %d', async (size) => {
	const last = find(XML, size).at(-1)!;
	let text = '';
	for await (const piece of elementText(stream(XML, size), last)) text += piece;
	const column = last.start - XML.lastIndexOf('\n', last.start) - 1;
	expect(text).toBe(`\n\n${' '.repeat(column)}${XML.slice(last.start, last.end)}`);
});

test.each([1, 10, 1000])(
	'the head is parsed up to the first element, in pieces of %d',
	async (size) => {
		const names: string[] = [];
		const listener = {
			onOpen: (name: string) => names.push(name),
			onText: () => undefined,
			onClose: () => undefined,
		};
		const spans = await readOutline(stream(XML, size), new ElementFinder('table'), listener, 1000);
		expect(names).toEqual(['root', 'head']);
		expect(spans).toHaveLength(4);
	},
);

test('an element without an end is noticed', () => {
	expect(() => find('<root><table>', 3)).toThrow('ends before its end');
});

test('a tag without an end is noticed', () => {
	expect(() => find(`<root><table ${'a'.repeat(2_000_000)}`, 100_000)).toThrow(
		'a tag without an end',
	);
});
