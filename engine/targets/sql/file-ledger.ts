import { sql } from 'kysely';
import type { TableName } from '../target';
import type { SqlConnection } from './connection';
import type { SqlDialect } from './dialect';
import { keepTable } from './kept-table';

const LEDGER = 'data_import_files';

const COLUMNS =
	'(fingerprint varchar(64) not null, table_name varchar(255) not null, file_name varchar(255), imported_at varchar(32) not null, primary key (fingerprint, table_name))';

/**
 * Remembers which files were imported into which table, in the table's own database and in the same transaction as the
 * rows: a file counts as imported exactly when its rows are there.
 */
export class FileLedger {
	readonly #connection: SqlConnection;

	readonly #dialect: SqlDialect;

	readonly #table: TableName;

	constructor(connection: SqlConnection, dialect: SqlDialect, table: TableName) {
		this.#connection = connection;
		this.#dialect = dialect;
		this.#table = table;
	}

	/** Makes the table unless it is there. @throws ImportError WRITE_DENIED */
	async prepare(): Promise<void> {
		await keepTable(this.#connection, this.#dialect, {
			table: { schema: this.#table.schema, name: LEDGER },
			columns: COLUMNS,
			purpose: 'which remembers imported files',
			rights: 'select and insert',
		});
	}

	async knows(fingerprint: string): Promise<boolean> {
		const { rows } = await this.#run(
			sql`select 1 as known from ${this.#ledger} where fingerprint = ${sql.lit(fingerprint)} and table_name = ${sql.lit(this.#table.name)}`,
		);
		return rows.length > 0;
	}

	async remember(fingerprint: string, fileName: string): Promise<void> {
		await this.#run(
			sql`insert into ${this.#ledger} (fingerprint, table_name, file_name, imported_at) values (${fingerprint}, ${this.#table.name}, ${fileName.slice(0, 255)}, ${new Date().toISOString()})`,
		);
	}

	get #ledger() {
		return this.#dialect.table({ schema: this.#table.schema, name: LEDGER });
	}

	#run(statement: Parameters<SqlDialect['compile']>[0]) {
		return this.#connection.run(this.#dialect.compile(statement));
	}
}
