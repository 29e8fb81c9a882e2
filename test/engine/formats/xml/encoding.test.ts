import { readXml } from './read-xml';

const declared = (encoding: string) =>
	`<?xml version="1.0" encoding="${encoding}"?><r><n>é</n></r>`;

describe('the encoding of XML', () => {
	test.each([
		['UTF-8', Buffer.from(declared('UTF-8')), 'utf-8'],
		['ISO-8859-1', Buffer.from(declared('ISO-8859-1'), 'latin1'), 'windows-1252'],
		['UTF-16 with a mark', Buffer.from(`\ufeff${declared('UTF-16')}`, 'utf16le'), 'utf-16le'],
		['UTF-8 with a mark, whatever it says', Buffer.from(`\ufeff${declared('UTF-16')}`), 'utf-8'],
	])('%s', async (_, bytes, encoding) => {
		const { rows, decided } = await readXml(bytes);
		expect(rows).toEqual([['é']]);
		expect(decided('encoding')).toBe(encoding);
	});

	test('a declaration that is honoured decides between encodings that look alike', async () => {
		const bytes = Buffer.concat([
			Buffer.from('<?xml version="1.0" encoding="windows-1251"?><r><n>'),
			Buffer.from([0xcf, 0xf0, 0xe8]),
			Buffer.from('</n></r>'),
		]);
		expect((await readXml(bytes)).rows).toEqual([['При']]);
	});

	test('a declaration that the bytes do not fit is not honoured, with a warning', async () => {
		const { rows, source } = await readXml(Buffer.from(declared('UTF-8'), 'latin1'), {});
		expect(rows[0]).toHaveLength(1);
		expect(source.issues).toMatchObject([{ code: 'FILE_ENCODING', value: 'UTF-8' }]);
	});

	test('bytes that are not UTF-8 behind the head are an error, not another letter', async () => {
		const text = Buffer.from(
			`<r>${'<s><n>A</n></s>'.repeat(100_000)}<s><n>é</n></s></r>`,
			'latin1',
		);
		await expect(readXml(text)).rejects.toMatchObject({
			code: 'FILE_UNREADABLE',
			message: expect.stringContaining('UTF-8'),
		});
	});
});
