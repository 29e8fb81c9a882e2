import { sql } from 'kysely';
import { ImportError } from '../../issues';
import type { TableName } from '../target';
import type { SqlConnection } from './connection';
import type { SqlDialect } from './dialect';

/** A table that imports keep beside those of the person. */
interface KeptTable {
	table: TableName;
	/** Its columns in the database's own words, in parentheses. */
	columns: string;
	/** What it is for, for a person: "which remembers ...". */
	purpose: string;
	/** The rights that an import needs on it. */
	rights: string;
}

/** Makes the table unless it is there: who may write into it need not have the right to make it. @throws ImportError WRITE_DENIED */
export async function keepTable(
	connection: SqlConnection,
	dialect: SqlDialect,
	{ table, columns, purpose, rights }: KeptTable,
): Promise<void> {
	const run = (statement: Parameters<SqlDialect['compile']>[0]) =>
		connection.run(dialect.compile(statement));
	const point = sql.id('data_import_ledger');
	await run(sql`savepoint ${point}`);
	try {
		await run(sql`select 1 as known from ${dialect.table(table)} where 1 = 0`);
		await run(sql`release savepoint ${point}`);
		return;
	} catch {
		await run(sql`rollback to savepoint ${point}`);
	}
	try {
		await run(sql`create table if not exists ${dialect.table(table)} ${sql.raw(columns)}`);
	} catch (error) {
		const { code, message } = dialect.explain(error);
		if (code !== 'WRITE_DENIED') throw error;
		throw new ImportError(
			code,
			`The table ${table.name}, ${purpose}, cannot be made or read (${message})`,
			{
				hint: `Let someone who may make tables create it, with ${rights} for the user of the credential: create table ${table.name} ${columns}.`,
			},
			{ cause: error },
		);
	}
}
