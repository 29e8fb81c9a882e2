import { SqlTarget } from '../sql/sql-target';
import type { TableDescription, TableName } from '../target';
import { PostgresConnection, type PostgresConfig } from './postgres-connection';
import { postgresDialect } from './postgres-dialect';
import { describePostgresTable, listPostgresTables } from './postgres-introspection';

/** A PostgreSQL database. */
export class PostgresTarget extends SqlTarget<PostgresConnection> {
	readonly label = 'PostgreSQL';

	protected readonly dialect = postgresDialect;

	readonly #config: PostgresConfig;

	constructor(config: PostgresConfig) {
		super();
		this.#config = config;
	}

	protected open(): Promise<PostgresConnection> {
		return PostgresConnection.open(this.#config);
	}

	protected tablesOf(connection: PostgresConnection): Promise<TableName[]> {
		return listPostgresTables(connection);
	}

	protected descriptionOf(
		connection: PostgresConnection,
		table: TableName,
	): Promise<TableDescription> {
		return describePostgresTable(connection, table);
	}
}
