import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import type { CompiledQuery } from 'kysely';
import type { QueryResult, SqlConnection } from '../../../../engine/targets/sql/connection';
import { SqlTarget } from '../../../../engine/targets/sql/sql-target';
import { SqliteError } from '../../../../engine/targets/sqlite/sqlite-connection';
import { sqliteDialect } from '../../../../engine/targets/sqlite/sqlite-dialect';
import {
	describeSqliteTable,
	listSqliteTables,
} from '../../../../engine/targets/sqlite/sqlite-introspection';
import type { StagedRow, TableName } from '../../../../engine';

/** SQLite in memory and on this thread: a load takes a few milliseconds, where one on a thread of its own takes fifty. */
export class InProcessSqlite extends SqlTarget<SqlConnection> {
	readonly label = 'SQLite';

	protected readonly dialect = sqliteDialect;

	readonly #database = new DatabaseSync(':memory:');

	run(statement: string): Array<Record<string, unknown>> {
		if (!/^(select|pragma)/i.test(statement)) {
			this.#database.exec(statement);
			return [];
		}
		return this.#database
			.prepare(statement)
			.all()
			.map((row) => ({ ...row }));
	}

	override close(): Promise<void> {
		this.#database.close();
		return Promise.resolve();
	}

	protected open(): Promise<SqlConnection> {
		return Promise.resolve(new InProcessConnection(this.#database));
	}

	protected tablesOf(connection: SqlConnection) {
		return listSqliteTables(connection);
	}

	protected descriptionOf(connection: SqlConnection, table: TableName) {
		return describeSqliteTable(connection, table);
	}
}

class InProcessConnection implements SqlConnection {
	readonly #database: DatabaseSync;

	constructor(database: DatabaseSync) {
		this.#database = database;
	}

	// eslint-disable-next-line @typescript-eslint/require-await -- what it throws is a rejection
	async run({ sql, parameters }: CompiledQuery): Promise<QueryResult> {
		return asked(() => {
			const statement = this.#database.prepare(sql);
			const values = parameters as SQLInputValue[];
			if (statement.columns().length > 0) {
				return { rows: statement.all(...values).map((row) => ({ ...row })), changes: 0 };
			}
			return { rows: [], changes: Number(statement.run(...values).changes) };
		});
	}

	// eslint-disable-next-line @typescript-eslint/require-await -- what it throws is a rejection
	async append(table: string, rows: StagedRow[]): Promise<void> {
		const places = (rows[0]?.values ?? []).map(() => ', ?').join('');
		if (rows.length === 0) return;
		asked(() => {
			const statement = this.#database.prepare(`insert into temp.${table} values (?${places})`);
			for (const { number, values } of rows) statement.run(number, ...(values as SQLInputValue[]));
		});
	}

	cancel(): Promise<void> {
		return Promise.resolve();
	}

	/** What belongs to the connection goes with it. */
	close(): Promise<void> {
		const tables = this.#database
			.prepare("select name from sqlite_temp_schema where type = 'table'")
			.all();
		for (const { name } of tables) this.#database.exec(`drop table temp."${String(name)}"`);
		return Promise.resolve();
	}
}

function asked<T>(work: () => T): T {
	try {
		return work();
	} catch (error) {
		const { message, errcode } = error as Error & { errcode?: number };
		throw new SqliteError(message, errcode);
	}
}
