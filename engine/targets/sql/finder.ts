import type { RawBuilder } from 'kysely';
import type { CollectedTable } from './plan-tables';

type Sql = RawBuilder<unknown>;

/** Rows of the file with the same key: all but the one that is kept are duplicates. */
export interface RepeatedRows {
	table: CollectedTable;
	/** A table that it is made of, collected before it. */
	of?: CollectedTable;
	/** Condition between the staged row `s` and the row of this table under the given alias. */
	isSame: (alias: string) => Sql;
}

/** How the record of a staged row (`s`) is found in the table (`t`), in pieces of statements. */
export interface Finder {
	/** Tables that are collected before the plan is made, in this order. */
	collect(): CollectedTable[];

	/** Of rows with the same key one is kept: the one that `kept` gives, over the rows of a group. */
	repeated(kept: Sql): RepeatedRows[];

	/**
	 * Where a row may be for several records: the records that it would change, collected before the plan is made. Undefined
	 * where a row has one record at most.
	 *
	 * @param changed true where row `s` would change record `t`
	 * @param refused true where the record cannot take the change
	 * @param joins what the two need besides
	 */
	changes(changed: Sql, refused: Sql, joins: readonly Sql[]): CollectedTable | undefined;

	/** True, behind the joins, where the row would change a record. Undefined where it has one at most. */
	readonly isChanged: Sql | undefined;

	/** True, behind the joins, where one of several records cannot take the change. */
	readonly isRefused: Sql | undefined;

	/** How many records the row changes, behind the joins. */
	readonly changedRecords: Sql | undefined;

	/** Joins behind the staging table that lead to all records of a row, and to none where it has none. */
	readonly recordJoins: readonly Sql[];

	/** What orders records, behind those joins: the same for rows that are for the same record. */
	readonly recordOrder: readonly Sql[];

	/** Joins behind the staging table that lead to the record. @param only rows for which this holds look for one */
	joins(only?: Sql): Sql[];

	/** True where the row has values that a record can be found by. */
	readonly hasKey: Sql;

	/** True where several records fit. Undefined where that cannot be. */
	readonly isAmbiguous: Sql | undefined;

	/** True where records were found that a person has to look at. Undefined where that cannot be. */
	readonly isProposed?: Sql;

	/** How alike row and record are, behind the joins. Undefined where no rule says so. */
	readonly score?: Sql;

	/** The rows, as `s`, that no rule before one decides. Undefined where there is one rule alone. */
	undecided?(rule: number): Sql;

	/** True, behind the joins, where there is no such record. */
	readonly isUnmatched: Sql;

	/** What an update joins besides the staged row, and the condition that leads to the record. */
	readonly updateJoins: readonly Sql[];

	readonly isRecord: Sql;

	/** The number of the rule that found the record, behind the joins. */
	readonly rule: Sql;

	/** Positions, among the written columns, of those that are the same in row and record because of how it was found. */
	readonly sameColumns: readonly number[];

	/** For each rule, the joins behind the staged row that lead to every record that fits, where several do. */
	candidates(): Sql[][];

	/** The table that says which rule found the record, as `rule_no`. Undefined where there is one rule alone. */
	readonly foundBy: string | undefined;

	/** The table does not keep its promise that a key is unique: several records are looked for from now on. */
	distrustUniqueKeys(): void;
}
