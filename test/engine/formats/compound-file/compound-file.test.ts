import { MemoryBytes } from '../../../../engine/dataset/byte-source';
import {
	CompoundFile,
	compoundFileEntries,
	isCompoundFile,
} from '../../../../engine/formats/compound-file';
import { compoundFile, type CompoundFileOptions } from './compound-file-builder';

const pattern = (length: number, seed = 1) =>
	Buffer.from(Uint8Array.from({ length }, (_, i) => (i * 31 + (i >> 8) * 7 + seed) & 0xff));

async function content(file: Uint8Array, name: string): Promise<Buffer | undefined> {
	const opened = await CompoundFile.open(new MemoryBytes(file));
	const stream = await opened.stream(name);
	if (stream === undefined) return undefined;
	const chunks: Uint8Array[] = [];
	for await (const chunk of stream.chunks()) chunks.push(chunk);
	return Buffer.concat(chunks);
}

const headerAt = { directory: 48, miniFat: 60, difat: 68, firstFat: 76 };

describe('a compound file', () => {
	const layouts: [string, CompoundFileOptions][] = [
		['with sectors of 512 bytes', {}],
		['with sectors of 4096 bytes', { sectorSize: 4096 }],
		['with scattered sectors', { isFragmented: true }],
		['with scattered sectors of 4096 bytes', { sectorSize: 4096, isFragmented: true }],
	];

	test.each(layouts)('%s gives its streams, small and large', async (_, options) => {
		const streams = {
			Small: pattern(100, 3),
			Workbook: pattern(200_001, 5),
			Middle: pattern(4095, 7),
			Even: pattern(4096, 9),
		};
		const file = compoundFile(streams, options);
		for (const [name, bytes] of Object.entries(streams)) {
			expect((await content(file, name))?.equals(bytes)).toBe(true);
		}
		expect(await content(file, 'Other')).toBeUndefined();
		expect(await compoundFileEntries(new MemoryBytes(file))).toEqual([
			'Root Entry',
			'Small',
			'Workbook',
			'Middle',
			'Even',
		]);
	});

	test('with more of an allocation table than its header has room for', async () => {
		const bytes = pattern(16 * 1024 ** 2);
		const read = await content(
			compoundFile({ Workbook: bytes }, { isFragmented: true }),
			'Workbook',
		);
		expect(read?.equals(bytes)).toBe(true);
	});

	test('can be read at any place', async () => {
		const bytes = pattern(10_000);
		const file = compoundFile({ Workbook: bytes }, { isFragmented: true });
		const stream = await (await CompoundFile.open(new MemoryBytes(file))).stream('Workbook');
		expect(stream?.size).toBe(10_000);
		for (const [position, length] of [
			[0, 10],
			[511, 2],
			[600, 5000],
			[9990, 100],
			[10_000, 5],
		] as const) {
			const part = Buffer.from((await stream?.read(position, length)) ?? []);
			expect(part.equals(bytes.subarray(position, position + length))).toBe(true);
		}
		await stream?.close();
	});

	test('finds a stream whatever the case of its letters', async () => {
		const file = compoundFile({ WORKBOOK: pattern(5000) });
		expect(await content(file, 'Workbook')).toHaveLength(5000);
	});

	test('is known by its first bytes', async () => {
		expect(await isCompoundFile(new MemoryBytes(compoundFile({})))).toBe(true);
		expect(await isCompoundFile(new MemoryBytes(Buffer.from('Name;Age')))).toBe(false);
	});
});

describe('a damaged compound file', () => {
	type Change = (file: Buffer) => Buffer | undefined;
	const damagedBy = async (change: Change, name = 'Workbook') => {
		const file = compoundFile({ Workbook: pattern(20_000), Small: pattern(1000) });
		return await content(change(file) ?? file, name);
	};
	const fatAt = (file: Buffer) => (file.readUInt32LE(headerAt.firstFat) + 1) * 512;
	const entryAt = (file: Buffer, index: number) =>
		(file.readUInt32LE(headerAt.directory) + 1) * 512 + index * 128;

	test.each<[string, (file: Buffer) => Buffer | undefined]>([
		[
			'a chain of the stream that runs in a circle',
			(file) => {
				const start = file.readUInt32LE(entryAt(file, 1) + 116);
				file.writeUInt32LE(start, fatAt(file) + 4 * (start + 2));
				return undefined;
			},
		],
		[
			'a directory that runs in a circle',
			(file) => {
				const start = file.readUInt32LE(headerAt.directory);
				file.writeUInt32LE(start, fatAt(file) + 4 * start);
				return undefined;
			},
		],
		[
			'an allocation table that runs in a circle',
			(file) => {
				// the table's own continuation: a sector that names itself as the next one
				const large = compoundFile({ Workbook: pattern(16 * 1024 ** 2) });
				const difat = large.readUInt32LE(headerAt.difat);
				large.fill(0xff, (difat + 1) * 512, (difat + 2) * 512);
				large.writeUInt32LE(difat, (difat + 2) * 512 - 4);
				large.copy(file);
				return large;
			},
		],
		['sectors of a size that there is not', (file) => void file.writeUInt16LE(20, 30)],
		['a header that is cut off', (file) => file.subarray(0, 300)],
	])('with %s is unreadable', async (_, change) => {
		await expect(damagedBy(change)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
	});

	test('whose last sectors are missing has shorter streams', async () => {
		const file = compoundFile({ Workbook: pattern(20_000) });
		const start = file.readUInt32LE(entryAt(file, 1) + 116);
		file.writeUInt32LE(0xfffffffe, fatAt(file) + 4 * (start + 2));
		const read = await content(file, 'Workbook');
		expect(read?.equals(pattern(20_000).subarray(0, 3 * 512))).toBe(true);
	});

	test('that says it has far larger streams than it has sectors takes no memory for them', async () => {
		const huge = (index: number) => (file: Buffer) =>
			void file.writeUInt32LE(0xfffffff0, entryAt(file, index) + 120);
		expect((await damagedBy(huge(1)))?.length).toBeLessThan(21_000);
		// a stream that is no longer small is looked for among the large ones
		expect((await damagedBy(huge(2), 'Small'))?.length).toBeLessThan(30_000);
		const cutoff = (file: Buffer) => {
			file.writeUInt32LE(0xffffffff, 56);
			huge(2)(file);
			return file;
		};
		expect((await damagedBy(cutoff, 'Small'))?.length).toBe(1024);
	});

	test('gives the names that can be reached', async () => {
		const file = compoundFile({ EncryptedPackage: pattern(5000) });
		expect(await compoundFileEntries(new MemoryBytes(file.subarray(0, 600)))).toEqual([]);
		expect(await compoundFileEntries(new MemoryBytes(Buffer.from('PK')))).toEqual([]);
	});
});
