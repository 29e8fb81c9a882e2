import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { issue, type FailedRow } from '../../../engine';
import { FailedRows, RefusedRows } from '../../../engine/loading/failed';
import type { FailingOutcome } from './failing-process';

const ROWS = 150_000;

/** What is in the process before the first row is read takes about half of it. */
const HEAP_MB = 64;

const row = (number: number): FailedRow => ({
	number,
	source: [`cell ${number}`, 'a sign that ends lines: \u2028'],
	issues: [issue('MATCH_NONE', `Row ${number}`, { row: number })],
});

describe('rows that fail', () => {
	test(`${ROWS} of them, which fail when they are matched, need no memory each`, async () => {
		const folder = mkdtempSync(join(tmpdir(), 'failing-'));
		const file = join(folder, 'people.csv');
		const database = join(folder, 'people.sqlite');
		const opened = new DatabaseSync(database);
		opened.exec('create table people (email text primary key, name text)');
		opened.close();
		const stream = createWriteStream(file);
		stream.write('email,name\n');
		for (let i = 0; i < ROWS; i++) {
			if (!stream.write(`person${i}@example.org,"Person number ${i}"\n`))
				await once(stream, 'drain');
		}
		await new Promise<void>((resolve) => stream.end(resolve));
		const child = fork(
			join(__dirname, '../fuzz/load-typescript.cjs'),
			[join(__dirname, 'failing-process.ts')],
			{ execArgv: [`--max-old-space-size=${HEAP_MB}`], stdio: 'pipe' },
		);
		try {
			child.send({ database, file });
			const outcome = await new Promise<FailingOutcome | string>((resolve) => {
				child.once('message', (message) => resolve(message as FailingOutcome));
				child.once('exit', (code, signal) => resolve(`it ended with ${signal ?? code}`));
			});
			expect(outcome).toEqual({ failed: ROWS, codes: { MATCH_NONE: ROWS }, lines: ROWS + 1 });
		} finally {
			child.kill('SIGKILL');
			rmSync(folder, { recursive: true });
		}
	}, 240_000);

	test('those beyond some thousands lie in files, and come out in the order of the file', async () => {
		const failed = new FailedRows();
		for (let first = 1; first < 30_000; first += 1000) {
			const numbers = Array.from({ length: 1000 }, (_, i) => first + i);
			await failed.add(numbers.filter((number) => number % 3 === 0).map(row));
			await failed.addRefused(numbers.filter((number) => number % 3 !== 0).map(row));
			expect(failed.held).toBeLessThanOrEqual(10_000);
		}
		let expected = 0;
		for await (const found of failed.all()) expect(found).toEqual(row(++expected));
		expect([expected, failed.count]).toEqual([30_000, 30_000]);
		expect((await failed.first(2)).map(({ number }) => number)).toEqual([1, 2]);
		await failed.dispose();
	});

	test('why they fail is known by row, however many there are and in whatever order they come', () => {
		const refused = new RefusedRows();
		const rows = Array.from({ length: 20_000 }, (_, i) => ((i * 7919) % 20_011) * 100);
		for (const number of rows) {
			refused.add(number, issue('MATCH_NONE', 'first'));
			if (number % 700 === 0) refused.add(number, issue('MATCH_FOUND', 'second'));
			expect(refused.held).toBeLessThanOrEqual(5000);
		}
		expect(refused.size).toBe(20_000);
		expect(rows.every((number) => refused.has(number))).toBe(true);
		expect([1, 99, 101, 3_000_000].some((number) => refused.has(number))).toBe(false);
		const issues = (number: number) =>
			refused.failedRow({ number, cells: ['a'] }).issues.map(({ message }) => message);
		expect(issues(700)).toEqual(['first', 'second']);
		expect(issues(800)).toEqual(['first']);
		refused.close();
	});
});
