import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { close, head, MemoryBytes, openFile, run, type Dataset } from '../../../../engine';
import { decided, readAll } from '../../read-all';
import { rowsXml, workbook } from '../xlsx/workbook-builder';

const CSV = 'id,name\n1,Ann\n2,Bob\n';

/** Text that does not shrink, as long as many chunks. */
const longCsv = (rows: number) => {
	let seed = 7;
	const random = () => (seed = (seed * 48_271) % 2_147_483_647).toString(36);
	return `id,name\n${Array.from({ length: rows }, (_, i) => `${i},${random()}${random()}`).join('\n')}\n`;
};

const spooled = () =>
	existsSync(tmpdir())
		? readdirSync(tmpdir()).filter((name) => name.startsWith('data-import-'))
		: [];

/** What comes out before an error, and the error. */
async function readUntilError(dataset: Dataset) {
	let rows = 0;
	try {
		for await (const batch of run(dataset)) rows += batch.rows.length;
	} catch (error) {
		return { rows, error };
	}
	throw new Error('The file was read without an error.');
}

describe('a file that is packed by gzip is read as the file in it', () => {
	test.each([
		['CSV', 'members.csv.gz', CSV],
		['JSON', 'members.json.gz', '[{"id":1,"name":"Ann"},{"id":2,"name":"Bob"}]'],
		['NDJSON', 'members.jsonl.gz', '{"id":1,"name":"Ann"}\n{"id":2,"name":"Bob"}\n'],
		[
			'XML',
			'members.xml.gz',
			'<r><p id="1"><name>Ann</name></p><p id="2"><name>Bob</name></p></r>',
		],
	])('%s', async (_, fileName, text) => {
		const { dataset, columns, rows } = await readAll(gzipSync(text), { fileName });
		expect(columns).toEqual(['id', 'name']);
		expect(rows.map(([, name]) => name)).toEqual(['Ann', 'Bob']);
		expect(dataset.source).toMatchObject({ fileName, containers: [{ kind: 'gzip' }], issues: [] });
		expect(decided(dataset, 'container')).toBe('gzip');
	});

	test('a workbook, by way of a temporary file that is gone afterwards', async () => {
		const before = spooled();
		const rows = rowsXml([
			['id', 'name'],
			[1, 'Ann'],
		]);
		const packed = gzipSync(workbook({ rows }));
		const read = await readAll(packed, { fileName: 'members.xlsx.gz' });
		expect(read.columns).toEqual(['id', 'name']);
		expect(read.rows).toEqual([[1, 'Ann']]);
		expect(spooled()).toEqual(before);
	});

	test('of several members, with zeros behind them', async () => {
		const bytes = Buffer.concat([
			gzipSync('id,name\n1,'),
			gzipSync('Ann\n2,Bob\n'),
			Buffer.alloc(70_000),
		]);
		expect((await readAll(bytes)).rows).toEqual([
			['1', 'Ann'],
			['2', 'Bob'],
		]);
	});

	test('longer than what is kept of it, as often as it is asked for', async () => {
		const dataset = await openFile(gzipSync(longCsv(200_000)), { fileName: 'long.csv.gz' });
		for (let time = 0; time < 2; time++) {
			let last: unknown;
			let count = 0;
			for await (const { rows } of run(dataset)) {
				count += rows.length;
				last = rows.at(-1)?.cells[0];
			}
			expect([count, last]).toEqual([200_000, '199999']);
		}
		expect((await head(dataset, 3)).rows).toHaveLength(3);
		await close(dataset);
	});

	test('a source that travelled as JSON is unpacked again', async () => {
		const bytes = new MemoryBytes(gzipSync(CSV));
		const { source } = await openFile(bytes, { fileName: 'members.csv.gz' });
		const again: Dataset = {
			source: JSON.parse(JSON.stringify(source)) as Dataset['source'],
			steps: [],
			bytes,
		};
		expect((await head(again, 9)).rows.map(({ cells }) => cells)).toEqual([
			['1', 'Ann'],
			['2', 'Bob'],
		]);
	});

	test.each([
		[[{ kind: 'tar' }]],
		[[{ kind: 'zip' }]],
		['gzip'],
		[[{ kind: 'gzip' }, { kind: 'gzip' }, { kind: 'gzip' }]],
	])('a description that makes no sense is refused: %j', async (containers) => {
		const { source } = await openFile(gzipSync(CSV));
		const dataset = {
			source: { ...source, containers },
			steps: [],
			bytes: new MemoryBytes(gzipSync(CSV)),
		};
		await expect(head(dataset as unknown as Dataset, 1)).rejects.toMatchObject({
			code: 'RUN_CONFIG',
		});
	});

	test('a name that hides the packing gets a warning', async () => {
		const { dataset } = await readAll(gzipSync(CSV), { fileName: 'members.csv' });
		expect(dataset.source).toMatchObject({
			issues: [
				{ code: 'FILE_FORMAT_MISMATCH', message: expect.stringContaining('gzip') as string },
			],
		});
	});

	test('a format that was chosen is that of the file inside', async () => {
		const { columns } = await readAll(gzipSync('[a],[b]\n1,2\n'), { format: 'csv' });
		expect(columns).toEqual(['[a]', '[b]']);
	});
});

describe('a damaged gzip file is never a short file', () => {
	const packed = gzipSync(longCsv(200_000));

	test('cut off: the rows so far, then an error', async () => {
		const dataset = await openFile(packed.subarray(0, packed.length - 100_000), {
			fileName: 'a.csv.gz',
		});
		const { rows, error } = await readUntilError(dataset);
		expect(rows).toBeGreaterThan(150_000);
		expect(error).toMatchObject({
			code: 'FILE_UNREADABLE',
			message: expect.stringContaining('cut off') as string,
		});
	});

	test.each([
		['without its checksum', packed.subarray(0, packed.length - 8)],
		['with a wrong checksum', Buffer.concat([packed.subarray(0, -8), Buffer.alloc(8, 1)])],
		['with a wrong length', Buffer.concat([packed.subarray(0, -4), Buffer.alloc(4, 1)])],
		['with bytes behind it that are no gzip', Buffer.concat([packed, Buffer.from('more rows')])],
		['with padding that is none', Buffer.concat([packed, Buffer.alloc(9), Buffer.from('x')])],
		['with a second member cut off', Buffer.concat([packed, gzipSync(CSV).subarray(0, 20)])],
	])('%s', async (_, bytes) => {
		const dataset = await openFile(bytes, { fileName: 'a.csv.gz' });
		const { rows, error } = await readUntilError(dataset);
		expect(rows).toBeGreaterThan(190_000);
		expect(error).toMatchObject({ code: 'FILE_UNREADABLE' });
	});

	test.each([
		['a short one that is cut off', gzipSync(CSV).subarray(0, -6)],
		['nothing but a header', gzipSync(CSV).subarray(0, 10)],
		[
			'garbage behind the header',
			Buffer.concat([gzipSync(CSV).subarray(0, 10), Buffer.alloc(50, 0xff)]),
		],
	])('%s', async (_, bytes) => {
		await expect(openFile(bytes)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
	});

	test('damage in an archive is not taken for broken JSON', async () => {
		const records = JSON.stringify(Array.from({ length: 100_000 }, (_, id) => ({ id })));
		const bytes = gzipSync(records);
		const dataset = await openFile(bytes.subarray(0, -40), { fileName: 'a.json.gz' });
		const { error } = await readUntilError(dataset);
		expect(error).toMatchObject({ message: expect.stringContaining('cut off') as string });
	});
});

describe('a gzip file that unpacks to far too much is refused', () => {
	/** 100 MB of one letter in 100 KB, and the like of it many times over. */
	const bomb = (unit: string, times: number) => {
		const member = gzipSync(Buffer.alloc(10 * 1024 * 1024, unit));
		return Buffer.concat(new Array<Buffer>(times).fill(member));
	};

	test.each([
		['one endless line', 'x'],
		['cells without end', 'a,'],
	])('%s', async (_, unit) => {
		const bytes = Buffer.concat([gzipSync('id,name\n1,Ann\n'), bomb(unit, 40)]);
		const reading = async () => {
			const dataset = await openFile(bytes, { fileName: 'a.csv.gz' });
			for await (const { rows } of run(dataset)) expect(rows.length).toBeGreaterThan(0);
		};
		await expect(reading()).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' });
	});

	test('the limit can be set', async () => {
		const bytes = gzipSync(longCsv(100_000));
		const reading = readAll(bytes, { maxUnpackedBytes: 1_200_000 });
		await expect(reading).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' });
	});

	test('who sets a limit may read what shrinks as much as a bomb', async () => {
		const bytes = gzipSync(`id,name\n${'1,\n'.repeat(30_000_000 / 1000)}`);
		expect((await readAll(bytes, { maxUnpackedBytes: 1e9 })).rows).toHaveLength(30_000);
	});

	test('a workbook that is a bomb does not fill the disk', async () => {
		const before = spooled();
		const zipLike = Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(4096)]);
		const bytes = Buffer.concat([gzipSync(zipLike), bomb('x', 40)]);
		await expect(openFile(bytes)).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' });
		expect(spooled()).toEqual(before);
	});
});

test('raw deflate data are no gzip file', async () => {
	await expect(readAll(deflateRawSync(Buffer.alloc(5000, 1)))).rejects.toMatchObject({
		code: expect.stringMatching(/^FILE_/) as string,
	});
});
