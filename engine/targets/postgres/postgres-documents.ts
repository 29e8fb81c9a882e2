import { sql } from 'kysely';
import { SqlDocuments, type DocumentDialect } from '../sql/documents';
import type { TableName } from '../target';
import { PostgresConnection, type PostgresConfig } from './postgres-connection';
import { postgresDialect } from './postgres-dialect';

const dialect: DocumentDialect = {
	...postgresDialect,

	createDocuments: (table) =>
		sql`create table if not exists ${postgresDialect.table(table)} (name varchar(200) primary key, saved_at varchar(32) not null, content text not null, revision integer not null)`,
};

/** Texts that are kept under names in a table of a PostgreSQL database. */
export class PostgresDocuments extends SqlDocuments {
	constructor(config: PostgresConfig, table: TableName) {
		super(() => PostgresConnection.open(config), dialect, table);
	}
}
