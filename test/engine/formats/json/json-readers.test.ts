import type { OpenOptions } from '../../../../engine';
import { decided, readAll } from '../../read-all';

describe('reading JSON', () => {
	test('an array of objects is a table; every key of the first records is a column', async () => {
		const { columns, rows } = await readAll('[{"a":1,"b":"x"},{"b":"y","c":true}]');
		expect(columns).toEqual(['a', 'b', 'c']);
		expect(rows).toEqual([
			[1, 'x', null],
			[null, 'y', true],
		]);
	});

	test('the records are found under their path', async () => {
		const { dataset, rows } = await readAll(
			'{"meta":{"tags":["x"]},"data":{"items":[{"a":1},{"a":2}]}}',
		);
		expect(decided(dataset, 'records')).toBe('data.items');
		expect(rows).toEqual([[1], [2]]);
	});

	test('a path that was set is taken, one that is not there is refused', async () => {
		const text = '{"old":[{"a":0}],"new":[{"a":1}]}';
		expect((await readAll(text, { recordPath: 'new' })).rows).toEqual([[1]]);
		await expect(readAll(text, { recordPath: 'none' })).rejects.toMatchObject({
			code: 'FILE_FORMAT',
		});
	});

	test('a single object is one record', async () => {
		expect((await readAll('{"a":1,"b":{"c":"x"}}')).rows).toEqual([[1, 'x']]);
	});

	test('nested objects become dotted columns, arrays stay', async () => {
		const { columns, rows } = await readAll('[{"a":{"b":{"c":1}},"d":[1,2]}]');
		expect(columns).toEqual(['a.b.c', 'd']);
		expect(rows).toEqual([[1, [1, 2]]]);
	});

	test('whole numbers keep all their digits', async () => {
		const { rows } = await readAll('[{"id":12345678901234567890,"n":1.5},{"id":7,"n":2}]');
		expect(rows).toEqual([
			['12345678901234567890', 1.5],
			[7, 2],
		]);
	});

	test('strings may hold brackets, quotes and backslashes', async () => {
		const value = 'a]},{"\\"[';
		expect((await readAll(JSON.stringify([{ a: value }, { a: 'b' }]))).rows).toEqual([
			[value],
			['b'],
		]);
	});

	test('thousands of records come whole over the borders of chunks', async () => {
		const records = Array.from({ length: 20_000 }, (_, i) => ({
			i,
			text: `é${'x'.repeat(i % 50)}`,
		}));
		const { rows } = await readAll(JSON.stringify(records));
		expect(rows).toHaveLength(20_000);
		expect(rows[19_999]).toEqual([19_999, records[19_999]?.text]);
	});

	test('a key that the first records do not have is not dropped: the record is rejected', async () => {
		const records = [...Array.from({ length: 1000 }, () => ({ a: 1 })), { a: 2, late: 'x' }];
		const { rows, rejected } = await readAll(JSON.stringify(records));
		expect(rows).toHaveLength(1000);
		expect(rejected).toMatchObject([
			{ number: 1001, issues: [{ code: 'ROW_LONG', column: 'late' }] },
		]);
	});

	test.each([
		['an array that is not closed', '[{"a":1},{"a":2}'],
		['a broken record', '[{"a":1},{"a":}]'],
		['text behind a value', '[{"a":1 2}]'],
	])('%s is an error, not a short file', async (_, text) => {
		await expect(readAll(text)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
	});

	test('nesting without end is refused', async () => {
		await expect(readAll(`[${'['.repeat(100_000)}`)).rejects.toMatchObject({
			code: 'FILE_UNREADABLE',
		});
	});

	test('an empty array holds no records', async () => {
		await expect(readAll('[]')).rejects.toMatchObject({ code: 'FILE_NO_RECORDS' });
	});

	test('UTF-16 is read', async () => {
		const { rows } = await readAll(Buffer.from('\ufeff[{"a":"é"}]', 'utf16le'));
		expect(rows).toEqual([['é']]);
	});
});

describe('reading JSON lines', () => {
	test('each line is a record, and its number is that of the line', async () => {
		const { dataset, rows, numbers } = await readAll('{"a":1}\n\n{"a":2}\r\n');
		expect(decided(dataset, 'format')).toBe('ndjson');
		expect(rows).toEqual([[1], [2]]);
		expect(numbers).toEqual([1, 3]);
	});

	test('a broken line is rejected with its text, the others are read', async () => {
		const { rows, rejected } = await readAll('{"a":1}\n{"a":\n{"a":3}\n');
		expect(rows).toEqual([[1], [3]]);
		expect(rejected).toMatchObject([
			{ number: 2, raw: '{"a":', issues: [{ code: 'ROW_MALFORMED' }] },
		]);
	});

	test('__proto__ is a key like any other', async () => {
		const { columns } = await readAll('{"__proto__":"x","a":1}\n{"__proto__":"y","a":2}\n');
		expect(columns).toEqual(['__proto__', 'a']);
	});
});

describe('the format is decided by content', () => {
	test.each([
		['people.csv', '[{"a":1}]', 'json'],
		['people.json', 'a;b\n1;2\n', 'csv'],
		['people.csv', '{"a":1}\n{"a":2}\n', 'ndjson'],
		['people.csv', '<people><p name="Ann"/><p name="Bob"/></people>', 'xml'],
	])('%s that holds %j is read as %s, with a warning', async (fileName, text, format) => {
		const { dataset } = await readAll(text, { fileName });
		expect(decided(dataset, 'format')).toBe(format);
		expect(dataset.source).toMatchObject({ issues: [{ code: 'FILE_FORMAT_MISMATCH' }] });
	});

	test('an XML file is read from end to end', async () => {
		const { columns, rows } = await readAll(
			'<?xml version="1.0"?><list><p id="1"><n>Ann</n></p><p id="2"><n>Bob</n></p></list>',
		);
		expect(columns).toEqual(['id', 'n']);
		expect(rows).toEqual([
			['1', 'Ann'],
			['2', 'Bob'],
		]);
	});

	test('a web page is no table, whatever it is called', async () => {
		const page = '<!DOCTYPE html><html><body>Please log in</body></html>';
		await expect(readAll(page, { fileName: 'members.csv' })).rejects.toMatchObject({
			code: 'FILE_FORMAT',
		});
	});

	test('a format that was chosen is used; an unknown one is refused', async () => {
		const { columns } = await readAll('[1],[2]\n3,4\n', { format: 'csv' });
		expect(columns).toEqual(['[1]', '[2]']);
		await expect(readAll('a\n1\n', { format: 'pdf' })).rejects.toMatchObject({
			code: 'FILE_FORMAT',
		});
	});
});

describe.each(['json', 'ndjson'])('names that only late records have, in %s', (format) => {
	const records = Array.from({ length: 1100 }, (_, i) => (i < 1050 ? { a: i } : { a: i, late: i }));
	const content =
		format === 'json'
			? JSON.stringify(records)
			: records.map((record) => JSON.stringify(record)).join('\n');

	test('reject their records', async () => {
		const { columns, rows, rejected } = await readAll(content, { format });
		expect(columns).toEqual(['a']);
		expect([rows.length, rejected.length]).toEqual([1050, 50]);
	});

	test('end the reading where long rows are to stop it', async () => {
		await expect(readAll(content, { format, longRows: 'stop' })).rejects.toMatchObject({
			code: 'ROW_LONG',
			issue: { row: 1051, column: 'late' },
		});
	});

	test('are columns of their own where long rows are kept', async () => {
		const { columns, rows, rejected } = await readAll(content, { format, longRows: 'keep' });
		expect(columns).toEqual(['a', 'late']);
		expect([rows.length, rejected.length]).toEqual([1100, 0]);
		expect(rows.at(-1)).toEqual([1099, 1099]);
	});
});

describe('more names than a table has columns are refused', () => {
	const MOST = 200_000;
	const entries = (count: number, prefix = 'k') =>
		Array.from({ length: count }, (_, i) => `"${prefix}${i}":1`).join(',');
	const tooMany = entries(MOST + 1);
	const halves = `"a":{${entries(MOST / 2 + 1)}},"b":{${entries(MOST / 2)}}`;

	test.each<[string, string, OpenOptions]>([
		['of one record', `[{${tooMany}}]`, {}],
		['of one line', `{${tooMany}}\n{"a":1}\n`, { format: 'ndjson' }],
		['of one line in UTF-16', `\ufeff{${tooMany}}\n`, { format: 'ndjson', encoding: 'utf-16le' }],
		['of a document that is a record', `{${tooMany}}`, {}],
		[
			'of a record behind those that give the names',
			`[${'{"a":1},'.repeat(1100)}{${tooMany}}]`,
			{},
		],
		['of nested objects together', `[{${halves}}]`, {}],
		['of an object that is kept', `[{"a":{${tooMany}}}]`, { nested: 'keep' }],
		['of an object in a list', `{"l":[{${tooMany}}]}\n`, { format: 'ndjson' }],
		['of several records together', `[{${entries(MOST, 'a')}},{"b":1}]`, {}],
		[
			'of all records, where long rows are kept',
			`[${Array.from({ length: 1500 }, (_, r) => `{${entries(140, `r${r}_`)}}`).join(',')}]`,
			{ longRows: 'keep' },
		],
	])('%s', async (_, text, options) => {
		const content = Buffer.from(text, options.encoding === 'utf-16le' ? 'utf16le' : 'utf8');
		await expect(readAll(content, options)).rejects.toMatchObject({
			code: 'FILE_TOO_LARGE',
			message: expect.stringContaining(`more than ${MOST} different names`) as string,
		});
	});

	test.each<[string, string, OpenOptions]>([
		['objects that are kept and hold as many together', `[{${halves}}]`, { nested: 'keep' }],
		[
			'a list of many objects',
			`{"l":[${'{"a":1,"b":"\\":"},'.repeat(MOST)}{}]}\n`,
			{ format: 'ndjson' },
		],
	])('but not %s', async (_, text, options) => {
		expect((await readAll(text, options)).rows).toHaveLength(1);
	});
});
