import { ImportError } from '../../issues';
import { SqlLoadSession } from '../sql/load-session';
import type {
	LoadSession,
	LoadSpecification,
	TableDescription,
	TableName,
	Target,
} from '../target';
import { PostgresConnection, type PostgresConfig } from './postgres-connection';
import { postgresDialect } from './postgres-dialect';
import { explainPostgresError } from './postgres-errors';
import { describePostgresTable, listPostgresTables } from './postgres-introspection';

/** A PostgreSQL database. */
export class PostgresTarget implements Target {
	readonly label = 'PostgreSQL';

	readonly #config: PostgresConfig;

	constructor(config: PostgresConfig) {
		this.#config = config;
	}

	listTables(): Promise<TableName[]> {
		return this.#withConnection(listPostgresTables);
	}

	describeTable(table: TableName): Promise<TableDescription> {
		return this.#withConnection((connection) => describePostgresTable(connection, table));
	}

	async startLoad(specification: LoadSpecification): Promise<LoadSession> {
		return await SqlLoadSession.start(await this.#connect(), postgresDialect, specification);
	}

	close(): Promise<void> {
		return Promise.resolve();
	}

	async #connect(): Promise<PostgresConnection> {
		try {
			return await PostgresConnection.open(this.#config);
		} catch (error) {
			throw asImportError(error);
		}
	}

	async #withConnection<T>(use: (connection: PostgresConnection) => Promise<T>): Promise<T> {
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
	const { code, message } = explainPostgresError(error);
	return new ImportError(code, message, {}, { cause: error });
}
