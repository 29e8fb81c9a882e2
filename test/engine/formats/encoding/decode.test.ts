import { decodeChunks, decodeHead } from '../../../../engine/formats/encoding';
import { encode } from './encode';

/** The pieces of text that come out when bytes come in chunks. */
async function decoded(chunks: readonly Uint8Array[], encoding: string): Promise<string[]> {
	const source = (async function* () {
		for (const chunk of chunks) yield await Promise.resolve(chunk);
	})();
	const pieces: string[] = [];
	for await (const piece of decodeChunks(source, encoding)) pieces.push(piece);
	return pieces;
}

describe('decoding in chunks', () => {
	test.each([
		['utf-8', '\ufeffa,ü,木,😀\n'],
		['utf-16le', '\ufeffa,ü,木,😀\n'],
		['utf-16be', '\ufeffa,ü,木,😀\n'],
		['utf-32le', '\ufeffa,ü,木,😀\n'],
		['utf-32be', '\ufeffa,ü,木,😀\n'],
		['shift_jis', '名前,カナ,表示\n'],
		['euc-jp', '名前,カナ,表示\n'],
		['gb18030', '姓名,北京,价格\n'],
		['big5', '姓名,台北,價格\n'],
		['euc-kr', '이름,서울,가격\n'],
		['cp850', 'Größe,Ø,½\n'],
	])('%s: no character is split, wherever a chunk ends', async (encoding, text) => {
		const bytes = encode(text, encoding);
		const plain = text.replace('\ufeff', '');
		for (let cut = 0; cut <= bytes.length; cut++) {
			const pieces = await decoded([bytes.subarray(0, cut), bytes.subarray(cut)], encoding);
			expect(pieces.join('')).toBe(plain);
			expect(pieces.some((piece) => /\p{Cs}/u.test(piece))).toBe(false);
		}
		const single = Array.from(bytes, (byte) => Uint8Array.of(byte));
		expect((await decoded(single, encoding)).join('')).toBe(plain);
	});

	test.each([
		['gb18030', [0x61, 0xe9, 0x37, 0xff, 0x0a, 0x62]],
		['gbk', [0x61, 0xb5, 0x30, 0x30, 0x0a, 0x62]],
		['euc-jp', [0x61, 0x8f, 0xcf, 0x41, 0x0a, 0x62]],
		['iso-2022-jp', [0x61, 0x1b, 0x2e, 0x30, 0x0a, 0x62]],
	])('%s: bytes that are no character lie across chunks', async (encoding, damaged) => {
		const bytes = Uint8Array.from(damaged);
		const whole = (await decoded([bytes], encoding)).join('');
		expect(whole).toMatch(/^a.*\ufffd.*\nb$/);
		const single = Array.from(bytes, (byte) => Uint8Array.of(byte));
		expect((await decoded(single, encoding)).join('')).toBe(whole);
	});

	test('a line of many kilobytes is decoded in pieces', async () => {
		const bytes = encode('北京'.repeat(50_000), 'gb18030');
		const chunks = Array.from({ length: 200 }, (_, i) => bytes.subarray(i * 1001, (i + 1) * 1001));
		const pieces = await decoded(chunks, 'gb18030');
		expect(pieces.length).toBeGreaterThan(2);
		expect(pieces.join('')).toBe('北京'.repeat(50_000));
	});

	test.each([
		['cp437', [0x81, 0x9b, 0xe1, 0xc4, 0xff], 'ü¢ß─\u00a0'],
		['cp737', [0x80, 0x98, 0xe1], 'Ααά'],
		['cp850', [0x81, 0x9b, 0xd5, 0xc6, 0xff], 'üøıã\u00a0'],
		['cp852', [0x88, 0x9d, 0xa5, 0xfd], 'łŁąř'],
		['cp855', [0xa0, 0xa1, 0xe0], 'аАЯ'],
		['cp857', [0x8d, 0x98, 0x9f, 0xa7], 'ıİşğ'],
		['cp858', [0xd5], '€'],
		['cp862', [0x80, 0x9a], 'את'],
		['x-mac-ce', [0x88, 0xb8, 0xe5], 'ąłŚ'],
		['koi8-r', [0xcd, 0xc9, 0xd2], 'мир'],
		['macintosh', [0x8a, 0xdb], 'ä€'],
	])('%s by its table', (encoding, bytes, text) => {
		expect(decodeHead(Uint8Array.from(bytes), encoding)).toBe(text);
	});

	test('a character of UTF-32 that is cut off at the end comes out as U+FFFD', async () => {
		const bytes = encode('ab', 'utf-32le');
		expect(await decoded([bytes.subarray(0, 6)], 'utf-32le')).toEqual(['a', '\ufffd']);
	});

	test('values beyond Unicode come out as U+FFFD', () => {
		const bytes = Uint8Array.from([0x41, 0, 0, 0, 0, 0xd8, 0, 0, 0, 0, 0x11, 0]);
		expect(decodeHead(bytes, 'utf-32le')).toBe('A\ufffd\ufffd');
	});

	test('memory that is filled anew after a chunk was read does not harm', async () => {
		const bytes = encode('a😀b', 'utf-32le');
		const buffer = Buffer.alloc(3);
		const source = (async function* () {
			for (let at = 0; at < bytes.length; at += 3) {
				const length = bytes.copy(buffer, 0, at, at + 3);
				yield await Promise.resolve(buffer.subarray(0, length));
			}
		})();
		let text = '';
		for await (const piece of decodeChunks(source, 'utf-32le')) text += piece;
		expect(text).toBe('a😀b');
	});
});
