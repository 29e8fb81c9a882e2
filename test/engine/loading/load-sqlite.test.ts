import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteTarget } from '../../../engine';
import { describeLoading, type Bench } from './load-cases';

describe('loading into SQLite', () => {
	const folder = mkdtempSync(join(tmpdir(), 'load-sqlite-'));
	const path = join(folder, 'people.sqlite');
	const database = new DatabaseSync(path);

	const bench: Bench = {
		target: new SqliteTarget(path),
		table: (name) => ({ name }),
		run: (statement) =>
			Promise.resolve(
				/^select/.test(statement)
					? database
							.prepare(statement)
							.all()
							.map((row) => ({ ...row }))
					: (database.exec(statement), []),
			),
	};

	afterAll(() => {
		database.close();
		rmSync(folder, { recursive: true });
	});

	describeLoading(() => bench);

	test('a path that leads nowhere is an error, not a new empty file', async () => {
		const missing = join(folder, 'missing.sqlite');
		await expect(new SqliteTarget(missing).listTables()).rejects.toMatchObject({
			code: 'RUN_CONNECTION',
		});
		await expect(new SqliteTarget(missing).listTables()).rejects.toThrow(missing);
	});
});
