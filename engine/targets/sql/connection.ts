import type { CompiledQuery } from 'kysely';
import type { Issue } from '../../issues';
import type { StagedRow, TableDescription } from '../target';

/** What a statement gave back. */
export interface QueryResult {
	rows: Array<Record<string, unknown>>;
	/** Records that were written. */
	changes: number;
}

/** One connection to a database that speaks SQL, with its own transaction. */
export interface SqlConnection {
	/** @throws the driver's own error, which `explain` understands */
	run(query: CompiledQuery): Promise<QueryResult>;
	/**
	 * Appends rows to a temporary table, the row number first, as fast as the database takes them. An empty batch makes sure
	 * that all have arrived.
	 *
	 * @throws the driver's own error, for a row of this batch or of one before it
	 */
	append(table: string, rows: StagedRow[]): Promise<void>;
	/**
	 * Where the database has no locks that outlive a transaction: keeps other imports out, of this process and of others,
	 * for no longer than this process lives.
	 *
	 * @param isLasting until the connection is closed; else it is only looked whether another import has the lock
	 * @returns false when another import has it
	 */
	lockImports?(isLasting: boolean): Promise<boolean>;
	/** Makes the statement that runs fail soon; where that cannot be asked for, the connection is cut. Never throws. */
	cancel(): Promise<void>;
	/** Ends the connection; a transaction that is open is rolled back. */
	close(): Promise<void>;
}

/**
 * What a database's error says about a row: code, column and message in a person's words.
 *
 * @param table the table that was written, where it is known: not every message quotes the names in it
 */
export type ErrorReader = (
	error: unknown,
	table?: TableDescription,
) => Pick<Issue, 'code' | 'message' | 'field'> & {
	/** False when the fault lies with the connection or the server, so that trying row by row is no use. */
	rowAtFault: boolean;
};
