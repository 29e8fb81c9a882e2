import { crc32, deflateRawSync } from 'node:zlib';
import { MemoryBytes } from '../../../../engine/dataset/byte-source';
import { ZipArchive } from '../../../../engine/formats/zip';
import { Random } from '../../random';
import { zip, type ZipPart } from './workbook-builder';

const MEGABYTE = 1024 * 1024;

async function readPart(
	bytes: Uint8Array,
	name: string,
	maxUnpackedBytes?: number,
): Promise<Buffer> {
	const archive = await ZipArchive.open(new MemoryBytes(bytes), maxUnpackedBytes);
	const chunks: Buffer[] = [];
	// A chunk is worthless once the next one is asked for.
	for await (const chunk of archive.read(name)) chunks.push(Buffer.from(chunk));
	return Buffer.concat(chunks);
}

/** Bytes that hardly shrink. */
function noise(length: number): Buffer {
	const random = new Random(1);
	const bytes = Buffer.alloc(length);
	for (let index = 0; index < length; index++) bytes[index] = random.below(256);
	return bytes;
}

describe('a part comes out as it went in', () => {
	test.each<[what: string, part: ZipPart]>([
		['deflated', { name: 'a', content: 'some text' }],
		['stored', { name: 'a', content: 'some text', method: 0 }],
		['empty', { name: 'a', content: '' }],
		['large', { name: 'a', content: noise(3 * MEGABYTE + 1) }],
		['large and stored', { name: 'a', content: noise(MEGABYTE + 1), method: 0 }],
		[
			'with another size than the directory says',
			{ name: 'a', content: 'some text', declared: { size: 2 ** 31 } },
		],
	])('%s', async (_, part) => {
		for (const options of [{}, { zip64: true }, { comment: 'c' }]) {
			const read = await readPart(zip([{ name: 'b', content: 'b' }, part], options), 'a');
			expect(read.equals(Buffer.from(part.content))).toBe(true);
		}
	});

	test('as often as it is read, and leaves the bytes of the file alone', async () => {
		const content = noise(131_072 - 65);
		const bytes = new Uint8Array(zip([{ name: 'a', content, method: 0 }]));
		const before = Buffer.from(bytes);
		for (let time = 0; time < 2; time++)
			expect((await readPart(bytes, 'a')).equals(content)).toBe(true);
		expect(before.equals(bytes)).toBe(true);
	});
});

test('parts are found by name, in any case', async () => {
	const archive = await ZipArchive.open(
		new MemoryBytes(
			zip([
				{ name: 'xl/Größe.xml', content: 'first' },
				{ name: 'XL/GRÖSSE.xml', content: 'x' },
				{ name: '/b', content: 'b' },
			]),
		),
	);
	expect(archive.names).toEqual(['xl/Größe.xml', 'XL/GRÖSSE.xml', '/b']);
	expect([archive.has('XL/größe.XML'), archive.has('b'), archive.has('c')]).toEqual([
		true,
		true,
		false,
	]);
});

describe('a bomb is stopped by what comes out of it', () => {
	const zeros = Buffer.alloc(80 * MEGABYTE);

	test('when a part unpacks to far more than any workbook does', async () => {
		const bomb = zip([{ name: 'a', content: zeros, declared: { size: 100 } }]);
		await expect(readPart(bomb, 'a')).rejects.toMatchObject({
			code: 'FILE_TOO_LARGE',
			message: expect.stringContaining('as in a zip bomb') as string,
		});
	});

	test('when all parts together are larger than the limit', async () => {
		const part = noise(MEGABYTE);
		const bytes = zip([{ name: 'a', content: part }]);
		expect(await readPart(bytes, 'a', MEGABYTE)).toHaveLength(MEGABYTE);
		await expect(readPart(bytes, 'a', MEGABYTE - 1)).rejects.toMatchObject({
			code: 'FILE_TOO_LARGE',
			message: 'The file unpacks to more than 1.0 MB, which is the limit.',
		});
	});

	test('but not when it only claims to be large', async () => {
		const bytes = zip([{ name: 'a', content: 'small', declared: { size: 0xfffffff0 } }]);
		expect((await readPart(bytes, 'a')).toString()).toBe('small');
	});
});

describe('damage is told', () => {
	const broken = deflateRawSync('some text').subarray(0, 5);

	test.each<[what: string, part: ZipPart, message: string]>([
		[
			'a wrong checksum',
			{ name: 'a', content: 'x', declared: { crc32: 1 } },
			'the checksum of its part a is wrong',
		],
		[
			'an unknown method',
			{ name: 'a', content: 'x', method: 99 },
			'its part a is packed by method 99, which is not known',
		],
	])('%s', async (_, part, message) => {
		await expect(readPart(zip([part]), 'a')).rejects.toMatchObject({
			code: 'FILE_UNREADABLE',
			message: `The file is damaged: ${message}.`,
		});
	});

	test('compressed bytes that break off', async () => {
		const stored = zip([
			{ name: 'a', content: broken, method: 0, declared: { crc32: crc32('some text') } },
		]);
		// The method of the part, in its two headers, from stored to deflate.
		stored.writeUInt16LE(8, 8);
		stored.writeUInt16LE(8, stored.indexOf('PK\u0001\u0002') + 10);
		await expect(readPart(stored, 'a')).rejects.toMatchObject({
			code: 'FILE_UNREADABLE',
			message: 'The file is damaged: its part a cannot be unpacked.',
		});
	});

	test('a directory that points nowhere', async () => {
		const bytes = zip([{ name: 'a', content: 'x' }]);
		const directory = bytes.indexOf('PK\u0001\u0002');
		bytes.writeUInt32LE(5, directory + 42);
		await expect(readPart(bytes, 'a')).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
		bytes.writeUInt32LE(0x7fffffff, directory + 42);
		await expect(readPart(bytes, 'a')).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
	});

	test('a directory of absurd size', async () => {
		const bytes = zip([{ name: 'a', content: 'x' }]);
		bytes.writeUInt32LE(0x7fffffff, bytes.length - 22 + 12);
		await expect(readPart(bytes, 'a')).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
	});
});
