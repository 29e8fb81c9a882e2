import { ImportError } from '../../issues';
import { SqlTarget } from '../sql/sql-target';
import type { LoadSession, LoadSpecification, TableDescription, TableName } from '../target';
import { MySqlConnection, type MySqlConfig } from './mysql-connection';
import { mySqlDialect } from './mysql-dialect';
import { describeMySqlTable, listMySqlTables } from './mysql-introspection';

/** A MySQL or MariaDB database. */
export class MySqlTarget extends SqlTarget<MySqlConnection> {
	readonly label = 'MySQL';

	protected readonly dialect = mySqlDialect;

	readonly #config: MySqlConfig;

	constructor(config: MySqlConfig) {
		super();
		this.#config = config;
	}

	override async startLoad(specification: LoadSpecification): Promise<LoadSession> {
		const { name } = specification.table.table;
		if (/^data_import_(?!files$)/i.test(name)) {
			throw new ImportError('RUN_CONFIG', `The table may not be named "${name}"`, {
				value: name,
				hint: 'Names that begin with data_import_ are those of the temporary tables of an import, which would hide it. Rename the table.',
			});
		}
		return await super.startLoad(specification);
	}

	protected open(): Promise<MySqlConnection> {
		return MySqlConnection.open(this.#config);
	}

	protected tablesOf(connection: MySqlConnection): Promise<TableName[]> {
		return listMySqlTables(connection);
	}

	protected descriptionOf(
		connection: MySqlConnection,
		table: TableName,
	): Promise<TableDescription> {
		return describeMySqlTable(connection, table);
	}
}
