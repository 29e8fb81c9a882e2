import { openFile, run } from '../../../../engine';
import { decided, readAll } from '../../read-all';

const read = (text: string | Uint8Array, recordPath?: string) =>
	readAll(text, { format: 'json', recordPath });

/** Records that fill several chunks of a file. */
const many = (count: number) =>
	Array.from({ length: count }, (_, i) => ({
		id: i,
		text: `t${i}`,
		nested: { id: i, '}': '},{' },
	}));

describe('a JSON document is held to its grammar', () => {
	test.each([
		['a comma behind the last record', '[{"a":1},]'],
		['a comma before the first', '[,{"a":1}]'],
		['two commas', '[{"a":1},,{"a":2}]'],
		['nothing but a comma', '[,]'],
		['an array that ends as an object', '[{"a":1}}'],
		['an object that ends as an array', '{"a":[{"b":1}]]'],
		['garbage behind the document', '[{"a":1}] x'],
		['a second document', '[{"a":1}][{"a":2}]'],
		['garbage behind an object', '{"a":1}}'],
		['garbage behind the records', '{"a":[{"b":1}],nonsense}'],
		['a document that ends behind the records', '{"a":[{"b":1}]'],
		['a document that ends behind a comma', '{"a":[{"b":1}],'],
		['garbage before the records', '{"x":01,"a":[{"b":1}]}'],
		['a key without quotes', '{x:1,"a":[{"b":1}]}'],
		['a control character before the records', '{"x":"\u0001","a":[{"b":1}]}'],
		['an escape that is none', '{"x":"\\x","a":[{"b":1}]}'],
		['a broken escape', '{"x":"\\u12G4","a":[{"b":1}]}'],
		['NaN', '[{"a":NaN}]'],
		['a word', 'nul'],
	])('%s is an error', async (_, text) => {
		await expect(read(text)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
	});

	test.each([
		['a comma behind the last record', (text: string) => text.replace(/\]$/, ',]')],
		['garbage behind the document', (text: string) => `${text}${' '.repeat(200_000)}x`],
		['a record that is broken', (text: string) => text.replace('"t19999"', "'t'")],
		['a bracket that is missing', (text: string) => text.slice(0, -1)],
	])('%s is found at the end of a long file too', async (_, damage) => {
		await expect(read(damage(JSON.stringify(many(20_000))))).rejects.toMatchObject({
			code: 'FILE_UNREADABLE',
		});
	});

	test.each(['1', '"text"', 'null', ' true '])('%s holds no records', async (text) => {
		await expect(read(text)).rejects.toMatchObject({ code: 'FILE_NO_RECORDS' });
	});

	test.each(['[]', '[ \n ]', '{}', '[{}]'])('%j holds none either', async (text) => {
		await expect(read(text)).rejects.toMatchObject({ code: 'FILE_NO_RECORDS' });
	});

	test.each([
		['data', '{"data":[],"total":0,"paging":{"next":null}}'],
		['response.items', '{"ok":true,"response":{"items":[ ],"errors":[]}}'],
	])('an answer without results has no record at %s', async (path, text) => {
		await expect(read(text)).rejects.toMatchObject({
			code: 'FILE_NO_RECORDS',
			message: `The JSON file holds an array without records at "${path}"`,
		});
	});

	test('another empty list belongs to the one record', async () => {
		expect((await read('{"id":1,"tags":[]}')).rows).toEqual([[1, []]]);
	});

	test.each(['', ' \n'])('%j is empty', async (text) => {
		await expect(read(text)).rejects.toMatchObject({ code: 'FILE_EMPTY' });
	});

	test.each([
		['in the head', `[{"a":"${'x'.repeat(10)}é"}]`],
		['behind the head', `[${'{"a":"x"},'.repeat(150_000)}{"a":"é"}]`],
	])('bytes that are not UTF-8 are an error %s', async (_, text) => {
		await expect(read(Buffer.from(text, 'latin1'))).rejects.toMatchObject({
			code: 'FILE_UNREADABLE',
			message: expect.stringContaining('UTF-8'),
		});
	});

	test('an older encoding is read when it is set by hand', async () => {
		const bytes = Buffer.from('[{"a":"é"}]', 'latin1');
		const { rows } = await readAll(bytes, { format: 'json', encoding: 'windows-1252' });
		expect(rows).toEqual([['é']]);
	});

	test('a byte order mark is no part of the document', async () => {
		expect((await read('\ufeff{"d":[{"a":1},{"a":2}]}')).rows).toEqual([[1], [2]]);
	});
});

describe('the records of a JSON document are found wherever they are', () => {
	test.each([undefined, 'data.items'])('behind a long preamble (path %s)', async (path) => {
		const preamble = `"notes":["${'x\\"é'.repeat(500_000)}"],"n":[[1,2],{"a":[{"b":1}]}]`;
		const text = `{${preamble},"data":{"items":[{"a":1},{"a":2}]},"more":{"x":[1]}}`;
		const { dataset, rows } = await read(text, path);
		expect(decided(dataset, 'records')).toBe('data.items');
		expect(rows).toEqual([[1], [2]]);
	});

	test('under a key that is written with escapes', async () => {
		expect((await read('{"d\\u0061ta":[{"a":1}]}', 'data')).rows).toEqual([[1]]);
	});

	test('an array at a path that was set may hold anything', async () => {
		expect((await read('{"a":[1,2]}', 'a')).rows).toEqual([[1], [2]]);
		await expect(read('{"a":[]}', 'a')).rejects.toMatchObject({ code: 'FILE_NO_RECORDS' });
	});
});

describe('the records of a JSON document come out whole', () => {
	const expected = many(20_000).map(({ id, text, nested }) => [id, text, nested.id, nested['}']]);

	test.each([
		['in one line', JSON.stringify(many(20_000))],
		['indented', JSON.stringify(many(20_000), null, 2)],
		['inside of an object', JSON.stringify({ a: { b: many(20_000) }, c: many(2000) })],
	])('%s', async (_, text) => {
		expect((await read(text)).rows).toEqual(expected);
	});

	test('records that begin like what is nested in them are told apart', async () => {
		const records = Array.from({ length: 5000 }, (_, i) => ({
			id: i,
			list: [{ id: 1 }, { id: 2 }],
		}));
		const { rows } = await read(JSON.stringify(records));
		expect(rows).toEqual(records.map(({ id, list }) => [id, list]));
	});

	test('records with keys in different order', async () => {
		const records = Array.from({ length: 5000 }, (_, i) =>
			i % 2 ? { a: i, b: 'x' } : { b: 'y', a: i },
		);
		const { rows } = await read(JSON.stringify(records));
		expect(rows).toEqual(records.map(({ a, b }) => [b, a]));
	});

	test('plain values, and arrays of arrays', async () => {
		const values = Array.from({ length: 30_000 }, (_, i) => [i, `],[${i}`]);
		expect((await read(JSON.stringify(values))).rows).toEqual(values.map((value) => [value]));
		expect((await read(JSON.stringify(values.flat()))).rows).toHaveLength(60_000);
	});

	test('one record that is larger than many chunks', async () => {
		const long = 'é"'.repeat(1_000_000);
		expect((await read(JSON.stringify([{ a: long }, { a: 'x' }]))).rows).toEqual([[long], ['x']]);
	});

	test('a record, or a document that is one, has a largest size', async () => {
		const long = { a: 'x'.repeat(500_000) };
		for (const text of [JSON.stringify([long, long]), JSON.stringify(long)]) {
			await expect(
				readAll(text, { format: 'json', maxRecordLength: 100_000 }),
			).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' });
		}
	});

	test('numbers that JavaScript cannot hold become text, those in strings stay', async () => {
		const { rows } = await read(
			'[{"a":-12345678901234567890,"b":1e400,"c":"x 12345678901234567890"},{"a":1.5,"b":1e-400,"c":1e10},{"a":12345678901234567.89,"b":0.1000000000000000000,"c":-3.14159265358979323846}]',
		);
		expect(rows).toEqual([
			['-12345678901234567890', '1e400', 'x 12345678901234567890'],
			[1.5, '1e-400', 1e10],
			['12345678901234567.89', 0.1, '-3.14159265358979323846'],
		]);
	});

	test('__proto__ and constructor are data', async () => {
		const { columns, rows } = await read(
			'[{"__proto__":{"polluted":1},"constructor":{"prototype":"x"},"toString":"y"}]',
		);
		expect(columns).toEqual(['__proto__.polluted', 'constructor.prototype', 'toString']);
		expect(rows).toEqual([[1, 'x', 'y']]);
		expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
	});

	test.each([
		['arrays in a record', `[{"a":${'['.repeat(600)}${']'.repeat(600)}}]`],
		['objects in a record', `[${'{"a":'.repeat(600)}1${'}'.repeat(600)}]`],
		['arrays before the records', `{"x":${'['.repeat(600)}${']'.repeat(600)},"a":[{"b":1}]}`],
		['a document that is one record', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
	])('nesting has a limit: %s', async (_, text) => {
		await expect(read(text)).rejects.toMatchObject({
			code: 'FILE_UNREADABLE',
			message: expect.stringContaining('nested deeper than 512'),
		});
	});
});

test.each([1, 2, 3, 7, 4096])(
	'a missing record is an error, wherever chunks of %i bytes end',
	async (size) => {
		const bytes = Buffer.from('[{"Ref":5},,{"Ref":3}]');
		const chunked = {
			size: bytes.length,
			async *chunks() {
				for (let i = 0; i < bytes.length; i += size) {
					yield await Promise.resolve(bytes.subarray(i, i + size));
				}
			},
			read: (position: number, length: number) =>
				Promise.resolve(bytes.subarray(position, position + length)),
			close: () => Promise.resolve(),
		};
		const reading = async () => {
			const dataset = await openFile(chunked, { format: 'json' });
			for await (const _ of run(dataset)) continue;
		};
		await expect(reading()).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
	},
);
