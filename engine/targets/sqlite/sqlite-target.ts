import { ImportError } from '../../issues';
import { SqlLoadSession } from '../sql/load-session';
import type {
	LoadSession,
	LoadSpecification,
	TableDescription,
	TableName,
	Target,
} from '../target';
import { SqliteConnection } from './sqlite-connection';
import { sqliteDialect } from './sqlite-dialect';
import { explainSqliteError } from './sqlite-errors';
import { describeSqliteTable, listSqliteTables } from './sqlite-introspection';

/** An SQLite file. */
export class SqliteTarget implements Target {
	readonly label = 'SQLite';

	readonly #path: string;

	/** @param path the file, which must exist */
	constructor(path: string) {
		this.#path = path;
	}

	listTables(): Promise<TableName[]> {
		return this.#withConnection(listSqliteTables);
	}

	describeTable(table: TableName): Promise<TableDescription> {
		return this.#withConnection((connection) => describeSqliteTable(connection, table));
	}

	startLoad(specification: LoadSpecification): Promise<LoadSession> {
		return SqlLoadSession.start(new SqliteConnection(this.#path), sqliteDialect, specification);
	}

	close(): Promise<void> {
		return Promise.resolve();
	}

	async #withConnection<T>(use: (connection: SqliteConnection) => Promise<T>): Promise<T> {
		const connection = new SqliteConnection(this.#path);
		try {
			return await use(connection);
		} catch (error) {
			if (error instanceof ImportError) throw error;
			const { code, message } = explainSqliteError(error);
			throw new ImportError(code, `${message}: ${this.#path}`, {}, { cause: error });
		} finally {
			await connection.close();
		}
	}
}
