import type { OpenOptions } from '../../../../engine';
import { readXml } from './read-xml';

describe('where the records of an XML file are', () => {
	test.each([
		['the element that repeats', '<r><s><n>A</n></s><s><n>B</n></s></r>', 'r/s'],
		[
			'deep inside of wrappers',
			'<e><m><v>1</v></m><d><s><n>A</n></s><s><n>B</n></s></d></e>',
			'e/d/s',
		],
		['elements that are nothing but attributes', '<r><s n="A"/><s n="B"/></r>', 'r/s'],
		[
			'the shallowest of several that repeat',
			'<r><o><n>A</n><i p="1"/><i p="2"/></o><o><n>B</n></o></r>',
			'r/o',
		],
		[
			'one record inside of a wrapper',
			'<contacts><contact><n>A</n></contact></contacts>',
			'contacts/contact',
		],
		[
			'one record inside of a wrapper with attributes, where the names say so',
			'<rows date="x"><row><n>A</n></row></rows>',
			'rows/row',
		],
		['the document itself where nothing repeats', '<person><n>A</n></person>', 'person'],
		[
			'an element with attributes of its own is no wrapper',
			'<order id="1"><by><n>A</n></by></order>',
			'order',
		],
	])('%s', async (_, text, path) => {
		const { decided, rows } = await readXml(text);
		expect(decided('records')).toBe(path);
		expect(rows[0]).toContain('A');
	});

	test('records that start behind a long preamble are found', async () => {
		const preamble = `<note>${'x'.repeat(3_000_000)}</note>`;
		const { rows } = await readXml(`<r>${preamble}<s><n>A</n></s><s><n>B</n></s></r>`);
		expect(rows).toEqual([['A'], ['B']]);
	});

	test.each(['old/s', 'r/old/s', '/r/old/s'])('the path %s that was set is taken', async (path) => {
		const text = '<r><new><s><n>1</n></s><s><n>2</n></s></new><old><s><n>3</n></s></old></r>';
		expect((await readXml(text, { recordPath: path })).rows).toEqual([['3']]);
	});

	test('a path that leads nowhere is refused', async () => {
		await expect(readXml('<r><s/></r>', { recordPath: 'x' })).rejects.toMatchObject({
			code: 'FILE_FORMAT',
		});
	});

	test.each(['', ' \n', '<rows/>', '<rows></rows>'])('%j holds no records', async (text) => {
		await expect(readXml(text)).rejects.toMatchObject({ code: 'FILE_EMPTY' });
	});

	test('rows are numbered as records, and a limit ends them', async () => {
		const text = `<r>${'<s><n>A</n></s>'.repeat(500)}</r>`;
		const { rows, numbers } = await readXml(text, { limit: 120 });
		expect(rows).toHaveLength(120);
		expect([numbers[0], numbers.at(-1)]).toEqual([1, 120]);
	});
});

describe('names without end are refused', () => {
	const MOST = 200_000;
	const elements = (count: number, prefix = 'k') =>
		Array.from({ length: count }, (_, i) => `<${prefix}${i}>1</${prefix}${i}>`).join('');
	const several = (record: (index: number) => string) =>
		Array.from({ length: 1500 }, (_, i) => `<s>${record(i)}</s>`).join('');

	test.each<[string, string, OpenOptions]>([
		['in one record', `<s>${elements(MOST + 1)}</s>`, { recordPath: 's' }],
		[
			'in all records, where long rows are kept',
			several((i) => elements(140, `r${i}_`)),
			{ longRows: 'keep' },
		],
		[
			'of lists in all records',
			several((i) => elements(140, `r${i}_`).repeat(2)),
			{ longRows: 'keep' },
		],
	])('%s', async (_, records, options) => {
		await expect(readXml(`<r>${records}</r>`, options)).rejects.toMatchObject({
			code: 'FILE_TOO_LARGE',
			message: expect.stringContaining(`more than ${MOST} different names`) as string,
		});
	});
});

describe('the columns of XML records', () => {
	const table = async (...records: string[]) => {
		const { columns, rows } = await readXml(`<r>${records.join('')}</r>`, { recordPath: 's' });
		return { columns, rows };
	};

	test('children by path, attributes beside them, text beside its attributes', async () => {
		expect(
			await table('<s id="1"><n>A</n><a><city zip="5">K</city></a><p cur="EUR">9</p></s>'),
		).toEqual({
			columns: ['id', 'n', 'a.city.zip', 'a.city', 'p.cur', 'p'],
			rows: [['1', 'A', '5', 'K', 'EUR', '9']],
		});
	});

	test('an attribute keeps its @ where an element has its name, in every record', async () => {
		expect(await table('<s id="1"/>', '<s><id>2</id></s>')).toEqual({
			columns: ['@id', 'id'],
			rows: [
				['1', null],
				[null, '2'],
			],
		});
	});

	test('the text of a record itself is the column "value"', async () => {
		expect(await table('<s id="1">A</s>')).toEqual({
			columns: ['id', 'value'],
			rows: [['1', 'A']],
		});
	});

	test('prefixes are dropped, unless two names would become one', async () => {
		expect(await table('<g:s xmlns:g="u"><g:n>A</g:n><h:x>1</h:x><i:x>2</i:x></g:s>')).toEqual({
			columns: ['n', 'h:x', 'i:x'],
			rows: [['A', '1', '2']],
		});
	});

	test('children that repeat become one array, also where a record has only one', async () => {
		expect(
			await table(
				'<s><p>1</p><p>2</p><i q="1"><n>A</n></i><i><n>B</n></i></s>',
				'<s><p>3</p><i><n>C</n></i></s>',
			),
		).toEqual({
			columns: ['p', 'i'],
			rows: [
				[
					['1', '2'],
					[{ '@q': '1', n: 'A' }, { n: 'B' }],
				],
				[['3'], [{ n: 'C' }]],
			],
		});
	});

	test('what first repeats behind the sample is kept as an array', async () => {
		const text = `<r>${'<s><p>1</p></s>'.repeat(1000)}<s><p>2</p><p>3</p></s></r>`;
		expect((await readXml(text)).rows[1000]).toEqual([['2', '3']]);
	});

	test('nil is null, an empty element is an empty text, one that is not there is null', async () => {
		const xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
		expect(await table(`<s ${xsi}><a/><b></b><c xsi:nil="true"/></s>`, '<s><a>1</a></s>')).toEqual({
			columns: ['a', 'b', 'c'],
			rows: [
				['', '', null],
				['1', null, null],
			],
		});
	});

	test('an element that holds others, and is empty once, is no column', async () => {
		expect((await table('<s><a/><n>A</n></s>', '<s><a><b>1</b></a></s>')).columns).toEqual([
			'n',
			'a.b',
		]);
	});

	test('text is trimmed around and kept inside; CDATA, entities and mixed content are joined', async () => {
		expect(
			await table(
				'<s><a>\n x  y\n</a><b><![CDATA[<1>]]> &amp; &#233;&#x41;</b><c>one <!-- no --><?no?><i>two</i> three</c></s>',
			),
		).toEqual({
			columns: ['a', 'b', 'c', 'c.i'],
			rows: [['x  y', '<1> & éA', 'one  three', 'two']],
		});
	});

	test('names such as __proto__ and constructor are names like any other', async () => {
		const record =
			'<s><__proto__>1</__proto__><constructor>2</constructor><l/><l><__proto__>3</__proto__></l></s>';
		const { columns, rows } = await table(record);
		expect(columns).toEqual(['__proto__', 'constructor', 'l']);
		expect(JSON.stringify(rows)).toBe('[["1","2",["",{"__proto__":"3"}]]]');
		expect(({} as { l?: unknown }).l).toBeUndefined();
	});

	test('a value that the first records do not have is not dropped: the record is rejected', async () => {
		const text = `<r>${'<s><n>A</n></s>'.repeat(1000)}<s><n>B</n><late>x</late></s><s><n>C</n><late/></s></r>`;
		const { rows, rejected } = await readXml(text);
		expect(rows).toHaveLength(1001);
		expect(rejected).toMatchObject([
			{
				number: 1001,
				raw: '{"n":"B","late":"x"}',
				issues: [{ code: 'ROW_LONG', column: 'late' }],
			},
		]);
	});

	describe('names that only late records have', () => {
		const first = '<s><n>A</n><p><q>1</q></p></s>';
		const late = '<s a="5"><n>B</n><late>x</late><p><q>2</q></p><p><q>3</q></p></s>';
		const text = `<r>${first.repeat(1100)}${late}</r>`;

		test('are columns of their own where long rows are kept', async () => {
			const { columns, rows, rejected } = await readXml(text, { longRows: 'keep' });
			expect(columns).toEqual(['n', 'p', 'a', 'late']);
			expect(rows[0]).toEqual(['A', [{ q: '1' }], null, null]);
			expect(rows[1100]).toEqual(['B', [{ q: '2' }, { q: '3' }], '5', 'x']);
			expect(rejected).toEqual([]);
		});

		test('end the reading where long rows are to stop it', async () => {
			await expect(readXml(text, { longRows: 'stop' })).rejects.toMatchObject({
				code: 'ROW_LONG',
				issue: { row: 1101, column: 'a' },
			});
		});
	});

	test('thousands of records come whole over the borders of chunks', async () => {
		const records = Array.from(
			{ length: 20_000 },
			(_, i) => `<s i="${i}"><t>é&lt;${'x'.repeat(i % 50)}</t></s>`,
		);
		const { rows } = await readXml(`<r>${records.join('\r\n')}</r>`);
		expect(rows).toHaveLength(20_000);
		expect(rows[19_999]).toEqual(['19999', `é<${'x'.repeat(49)}`]);
	});
});
