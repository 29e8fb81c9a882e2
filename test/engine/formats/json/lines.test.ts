import { readAll } from '../../read-all';

const read = (text: string | Uint8Array) => readAll(text, { format: 'ndjson' });

describe('lines of NDJSON stand for themselves', () => {
	test.each([
		['a record that runs over two lines', '{"a":1}\n{"a":1,"b":[{}\n{}]}\n{"a":2}', [2, 3]],
		['two records in a line', '{"a":1}\n{"a":2},{"a":3}\n{"a":4}', [2]],
		[
			'both together, so that the count is right',
			'{"a":1}\n{"a":[{}\n{}]}\n{"a":2},{"a":3}',
			[2, 3, 4],
		],
		['a comma at the end of a line', '{"a":1},\n{"a":2}', [1]],
	])('%s: such lines are rejected, the others are read', async (_, text, bad) => {
		const { rejected, rows } = await read(text);
		expect(rejected.map(({ number }) => number)).toEqual(bad);
		expect(rows).toHaveLength(text.split('\n').length - bad.length);
	});

	test('blank lines are passed over, and count', async () => {
		const { rows, numbers } = await read('\n{"a":1}\r\n \r\n{"a":2}\n\n');
		expect(rows).toEqual([[1], [2]]);
		expect(numbers).toEqual([2, 4]);
	});

	test('a line that is not UTF-8 is rejected alone', async () => {
		const bytes = Buffer.concat([
			Buffer.from('{"a":"é"}\n{"a":"'),
			Buffer.from([0xe9]),
			Buffer.from('"}\n{"a":"ü"}\n'),
		]);
		const { rows, rejected } = await read(bytes);
		expect(rows).toEqual([['é'], ['ü']]);
		expect(rejected).toMatchObject([
			{
				number: 2,
				raw: '{"a":"\ufffd"}',
				issues: [{ code: 'ROW_MALFORMED', message: 'Line 2 is not valid UTF-8' }],
			},
		]);
	});

	test('characters that lie on the border of two chunks are whole', async () => {
		const lines = Array.from({ length: 20_000 }, (_, i) => `{"a":"${'€'.repeat(i % 40)}${i}"}`);
		const { rows, rejected } = await read(lines.join('\n'));
		expect(rejected).toEqual([]);
		expect(rows[19_999]).toEqual([`${'€'.repeat(39)}19999`]);
	});

	test('a JSON text sequence (RFC 7464) is read', async () => {
		expect((await read('\x1e{"a":1}\n\x1e{"a":2}\n')).rows).toEqual([[1], [2]]);
	});

	test('a line without end is refused', async () => {
		const text = `{"a":1}\n{"a":"${'x'.repeat(300_000)}"}`;
		await expect(
			readAll(text, { format: 'ndjson', maxRecordLength: 100_000 }),
		).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' });
	});
});
