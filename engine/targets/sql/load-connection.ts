import { sql, type RawBuilder } from 'kysely';
import { ImportError } from '../../issues';
import type { StagedRow, TableName } from '../target';
import type { Cancellation } from './cancellation';
import type { QueryResult, SqlConnection } from './connection';
import type { SqlDialect } from './dialect';
import type { CollectedTable } from './plan-tables';

type Sql = RawBuilder<unknown>;

/** What went wrong with work that may be done again in parts. */
export interface Failure {
	error: unknown;
}

/** The statement ran, but fewer records were written than it was given: a trigger or a rule kept them back. */
export class RowsWithheld extends Error {
	constructor(rows: number) {
		super(
			rows === 1
				? 'The database kept the row from being written without giving a reason (a trigger or a rule)'
				: `The database kept ${rows} rows from being written without giving a reason`,
		);
	}
}

const INDEX_POINT = 'data_import_index';

/** The connection of a load, with its temporary tables and savepoints. Nothing is sent any more once the run is cancelled. */
export class LoadConnection {
	readonly dialect: SqlDialect;

	readonly #connection: SqlConnection;

	readonly #cancellation: Cancellation;

	readonly #fillers = new Map<string, () => Promise<void>>();

	/** Whether something may be open that is to be rolled back. */
	#inTransaction = true;

	/** Records are written in the transaction: nothing must end it before all is done. */
	hasWritten = false;

	#closed = false;

	constructor(connection: SqlConnection, dialect: SqlDialect, cancellation: Cancellation) {
		this.#connection = connection;
		this.dialect = dialect;
		this.#cancellation = cancellation;
	}

	/** @throws the driver's own error; ImportError RUN_CANCELLED */
	async run(statement: Sql): Promise<QueryResult> {
		if (this.#cancellation.error !== undefined) throw this.#cancellation.error;
		return await this.#cancellation.during(() => this.#send(statement));
	}

	#send(statement: Sql): Promise<QueryResult> {
		return this.#connection.run(this.dialect.compile(statement));
	}

	/** Appends rows to a temporary table; they have arrived only after an empty batch or another statement's success. */
	async append(table: string, rows: StagedRow[]): Promise<void> {
		if (this.#cancellation.error !== undefined) throw this.#cancellation.error;
		await this.#cancellation.during(() => this.#connection.append(table, rows));
	}

	/** A statement behind it would break off what is under way: it is ended here. */
	async appendAll(table: string, rows: StagedRow[]): Promise<void> {
		if (rows.length > 0) await this.append(table, rows);
		await this.append(table, []);
	}

	/** The rows of a collected table come from elsewhere, each time that it is made. */
	fillBy(table: string, fill: () => Promise<void>): void {
		this.#fillers.set(table, fill);
	}

	async collect(tables: readonly CollectedTable[]): Promise<void> {
		for (const { name, create, joinedBy } of tables) {
			await this.run(create);
			await this.#fillers.get(name)?.();
			await this.index(name, joinedBy);
			await this.analyze(name);
		}
	}

	/** Without an index the load is slower and no less right: a column may be of a type that has none. */
	async index(name: string, columns: readonly string[]): Promise<void> {
		if (this.dialect.joinsByIndex) await this.#index(name, columns);
	}

	/** For tables that are looked into by many statements one after the other. */
	async indexForMany(name: string, columns: readonly string[]): Promise<void> {
		await this.#index(name, columns);
	}

	async #index(name: string, columns: readonly string[]): Promise<void> {
		const statements = (this.hasWritten
			? this.dialect.indexInTransaction?.(name, columns)
			: undefined) ?? [this.dialect.createTemporaryIndex(name, columns)];
		await this.savepoint(INDEX_POINT);
		const [first, ...others] = statements;
		const failure = await failureOf(async () => {
			if (first !== undefined) await this.run(first);
		});
		if (failure !== undefined) {
			await this.run(sql`rollback to savepoint ${sql.id(INDEX_POINT)}`).catch(() => undefined);
		}
		// a statement that defines tables may have ended the savepoint
		await this.release(INDEX_POINT).catch(() => undefined);
		if (failure !== undefined) return;
		for (const statement of others) await this.run(statement);
	}

	async analyze(name: string): Promise<void> {
		const statement = this.dialect.analyze(name);
		if (statement !== undefined) await this.run(statement);
	}

	/**
	 * Keeps imports out of a table.
	 *
	 * @param isLasting until the connection ends, and not just the transaction
	 * @throws ImportError RUN_LOCKED
	 */
	async lockTable(table: TableName, isLasting = false): Promise<void> {
		const statement = this.dialect.lock(table, isLasting);
		if (statement === undefined) {
			// undefined: the database has no such lock
			if ((await this.#connection.lockImports?.(isLasting)) !== false) return;
		} else {
			const { rows } = await this.run(statement);
			if (Number(rows[0]?.locked) === 1) return;
		}
		throw new ImportError(
			'RUN_LOCKED',
			`Another import writes into "${table.name}" at the moment`,
			{
				hint: 'Start this one again when the other has ended.',
			},
		);
	}

	async savepoint(name: string): Promise<void> {
		await this.run(sql`savepoint ${sql.id(name)}`);
	}

	async release(name: string): Promise<void> {
		await this.run(sql`release savepoint ${sql.id(name)}`);
	}

	/** Goes back to a savepoint; an error that is not a row's fault ends the load instead. */
	async backTo(name: string, cause: unknown): Promise<void> {
		if (!(cause instanceof RowsWithheld) && !this.dialect.explain(cause).rowAtFault) {
			throw this.asImportError(cause);
		}
		await this.run(sql`rollback to savepoint ${sql.id(name)}`);
	}

	/**
	 * Does work that a row may be at fault for: when it is refused, it is as if it had not been begun. The savepoint is gone
	 * afterwards: not every database lets savepoints of one name stand in each other.
	 *
	 * @throws ImportError where no row is at fault
	 */
	async attempt(savepoint: string, work: () => Promise<void>): Promise<Failure | undefined> {
		await this.savepoint(savepoint);
		const failure = await failureOf(work);
		if (failure !== undefined) await this.backTo(savepoint, failure.error);
		await this.release(savepoint);
		return failure;
	}

	/**
	 * Does work for one row after the other. What a refused one did is undone, by a savepoint that lasts until a row is taken:
	 * where many are refused, it need not be made anew.
	 *
	 * @returns what is wrong, by row
	 * @throws ImportError where no row is at fault
	 */
	async attemptEach<T>(
		savepoint: string,
		rows: readonly T[],
		work: (row: T) => Promise<void>,
	): Promise<Map<T, Failure>> {
		const failures = new Map<T, Failure>();
		await this.savepoint(savepoint);
		for (const row of rows) {
			const failure = await failureOf(() => work(row));
			if (failure === undefined) {
				await this.release(savepoint);
				await this.savepoint(savepoint);
			} else {
				await this.backTo(savepoint, failure.error);
				failures.set(row, failure);
			}
		}
		await this.release(savepoint);
		return failures;
	}

	/** Begins a transaction, the first one or the next after a commit. */
	async begin(): Promise<void> {
		this.#inTransaction = true;
		for (const statement of this.dialect.begin()) await this.run(statement);
	}

	/** Gives up what is not committed; where that cannot be said any more, the end of the connection does it. */
	async rollback(): Promise<void> {
		try {
			await this.#send(sql`rollback`);
		} catch {
			// there was no transaction, or no connection any more
		}
	}

	/** Ends the transaction; this is not broken off. @throws ImportError RUN_OUTCOME_UNKNOWN */
	async commit(): Promise<void> {
		if (this.#cancellation.error !== undefined) throw this.#cancellation.error;
		try {
			// the answer to a commit that is broken off would not tell whether it was done
			await this.#send(sql`commit`);
			this.#inTransaction = false;
		} catch (error) {
			const { code, message } = this.dialect.explain(error);
			if (code !== 'RUN_CONNECTION') throw asImportError(error, this.dialect.explain);
			throw new ImportError(
				'RUN_OUTCOME_UNKNOWN',
				`The connection was lost before the database confirmed the import: all of it is written, or nothing (${message})`,
				{
					hint: 'Look whether the rows are in the table. A second run with Match On leaves records that are there as they are.',
				},
				{ cause: error },
			);
		}
	}

	/** Ends the connection; what is not committed is rolled back. May be called again. */
	async close(): Promise<void> {
		if (this.#closed) return;
		this.#closed = true;
		try {
			await this.#cancellation.end();
			if (this.#inTransaction) await this.#send(sql`rollback`);
			if (this.dialect.unlock !== undefined) await this.#send(this.dialect.unlock);
		} catch {
			// the connection may be gone already, and with it the transaction
		} finally {
			await this.#connection.close();
		}
	}

	/** Runs work on the database; its errors come out in a person's words. */
	async explained<T>(work: () => Promise<T>): Promise<T> {
		try {
			return await work();
		} catch (error) {
			throw this.asImportError(error);
		}
	}

	asImportError(error: unknown): ImportError {
		if (error instanceof ImportError) return error;
		// what the driver says of a statement that was broken off is of no interest
		return this.#cancellation.error ?? asImportError(error, this.dialect.explain);
	}

	/** Whether the run was cancelled. */
	get isCancelled(): boolean {
		return this.#cancellation.error !== undefined;
	}
}

export async function failureOf(work: () => Promise<void>): Promise<Failure | undefined> {
	try {
		await work();
		return undefined;
	} catch (error) {
		return { error };
	}
}

/** The error of a driver in a person's words. */
export function asImportError(error: unknown, explain: SqlDialect['explain']): ImportError {
	if (error instanceof ImportError) return error;
	const { code, message, field } = explain(error);
	return new ImportError(code, message, { field }, { cause: error });
}
