import { sql, type RawBuilder } from 'kysely';
import { ImportError } from '../../issues';
import type { TableName } from '../target';
import type { LoadConnection } from './load-connection';

/** A table in which imports keep their books, beside the table that is written. */
export interface LedgerTable {
	name: string;
	/** The definitions of its columns, in words that every database understands, in brackets. */
	columns: string;
	/** What it is for, behind its name in a message: `which remembers ...`. */
	purpose: string;
	/** What the user of the credential must be allowed to do with it. */
	rights: string;
}

/** A reference to a table of books beside a table. */
export const ledgerBeside = (
	connection: LoadConnection,
	{ schema }: TableName,
	{ name }: LedgerTable,
): RawBuilder<unknown> => connection.dialect.table({ schema, name });

/**
 * Makes the table unless it is there: who may write into it need not have the right to make it.
 *
 * @throws ImportError WRITE_DENIED; the driver's own error
 */
export async function prepareLedger(
	connection: LoadConnection,
	beside: TableName,
	table: LedgerTable,
): Promise<void> {
	const ledger = ledgerBeside(connection, beside, table);
	const point = sql.id('data_import_ledger');
	await connection.run(sql`savepoint ${point}`);
	try {
		await connection.run(sql`select 1 from ${ledger} where 1 = 0`);
		await connection.run(sql`release savepoint ${point}`);
		return;
	} catch {
		await connection.run(sql`rollback to savepoint ${point}`);
	}
	const { name, columns, purpose, rights } = table;
	try {
		await connection.run(sql`create table if not exists ${ledger} ${sql.raw(columns)}`);
	} catch (error) {
		if (error instanceof ImportError) throw error;
		const { code, message } = connection.dialect.explain(error);
		if (code !== 'WRITE_DENIED') throw error;
		throw new ImportError(
			code,
			`The table ${name}, ${purpose}, cannot be made or read (${message})`,
			{
				hint: `Let someone who may make tables create it, with ${rights} for the user of the credential: create table ${name} ${columns}.`,
			},
			{ cause: error },
		);
	}
}
