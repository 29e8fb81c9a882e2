import { readAll } from '../../read-all';

const RECORDS = '<s><n>A</n></s><s><n>B</n></s>';

async function unread(text: string, recordPath?: string) {
	const { issues } = await readAll(text, { fileName: 'a.xml', recordPath });
	return issues.map(({ code, severity, message }) => [code, severity, message]);
}

describe('what stands beside the records of an XML file is named', () => {
	test.each([
		[
			'elements',
			`<r><head><date>x</date></head>${RECORDS}<note>1</note><note>2</note></r>`,
			'<head> (1), <note> (2)',
		],
		[
			'around the records, too',
			`<r><shop id="7"><name>N</name><list>${RECORDS}</list></shop></r>`,
			'attribute "id" of <shop> (1), <shop/name> (1)',
		],
		['text between them', `<r>total 2${RECORDS}</r>`, 'text of <r> (1)'],
		['a table of another kind', `<r>${RECORDS}<o><x>1</x></o></r>`, '<o> (1)'],
	])('%s', async (_, text, names) => {
		expect(await unread(text)).toEqual([
			[
				'FILE_PARTLY_READ',
				'warning',
				`Beside the records <s> the file holds ${names}, which is in no row`,
			],
		]);
	});

	test('attributes of the document element are worth no warning', async () => {
		expect(await unread(`<r version="2">${RECORDS}</r>`)).toEqual([
			[
				'FILE_PARTLY_READ',
				'info',
				'Beside the records <s> the file holds attribute "version" of <r> (1), which is in no row',
			],
		]);
	});

	test.each([
		['nothing else', `<r>${RECORDS}</r>`],
		['elements that hold nothing', `<r><head/><foot> </foot>${RECORDS}</r>`],
		[
			'namespaces and schemas',
			`<r xmlns="u:x" xmlns:xsi="u:s" xsi:schemaLocation="x">${RECORDS}</r>`,
		],
		[
			'comments and instructions',
			`<?xml version="1.0"?><!-- a --><r><?x y?><!-- b -->${RECORDS}</r>`,
		],
	])('%s: nothing to say', async (_, text) => {
		expect(await unread(text)).toEqual([]);
	});

	test('other elements that repeat are named before the records are read', async () => {
		const text = `<r><a><i><x>1</x></i><i><x>2</x></i></a><b><k><x>1</x></k><k><x>2</x></k></b></r>`;
		const { dataset } = await readAll(text);
		expect(dataset.source).toMatchObject({
			issues: [
				{
					code: 'FILE_RECORDS_AMBIGUOUS',
					message:
						'The records were read from r/a/i. In the file there repeats also r/b/k (2 at the head), not read.',
				},
			],
		});
		expect((await readAll(text, { recordPath: 'k' })).dataset.source).toMatchObject({ issues: [] });
	});
});

describe('what XML records hold', () => {
	const cell = async (inside: string) => {
		const text = `<r xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><s>${inside}</s><s><n>z</n></s></r>`;
		const { columns, rows } = await readAll(text);
		return Object.fromEntries(columns.map((name, i) => [name, rows[0]?.[i]]));
	};

	test.each([
		['CDATA', '<n><![CDATA[<b> & ]]>c</n>', { n: '<b> & c' }],
		['comments inside of a text', '<n>a<!-- x -->b</n>', { n: 'ab' }],
		['instructions inside of a text', '<n>a<?x y?>b</n>', { n: 'ab' }],
		['empty elements', '<n/>', { n: '' }],
		['nil', '<n xsi:nil="true"/>', { n: null }],
		['text around elements', '<n>one <b>two</b> three</n>', { n: 'one  three', 'n.b': 'two' }],
		['entities and references', '<n>&lt;&#228;&#x1F600;&amp;</n>', { n: '<ä😀&' }],
		[
			'numbers of any length',
			'<n>12345678901234567890.123456789</n>',
			{ n: '12345678901234567890.123456789' },
		],
		['elements that repeat', '<n>a</n><n>b</n>', { n: ['a', 'b'] }],
		[
			'names like those of objects',
			'<n/><__proto__>x</__proto__><constructor>y</constructor>',
			{ n: '', constructor: 'y' },
		],
	])('%s', async (_, inside, expected) => {
		expect(await cell(inside)).toMatchObject(expected);
	});

	test('__proto__ is a column like any other', async () => {
		const { columns, rows } = await readAll(
			'<r><s><__proto__>x</__proto__></s><s><__proto__>y</__proto__></s></r>',
		);
		expect(columns).toEqual(['__proto__']);
		expect(rows).toEqual([['x'], ['y']]);
	});
});
