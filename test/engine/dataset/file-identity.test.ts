import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { close, MemoryBytes, openFile, profile, run, type Dataset } from '../../../engine';

let folder: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'file-identity-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const csv = (rows: number, city = 'York') =>
	`id,city\n${Array.from({ length: rows }, (_, i) => `${i},${city}\n`).join('')}`;

const changed = { code: 'FILE_CHANGED' };

/** The dataset as a later node has it: what was decided about one file, and the bytes of another. */
function withBytes({ source, steps }: Dataset, bytes: Uint8Array): Dataset {
	const travelled = JSON.parse(JSON.stringify({ source, steps })) as Dataset;
	return { ...travelled, bytes: new MemoryBytes(bytes) };
}

describe('a run is held to the file that was opened', () => {
	test.each([
		['of another size', csv(10), csv(11)],
		['of the same size', csv(10), csv(10, 'Hull')],
		['that differs at its end only', csv(100_000), csv(100_000).replace(/York\n$/, 'Hull\n')],
		['that is packed', gzipSync(csv(10)), gzipSync(csv(12))],
	])('and refuses one %s', async (_, one, other) => {
		const dataset = await openFile(Buffer.from(one));
		await expect(profile(withBytes(dataset, Buffer.from(other)))).rejects.toMatchObject(changed);
	});

	test.each([
		['small', 10],
		['large', 100_000],
	])('and takes a copy of a %s file', async (_, rows) => {
		const dataset = await openFile(Buffer.from(csv(rows)));
		const { rows: read } = await profile(withBytes(dataset, Buffer.from(csv(rows))));
		expect(read).toBe(rows);
	});
});

test('says what differs', async () => {
	const dataset = await openFile(Buffer.from(csv(10)));
	await expect(profile(withBytes(dataset, Buffer.from(csv(11))))).rejects.toThrow(
		'The file is no longer the one that was opened: it had 78 bytes when it was opened, and has 86 now',
	);
});

describe('a file on disk', () => {
	test('that is written anew after it was opened is refused', async () => {
		const path = join(folder, 'a.csv');
		writeFileSync(path, csv(10));
		const dataset = await openFile(path);
		writeFileSync(path, csv(10, 'Hull'));
		await expect(profile(dataset)).rejects.toMatchObject(changed);
		await close(dataset);
	});

	test('that is written to while it is read ends the run with an error', async () => {
		const path = join(folder, 'a.csv');
		writeFileSync(path, csv(300_000));
		utimesSync(path, new Date(0), new Date(0));
		const dataset = await openFile(path);
		const read = async () => {
			let batches = 0;
			for await (const _ of run(dataset)) {
				if (++batches > 1) continue;
				const file = await open(path, 'r+');
				await file.write('9', 200_000);
				await file.close();
			}
		};
		await expect(read()).rejects.toMatchObject(changed);
		await close(dataset);
	});

	test('that grows after it was opened is refused', async () => {
		const path = join(folder, 'a.csv');
		writeFileSync(path, csv(10));
		const dataset = await openFile(path);
		writeFileSync(path, csv(11));
		await expect(profile(dataset)).rejects.toMatchObject(changed);
		await close(dataset);
	});
});
