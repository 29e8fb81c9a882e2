import { sql } from 'kysely';
import type { TableName } from '../target';
import { ledgerBeside, prepareLedger, type LedgerTable } from './ledger-table';
import type { LoadConnection } from './load-connection';

const FILES: LedgerTable = {
	name: 'data_import_files',
	columns:
		'(fingerprint varchar(64) not null, table_name varchar(255) not null, file_name varchar(255), imported_at varchar(32) not null, primary key (fingerprint, table_name))',
	purpose: 'which remembers imported files',
	rights: 'select and insert',
};

/**
 * Remembers which files were imported into which table, in the table's own database and in the same transaction as the
 * rows: a file counts as imported exactly when its rows are there.
 */
export class FileLedger {
	readonly #connection: LoadConnection;

	readonly #table: TableName;

	constructor(connection: LoadConnection, table: TableName) {
		this.#connection = connection;
		this.#table = table;
	}

	async prepare(): Promise<void> {
		await prepareLedger(this.#connection, this.#table, FILES);
	}

	async knows(fingerprint: string): Promise<boolean> {
		const { rows } = await this.#connection.run(
			sql`select 1 as known from ${this.#ledger} where fingerprint = ${sql.lit(fingerprint)} and table_name = ${sql.lit(this.#table.name)}`,
		);
		return rows.length > 0;
	}

	async remember(fingerprint: string, fileName: string): Promise<void> {
		await this.#connection.run(
			sql`insert into ${this.#ledger} (fingerprint, table_name, file_name, imported_at) values (${fingerprint}, ${this.#table.name}, ${fileName.slice(0, 255)}, ${new Date().toISOString()})`,
		);
	}

	get #ledger() {
		return ledgerBeside(this.#connection, this.#table, FILES);
	}
}
