import { ImportError } from '../../issues';
import { SqlTarget } from '../sql/sql-target';
import type { TableDescription, TableName } from '../target';
import { SqliteConnection } from './sqlite-connection';
import { sqliteDialect } from './sqlite-dialect';
import { describeSqliteTable, listSqliteTables } from './sqlite-introspection';

/** An SQLite file. */
export class SqliteTarget extends SqlTarget<SqliteConnection> {
	readonly label = 'SQLite';

	protected readonly dialect = sqliteDialect;

	readonly #path: string;

	/** @param path the file, which must exist */
	constructor(path: string) {
		super();
		this.#path = path;
	}

	protected open(): Promise<SqliteConnection> {
		return Promise.resolve(new SqliteConnection(this.#path));
	}

	protected tablesOf(connection: SqliteConnection): Promise<TableName[]> {
		return listSqliteTables(connection);
	}

	protected descriptionOf(
		connection: SqliteConnection,
		table: TableName,
	): Promise<TableDescription> {
		return describeSqliteTable(connection, table);
	}

	/** A message of SQLite does not say which file it is about. */
	protected override explained(error: unknown): Error {
		if (error instanceof ImportError) return error;
		const { code, message } = sqliteDialect.explain(error);
		return new ImportError(code, `${message}: ${this.#path}`, {}, { cause: error });
	}
}
