import type { Issue } from '../issues';
import type { MatchRule } from '../matching';

/** The name of a table or view; without a schema it is looked up in the connection's own. */
export interface TableName {
	schema?: string;
	name: string;
}

/** What a column may hold, in the words that the fields of an import use too. */
export type ValueType =
	'text' | 'integer' | 'decimal' | 'boolean' | 'date' | 'date-time' | 'time' | 'json';

export interface ColumnDescription {
	name: string;
	/** Undefined when the database has a type of its own: the value is passed on as text and judged there. */
	type?: ValueType;
	/** The type in the database's own words, such as `numeric(12,2)`. */
	databaseType: string;
	/** The type that a domain stands for, in the same words. */
	baseType?: string;
	/** How texts of the column are compared, in the database's own words, where that is a part of the column. */
	collation?: string;
	nullable: boolean;
	/** The database fills the column when an insert leaves it out: a default, an identity, a sequence. */
	hasDefault: boolean;
	/** The default as SQL text of the database, where it is an expression. */
	defaultExpression?: string;
	/** The database computes the column; it cannot be written. */
	generated: boolean;
	/** Rows can be matched on the column, but it is never written. */
	matchOnly?: boolean;
	/** Longest text in characters. */
	maxLength?: number;
	/** Digits of a decimal in all, and behind the decimal sign. */
	precision?: number;
	scale?: number;
	/** Smallest and largest whole number, as decimal text. */
	min?: string;
	max?: string;
	/** The values of an enumeration. */
	options?: string[];
}

export interface TableDescription {
	table: TableName;
	columns: ColumnDescription[];
	/** Sets of columns of which no two records may have the same values; the primary key first. */
	uniqueKeys: string[][];
	/**
	 * What tells a record from every other besides its columns, such as a row id. None: an empty list. Undefined: what
	 * records of the database have as a rule.
	 */
	hiddenIdentity?: readonly ColumnDescription[];
}

/** A value as it is staged: text, numbers and booleans; JSON as text; dates as ISO 8601 text. */
export type StagedValue = string | number | boolean | null;

export interface StagedRow {
	/** Row of the file. */
	number: number;
	/** One value for each column of the load, in its order. */
	values: StagedValue[];
	/** Positions of the cells that empty the record: those that held the clearing value, and are null now. */
	cleared?: readonly number[] | undefined;
}

export interface RefusedRow {
	number: number;
	issue: Issue;
}

export interface RefusedWrite extends RefusedRow {
	action: 'insert' | 'update';
}

/** What a load does with rows: the choices of the person who set it up. */
export interface LoadRules {
	/** How the record of a row is found: the first rule that decides counts. None means that every row is unmatched. */
	match: readonly MatchRule[];
	onMatch: 'update' | 'skip' | 'insert' | 'fail';
	onNoMatch: 'insert' | 'skip' | 'fail';
	/**
	 * Rows of the file that have the same key under a rule, or find the same record. Merged into the first of them, each
	 * column takes the last value that is there.
	 */
	duplicates: 'first' | 'last' | 'merge' | 'all' | 'fail';
	/** Rows whose key is empty under every rule. */
	blankKey: 'fail' | 'insert' | 'skip';
	/** Whether an empty cell leaves the value of a matched record as it is, or empties it. */
	emptyCells: 'keep' | 'clear';
	/** What an update does with single columns, where that is not what `emptyCells` says. */
	policies?: Readonly<Record<string, WritePolicy>>;
	/** What stands between the entries of lists in texts, by column, for `append` and `remove`. Default: `;`. */
	separators?: Readonly<Record<string, string>>;
	/** Column that says how new a row and a record are, such as the time of the last change: for the policy `newer`. */
	newerBy?: string;
}

/**
 * When an update writes a column: always, also an empty value; only a value that is there; only where the record has none;
 * only a value that is there in a row which is newer than the record; never. Lists: the entries of the row that are not
 * there yet are added, or those that are there are taken out. Stamps: a value that is there, and only when the record is
 * written for another reason.
 */
export type WritePolicy =
	'always' | 'filled' | 'target-empty' | 'newer' | 'never' | 'append' | 'remove' | 'stamp';

export interface LoadSpecification {
	table: TableDescription;
	/** Columns of the table that are written, in the order of the staged values. */
	columns: readonly string[];
	rules: LoadRules;
	/** A cell with this text empties its column in the record, whatever the policy of the column. */
	clearingValue?: string;
	/** What becomes of records that are absent from the file. Default: they stay as they are. */
	synchronisation?: Synchronisation | undefined;
	/** Rows that are the same as in the last run where they were applied are left as they are, and their records too. */
	delta?: boolean;
	/** Whether no other import may write into the table meanwhile. */
	exclusive?: boolean;
	/**
	 * Breaks the load off, also a statement that waits for a lock, until it commits; sessions that write in parts stop
	 * between two of them.
	 */
	signal?: AbortSignal;
	/** Remember the file, so that it is not imported into the table again. */
	remember?: { fingerprint: string; fileName: string };
}

/** What becomes of records that no row of the file is for. */
export interface Synchronisation {
	/** Values that they get; without any they are deleted. */
	set?: Readonly<Record<string, StagedValue>>;
	/** Only records that have one of the values in the column; without values, those that the file has there. */
	scope?: { column: string; values?: readonly StagedValue[] };
}

/** A record that no row of the file is for. */
export interface AbsentRecord {
	action: 'delete' | 'retire';
	/** Values by column: those that it has, or is to have. */
	values: Record<string, unknown>;
	/** Where values are set, those before. */
	before?: Record<string, unknown>;
}

/** An absent record that the database keeps as it is. */
export interface RefusedRecord extends AbsentRecord {
	issue: Issue;
}

/** How many records are absent from the file, and what became of them. */
export interface AbsenceCounts {
	action: AbsentRecord['action'];
	/** Records of the scope, and those of them that are to go or to change. */
	scope: number;
	absent: number;
	/** Once they are written: those that the database refused, and the first of them. */
	refused: number;
	listed: RefusedRecord[];
}

export type PlannedAction = 'insert' | 'update' | 'unchanged' | 'skip' | 'fail';

/** What is to become of a row, and why, where it is not written. */
export interface PlannedCount {
	action: PlannedAction;
	code?: Issue['code'];
	rows: number;
}

export interface PlannedRow {
	number: number;
	action: PlannedAction;
	code?: Issue['code'];
	/** Name of the rule that found the record. */
	rule?: string;
	/** Values by column as they are staged. */
	values: Record<string, unknown>;
	/** Values of the matched record by column, for the columns that an update changes. */
	before?: Record<string, unknown>;
	/** What tells the record that is updated from every other, where the table has a key for it. */
	record?: Record<string, unknown>;
	/** How many records the row changes, where a rule takes all that fit; `before` and `record` are those of the first. */
	records?: number;
}

/**
 * One import into one table, in one transaction: stage, decide, apply, commit. Nothing is to be seen in the table before
 * `commit`; a session that is closed without it leaves the table as it was.
 */
export interface LoadSession {
	/** Where the target has no transactions: the rows that `apply` has written so far. They stay, whatever follows. */
	readonly writtenAtOnce?: number;
	/**
	 * Records that updates are to change, once they are decided, or have changed, once they are applied. Undefined where
	 * each row is for one record.
	 */
	readonly updatedRecords?: number | undefined;
	/** True when the file is remembered as imported into this table before. */
	alreadyImported(): Promise<boolean>;
	/** What is known of absent records, once it is decided; what became of them, once it is applied. */
	readonly absence?: AbsenceCounts | undefined;
	/** The first absent records. To be asked for before they are written. */
	absent?(limit: number): Promise<AbsentRecord[]>;
	/** Takes rows into the staging table. @returns rows whose values the database cannot take */
	stage(rows: StagedRow[]): Promise<RefusedRow[]>;
	/** Matches the staged rows with the table and settles what is to become of each. */
	decide(): Promise<{ refused: RefusedRow[]; counts: PlannedCount[] }>;
	/** Rows with one of the actions behind row `after`, in the order of the file, at most `limit`. */
	planned(actions: readonly PlannedAction[], limit: number, after?: number): Promise<PlannedRow[]>;
	/** Writes what was decided. @returns rows that the database refused; the others are written */
	apply(): Promise<RefusedWrite[]>;
	/**
	 * @param remember whether the file, where it is to be remembered, counts as imported
	 * @throws ImportError RUN_OUTCOME_UNKNOWN when the connection is lost before the database has answered
	 */
	commit(remember: boolean): Promise<void>;
	/** Ends the session; rolls back what is not committed. May be called again. */
	close(): Promise<void>;
}

/** A database that records can be imported into. */
export interface Target {
	/** Names the kind of database to a person, such as `PostgreSQL`. */
	readonly label: string;
	/** @throws ImportError RUN_CONNECTION */
	listTables(): Promise<TableName[]>;
	/** @throws ImportError RUN_CONNECTION, RUN_NO_TABLE */
	describeTable(table: TableName): Promise<TableDescription>;
	/** @throws ImportError RUN_CONNECTION, RUN_LOCKED, RUN_CANCELLED, WRITE_DENIED */
	startLoad(specification: LoadSpecification): Promise<LoadSession>;
	close(): Promise<void>;
}
