import { sql } from 'kysely';
import { SqlDocuments, type DocumentDialect } from '../sql/documents';
import type { TableName } from '../target';
import { MySqlConnection, type MySqlConfig } from './mysql-connection';
import { mySqlDialect } from './mysql-dialect';

const dialect: DocumentDialect = {
	...mySqlDialect,

	// names are compared as they are written: not by a collation that takes A for a, or ä for a
	createDocuments: (table) =>
		sql`create table if not exists ${mySqlDialect.table(table)} (name varchar(200) character set utf8mb4 collate utf8mb4_bin not null primary key, saved_at varchar(32) not null, content longtext character set utf8mb4 collate utf8mb4_bin not null, revision integer not null)`,
};

/** Texts that are kept under names in a table of a MySQL or MariaDB database. */
export class MySqlDocuments extends SqlDocuments {
	/** @param table its schema is the name of a database; without one it is that of the connection */
	constructor(config: MySqlConfig, table: TableName) {
		const database = config.database || table.schema;
		super(() => MySqlConnection.open({ ...config, database }), dialect, table);
	}
}
