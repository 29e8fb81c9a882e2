import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
	load,
	MySqlTarget,
	openRows,
	PostgresTarget,
	SqliteTarget,
	type Cell,
	type LoadOptions,
	type LoadResult,
	type Target,
} from '../../../engine';
import { mariaDbConfig, type TestDatabase } from '../../mariadb-server';
import { postgresConfig, type TestSchema } from '../../postgres-server';
import { upsertOn } from './load-cases';
import type { TableBench } from './table-cases';

/** An SQLite file of its own for one test file, gone at the end. */
export class SqliteFile {
	readonly folder = mkdtempSync(join(tmpdir(), 'data-import-sqlite-'));

	readonly path = join(this.folder, 'database.sqlite');

	readonly database = new DatabaseSync(this.path);

	readonly bench: TableBench = {
		target: new SqliteTarget(this.path),
		table: (name) => ({ name }),
		run: (statement) => Promise.resolve(this.run(statement)),
		quote: (name) => `"${name.replaceAll('"', '""')}"`,
		longest: 200,
	};

	run(statement: string): Array<Record<string, unknown>> {
		if (!/^select/.test(statement)) {
			this.database.exec(statement);
			return [];
		}
		return this.database
			.prepare(statement)
			.all()
			.map((row) => ({ ...row }));
	}

	drop(): void {
		this.database.close();
		rmSync(this.folder, { recursive: true });
	}
}

export const postgresBench = (schema: TestSchema): TableBench => ({
	target: new PostgresTarget(postgresConfig),
	table: (name) => ({ schema: schema.name, name }),
	run: (statement) => schema.query(statement),
	quote: (name) => `"${name.replaceAll('"', '""')}"`,
	longest: 63,
});

export const mariaDbBench = (database: TestDatabase): TableBench => ({
	target: new MySqlTarget({ ...mariaDbConfig, database: database.name }),
	table: (name) => ({ name }),
	run: (statement) => database.query(statement),
	quote: (name) => `\`${name.replaceAll('`', '``')}\``,
	longest: 64,
});

/** Imports rows into a table of a database, by the first column unless said otherwise. */
export const importerOf =
	(bench: () => Pick<TableBench, 'target' | 'table'>) =>
	async (
		table: string,
		columns: string[],
		rows: Cell[][],
		rules = upsertOn(columns[0] ?? ''),
		target: Target = bench().target,
		options: Partial<LoadOptions> = {},
	): Promise<LoadResult> =>
		await load(
			openRows(
				columns.map((name) => ({ name })),
				rows,
			),
			target,
			{ table: bench().table(table), rules, mode: 'apply', ...options },
		);
