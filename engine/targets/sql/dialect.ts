import type { CompiledQuery, RawBuilder } from 'kysely';
import type {
	ColumnDescription,
	LoadReference,
	StagedValue,
	TableDescription,
	TableName,
} from '../target';
import type { ErrorReader } from './connection';
import type { JournalDialect } from './journal-dialect';
import type { ExactKind } from './key-order';

type Sql = RawBuilder<unknown>;

export interface JoinedUpdate {
	table: Sql;
	assignments: ReadonlyArray<{ column: string; value: Sql }>;
	from: Sql;
	where: Sql;
}

/** Records whose identity is that of joined ones are deleted. */
export interface JoinedDelete {
	table: Sql;
	/** The joined table under its alias. */
	from: Sql;
	ids: ReadonlyArray<{ column: string; value: Sql }>;
	/** Which of the joined ones are meant. */
	where: Sql;
}

export interface StagedKey {
	/** The greatest value that the rows bring themselves; undefined where they bring none. */
	greatest: Sql | undefined;
	/** Numbers the rows that bring no value, from 1. */
	place: Sql;
}

/** Where databases that speak SQL differ, as far as a load is concerned. */
export interface SqlDialect {
	compile(statement: Sql): CompiledQuery;

	/** A table that only this connection sees, with the result of a query in it. */
	createTemporary(name: string, query: Sql): Sql;

	/** Drops a table that `createTemporary` made. The transaction goes on. */
	dropTemporary(name: string): Sql;

	createTemporaryIndex(table: string, columns: readonly string[]): Sql;

	/**
	 * Gives a temporary table an index without ending the transaction, where `createTemporaryIndex` would. One that it had
	 * is lost. The first statement fails where the columns cannot have one, and leaves the table as it is.
	 */
	indexInTransaction?(table: string, columns: readonly string[]): Sql[];

	/**
	 * A table that rows are appended to: `row_no`, then `c0`, `c1`, ... with the types of the table's columns, then as many
	 * keys `k0`, `k1`, ..., texts that are compared sign by sign, then for each reference `r0` with the type of the column
	 * that is looked in, and `p0` for the number of a row, `r1`, `p1`, ...
	 */
	createStage(
		name: string,
		table: TableDescription,
		columns: readonly ColumnDescription[],
		keys: number,
		references?: readonly LoadReference[],
	): Sql;

	/** How a value of the column is written for the database. Undefined where it takes values as they are staged. */
	spelling?(column: ColumnDescription): ((value: StagedValue) => StagedValue) | undefined;

	/**
	 * Brings staged keys into the spelling that the table has them in, where the database compares spellings and not what
	 * they mean.
	 *
	 * @param keys positions of columns that rows are matched on
	 */
	alignKeys?(
		stage: string,
		table: TableDescription,
		columns: readonly ColumnDescription[],
		keys: readonly number[],
	): Sql[];

	/** What tells a record from every other where the table itself has no such columns and does not say otherwise. */
	readonly hiddenIdentity: ColumnDescription | undefined;

	/** Whether temporary tables must have indexes to be joined quickly. */
	readonly joinsByIndex: boolean;

	/** Whether the staging table has no index of its own on the numbers of its rows, and is to have one. */
	readonly stageNeedsIndex?: boolean;

	/** A reference to a temporary table. */
	temporary(name: string): Sql;

	/** The name of a table of the person's, quoted. */
	table(name: TableName): Sql;

	/** True when two values of a column differ; empty differs from any value, not from empty. */
	differs(left: Sql, right: Sql, column: ColumnDescription): Sql;

	/** How values of a column are compared, where two that JavaScript tells apart are never the same. */
	exactKind(column: ColumnDescription): ExactKind | undefined;

	/** A list as text: that of a text, or JSON. */
	listText(value: Sql, column: ColumnDescription): Sql;

	/** Statements that begin a transaction for a load. */
	begin(): Sql[];

	/**
	 * Takes a lock that only imports know; gives one row with `locked`, which is 1 when the lock is had. Undefined where a
	 * transaction locks the whole database anyway.
	 *
	 * @param isLasting for as long as the connection lasts; else for no longer than the transaction needs it
	 */
	lock(table: TableName, isLasting: boolean): Sql | undefined;

	/** The same for a load that commits several times: temporary tables outlive a commit, and are joined in parts. */
	acrossCommits(): SqlDialect;

	/** A query that keeps others from changing the records `t` that it reads. Undefined where nobody else writes meanwhile. */
	locking?(query: Sql): Sql;

	/** Gives such a lock free, where it outlasts the transaction: the server ends a connection later than the client does. */
	readonly unlock?: Sql;

	/** The type of a column of hashes, compared sign by sign like the keys of staged rows. */
	hashType(length: number): string;

	/** Refreshes what the planner knows about a temporary table, where that helps. */
	analyze(name: string): Sql | undefined;

	/** What a column that may not stay empty gets when the row brings nothing. */
	defaultValue(column: ColumnDescription): Sql | undefined;

	/**
	 * The value that a column of a key gets where a row to be inserted brings none, in a query over such rows. Undefined
	 * where none is known before the insert.
	 *
	 * @param staged the cells of the column, where it is written, and the order of the rows
	 */
	nextKey(column: ColumnDescription, table: TableName, staged: StagedKey): Sql | undefined;

	/** Words before the values of an insert that gives numbers where the database would. */
	readonly givesNumbers: Sql;

	/** The words that begin an insert which fails where a constraint is hurt. */
	readonly insertInto: Sql;

	/** An update of the table, as `t`, with values of joined tables, which fails where a constraint is hurt. */
	updateJoined(update: JoinedUpdate): Sql;

	/** A delete of records of the table that are named by joined ones. */
	deleteJoined(deletion: JoinedDelete): Sql;

	readonly journal: JournalDialect;

	readonly explain: ErrorReader;
}
