import { utils, write } from '@e965/xlsx';
import {
	appendFileSync,
	existsSync,
	mkdtempSync,
	promises,
	rmSync,
	truncateSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { close, openFile, openWorkbook, run, type OpenOptions } from '../../engine';

const csv = Buffer.from('a,b\n1,2\n3,4\n');

let folder = '';

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'open-file-test-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('settings that no file can be read with are refused', () => {
	test.each<[OpenOptions]>([
		[{ delimiter: '' }],
		[{ delimiter: '\n' }],
		[{ delimiter: ',', quote: ',' }],
		[{ comment: '\r' }],
		[{ limit: 0 }],
		[{ maxRecordLength: -1 }],
		[{ maxUnpackedBytes: NaN }],
	])('%j', async (options) => {
		await expect(openFile(csv, options)).rejects.toMatchObject({ code: 'RUN_CONFIG' });
	});
});

describe('what cannot be read is an error that a person understands', () => {
	test('a folder', async () => {
		await expect(openFile(folder)).rejects.toMatchObject({
			code: 'FILE_UNREADABLE',
			message: 'The file cannot be opened: it is no file',
		});
	});

	test('a stream that breaks off', async () => {
		const stream = new Readable({
			read() {
				this.push('a,b\n1,2\n');
				this.destroy(new Error('socket hang up'));
			},
		});
		await expect(openFile(stream)).rejects.toMatchObject({
			code: 'FILE_UNREADABLE',
			message: 'The file did not arrive as a whole: socket hang up',
		});
	});

	test('a file that becomes shorter while it is read', async () => {
		const path = join(folder, 'shorter.csv');
		writeFileSync(path, 'a,b\n');
		appendFileSync(path, '1,2\n'.repeat(500_000));
		const dataset = await openFile(path);
		const readAll = async () => {
			for await (const { rows } of run(dataset)) if (rows.length > 0) truncateSync(path, 1_000_000);
		};
		await expect(readAll()).rejects.toMatchObject({
			code: 'FILE_UNREADABLE',
			message: 'The file became shorter while it was read: of 2000004 bytes 1000000 are left',
		});
		await close(dataset);
	});

	test('a file that is closed while it is read', async () => {
		const dataset = await openFile(Readable.from([Buffer.from(`a,b\n${'1,2\n'.repeat(500_000)}`)]));
		const readAll = async () => {
			for await (const { rows } of run(dataset)) if (rows.length > 0) await dataset.bytes?.close();
		};
		await expect(readAll()).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
	});
});

test('rows of very many columns come in short batches', async () => {
	const line = `${'1,'.repeat(4999)}1\n`;
	const dataset = await openFile(Buffer.from(line.repeat(400)), { headerRow: 0 });
	const lengths: number[] = [];
	for await (const { rows } of run(dataset)) lengths.push(rows.length);
	expect(Math.max(...lengths)).toBe(200);
	expect(lengths.reduce((sum, length) => sum + length)).toBe(400);
});

test('lines without rows leave the event loop its turns', async () => {
	const dataset = await openFile(Buffer.from(`a,b\n1,2\n${'\n'.repeat(3_000_000)}3,4\n`));
	let turns = 0;
	const timer = setInterval(() => turns++, 1);
	let rows = 0;
	for await (const batch of run(dataset)) rows += batch.rows.length;
	clearInterval(timer);
	expect(rows).toBe(2);
	expect(turns).toBeGreaterThan(1);
});

describe('a packed workbook leaves no temporary file behind', () => {
	const book = utils.book_new(utils.aoa_to_sheet([['a'], [1]]), 'S');
	const bytes = write(book, { bookType: 'xlsx', type: 'buffer' }) as Buffer;
	const madeFolders = jest.spyOn(promises, 'mkdtemp');

	/** Which of the temporary folders that were made are still there. */
	const left = async () => {
		const made = await Promise.all(
			madeFolders.mock.results.map(({ value }) => value as Promise<string>),
		);
		expect(made).toHaveLength(1);
		return made.filter((path) => existsSync(path));
	};

	beforeEach(() => madeFolders.mockClear());

	afterAll(() => madeFolders.mockRestore());

	test('when it is closed', async () => {
		const workbook = await openWorkbook(gzipSync(bytes), { fileName: 'a.xlsx.gz' });
		expect(await left()).toHaveLength(1);
		await workbook.close();
		expect(await left()).toEqual([]);
	});

	test('when it is damaged', async () => {
		const damaged = gzipSync(bytes.subarray(0, bytes.length - 100));
		await expect(openWorkbook(damaged)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
		expect(await left()).toEqual([]);
	});
});

test('a file of very many columns keeps the name and the type of each', async () => {
	const count = 12_000;
	const line = (cell: (column: number) => string) =>
		Array.from({ length: count }, (_, column) => cell(column)).join(',');
	const content = [
		line((column) => `c${column}`),
		line((column) => (column % 2 === 0 ? String(column) : `text ${column}`)),
		line((column) => (column % 2 === 0 ? '7' : 'x')),
	].join('\n');
	const dataset = await openFile(Buffer.from(content));
	const { columns } = dataset.source;
	expect(columns).toHaveLength(count);
	expect([columns[4999], columns[5000], columns[11_998]]).toMatchObject([
		{ name: 'c4999', type: 'text' },
		{ name: 'c5000', type: 'integer' },
		{ name: 'c11998', type: 'integer' },
	]);
	await close(dataset);
});

test('of a wide file with many rows every column has its type', async () => {
	const kinds = ['1.5', 'x', '2024-12-31', 'true'];
	const types = ['decimal', 'text', 'date', 'boolean'];
	const of = (cell: (column: number) => string) =>
		Array.from({ length: 1001 }, (_, column) => cell(column)).join(',');
	const row = of((column) => kinds[column % 4] ?? '');
	const lines = [of((column) => `column ${column}`), ...Array.from({ length: 400 }, () => row)];
	const { source } = await openFile(Buffer.from(lines.join('\n')));
	expect(source.columns.map(({ type }) => type)).toEqual(
		Array.from({ length: 1001 }, (_, column) => types[column % 4]),
	);
});
