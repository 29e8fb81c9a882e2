import { ImportError } from '../../issues';
import { SqlLoadSession } from '../sql/load-session';
import type {
	LoadSession,
	LoadSpecification,
	TableDescription,
	TableName,
	Target,
} from '../target';
import { MySqlConnection, type MySqlConfig } from './mysql-connection';
import { mySqlDialect } from './mysql-dialect';
import { explainMySqlError } from './mysql-errors';
import { describeMySqlTable, listMySqlTables } from './mysql-introspection';

/** A MySQL or MariaDB database. */
export class MySqlTarget implements Target {
	readonly label = 'MySQL';

	readonly #config: MySqlConfig;

	constructor(config: MySqlConfig) {
		this.#config = config;
	}

	listTables(): Promise<TableName[]> {
		return this.#withConnection(listMySqlTables);
	}

	describeTable(table: TableName): Promise<TableDescription> {
		return this.#withConnection((connection) => describeMySqlTable(connection, table));
	}

	async startLoad(specification: LoadSpecification): Promise<LoadSession> {
		const { name } = specification.table.table;
		if (/^data_import_(?!files$)/i.test(name)) {
			throw new ImportError('RUN_CONFIG', `The table may not be named "${name}"`, {
				value: name,
				hint: 'Names that begin with data_import_ are those of the temporary tables of an import, which would hide it. Rename the table.',
			});
		}
		return await SqlLoadSession.start(await this.#connect(), mySqlDialect, specification);
	}

	close(): Promise<void> {
		return Promise.resolve();
	}

	async #connect(): Promise<MySqlConnection> {
		try {
			return await MySqlConnection.open(this.#config);
		} catch (error) {
			throw asImportError(error);
		}
	}

	async #withConnection<T>(use: (connection: MySqlConnection) => Promise<T>): Promise<T> {
		const connection = await this.#connect();
		try {
			return await use(connection);
		} catch (error) {
			throw asImportError(error);
		} finally {
			await connection.close();
		}
	}
}

function asImportError(error: unknown): ImportError {
	if (error instanceof ImportError) return error;
	const { code, message } = explainMySqlError(error);
	return new ImportError(code, message, {}, { cause: error });
}
