import type { Issue } from '../issues';
import type { MatchRule } from '../matching';
import type { UndoSession, UndoSpecification } from './undo';

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
	/**
	 * How the database numbers new records in the column: by an expression (SQL text of the database), from the greatest
	 * number that is there, or that ever was, or as it inserts them.
	 */
	numbering?: { next: string } | 'greatest' | 'greatest-ever' | 'on-insert';
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
	/**
	 * The message, where it names other rows.
	 *
	 * @param rowOf the row of the file that was staged under a number
	 */
	tell?: (rowOf: (staged: number) => number) => string;
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
export const writePolicies = [
	'always',
	'filled',
	'target-empty',
	'newer',
	'never',
	'append',
	'remove',
	'stamp',
] as const;

export type WritePolicy = (typeof writePolicies)[number];

/** A column whose staged values say which record of another table is meant; another column of that record is written. */
export interface LoadReference {
	/** Column of the load. */
	column: string;
	/** The table that is referred to; it may be the one that is loaded. */
	table: TableDescription;
	/** What a person calls that table. */
	label: string;
	/** Its column that the staged values are values of. */
	by: ColumnDescription;
	/** Its column whose value is written. */
	value: ColumnDescription;
	/** What becomes of a value that no record has: the row fails, the cell is emptied, a record is created. */
	missing: 'fail' | 'empty' | 'create';
	/** Whether the table is the one that is loaded: then rows may refer to each other. */
	isSelf: boolean;
}

/** What became of values that say which record is meant. */
export interface ReferenceOutcome {
	/** Records that were created, one for each value. */
	created: number;
	/** Cells that were emptied, taken together by column and value. */
	emptied: Array<{ issue: Issue; rows: number }>;
}

export interface LoadSpecification {
	table: TableDescription;
	/** Columns of the table that are written, in the order of the staged values. */
	columns: readonly string[];
	rules: LoadRules;
	/** Columns whose staged values are looked up in other tables, each at most once. */
	references?: readonly LoadReference[];
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
	/** Whether `records` is to tell which record each row became. */
	trackRecords?: boolean;
	/** Keep what is written under the name of this run, so that it can be undone. */
	journal?: { run: string };
	/** What a person has decided about single rows of the file: it overrules the match rules. */
	choices?: readonly RowChoice[];
	/** Commit in batches, which a later start can go on behind. Undefined: everything at once. */
	commitInBatches?: BatchCommit;
}

/** An import that commits in batches, and what another start of the same is known by. */
export interface BatchCommit {
	/** Rows that one batch writes, at most. */
	rows: number;
	/** Of the file, or of the rows. */
	fingerprint: string;
	/** Of everything that says what becomes of the rows. */
	rulesHash: string;
	fileName: string;
}

/** How far a load has come that commits in batches. */
export interface BatchedLoad {
	/** Whether an earlier start of the same has made the plan, and perhaps written a part of it. Known from `decide` on. */
	readonly isResumed: boolean;
	/** Rows that this session has committed. They stay, whatever follows. */
	readonly written: number;
	/** Planned rows that `apply` has not come to because the run was cancelled. */
	readonly left: Readonly<Record<'insert' | 'update', number>>;
	/** How often a batch was begun anew because another transaction was in the way. */
	readonly retries: number;
	/** Makes the plan last, before `apply`: a later start goes on with it. */
	keepPlan(): Promise<void>;
}

/** A person's decision about one row. */
export interface RowChoice {
	/** Row of the file. */
	row: number;
	choice: 'insert' | 'skip' | 'update';
	/** What tells the record that is updated from every other: a value for each column of its key. */
	record?: Readonly<Record<string, StagedValue>>;
}

/** A record that a row may be meant for. */
export interface Candidate {
	/** What tells it from every other record, where the table has a key for it. */
	record: Record<string, unknown>;
	/** Its values of the columns that rows are matched on. */
	values: Record<string, unknown>;
	/** Name of the rule that found it. */
	rule: string;
	/** How alike row and record are, 0 to 1, where the rule says so. */
	score?: number;
	/** The score in words: `87 % alike: email the same, city different`. */
	why?: string;
}

/** The records that a row matches, where there are several. */
export interface RowCandidates {
	number: number;
	/** How many records it matches; the first ten are listed. */
	hits: number;
	candidates: Candidate[];
}

/** Why an update writes a value, or keeps the one that the record has. */
export interface FieldReason {
	/** Whether the value of the row is written. */
	written: boolean;
	policy: WritePolicy;
	/** The row holds the clearing value: the record is emptied, whatever the policy. */
	cleared?: true;
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
	/** How alike row and record are, 0 to 1, where the rule says so. */
	score?: number;
	/** Values by column as they are staged. */
	values: Record<string, unknown>;
	/** Values of the matched record by column, for the columns that an update changes. */
	before?: Record<string, unknown>;
	/** What tells the record that is updated from every other, where the table has a key for it. */
	record?: Record<string, unknown>;
	/** How many records the row changes, where a rule takes all that fit; `before` and `record` are those of the first. */
	records?: number;
	/** All values of a record that is updated, by column. */
	current?: Record<string, unknown>;
	/** For each column in which row and record of an update differ, why it is written or not. */
	why?: Record<string, FieldReason>;
	/** What the row would become, had it not been withheld. */
	instead?: PlannedAction;
}

/** What is to become of the staged rows. */
export interface Decided {
	/** Rows whose values the database cannot take. */
	refused: RefusedRow[];
	counts: PlannedCount[];
	/** Rows for which a rule found a record, by the name of the rule. */
	byRule: Record<string, number>;
	/** What became of references, where there are such. */
	references?: ReferenceOutcome;
	/** What a person should know about how records were looked for. */
	notes?: Issue[];
}

/** The record that a row became or found. */
export interface RowRecord {
	number: number;
	/** What became of the row; skipped are rows whose record was found and left alone. */
	action: Exclude<PlannedAction, 'fail'>;
	/** What tells the record from every other, by column. */
	record: Record<string, unknown>;
}

/**
 * One import into one table, in one transaction: stage, decide, apply, commit. Nothing is to be seen in the table before
 * `commit`; a session that is closed without it leaves the table as it was.
 */
export interface LoadSession {
	/** Where the target has no transactions: the rows that `apply` has written so far. They stay, whatever follows. */
	readonly writtenAtOnce?: number;
	/** Where the load commits in batches: `apply` writes them, `commit` ends the run. */
	readonly inBatches?: BatchedLoad;
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
	/** A fingerprint of all absent records with their values; undefined where none are looked for. To be asked for likewise. */
	absentDigest?(): Promise<string | undefined>;
	/** Takes rows into the staging table. @returns rows whose values the database cannot take */
	stage(rows: StagedRow[]): Promise<RefusedRow[]>;
	/** Takes the choices for staged rows, under the numbers that these are staged under, before `decide`. */
	choose(choices: readonly RowChoice[]): Promise<void>;
	/** Looks up what rows refer to, matches them with the table and settles what is to become of each. */
	decide(): Promise<Decided>;
	/** Rows with one of the actions behind row `after`, in the order of the file, at most `limit`. */
	planned(actions: readonly PlannedAction[], limit: number, after?: number): Promise<PlannedRow[]>;
	/** The records that rows with MATCH_SEVERAL or MATCH_SIMILAR match, of the rows from `first` to `last`. */
	candidates(first: number, last: number): Promise<RowCandidates[]>;
	/**
	 * Takes rows out of the plan: they fail with MATCH_STALE, unless they fail anyway.
	 *
	 * @param pages their numbers, in pages; `planned` may be called meanwhile
	 * @returns what is to become of all rows now
	 */
	withhold(pages: AsyncIterable<readonly number[]>): Promise<PlannedCount[]>;
	/** Writes what was decided. @param report takes rows that the database refused; the others are written */
	apply(report: (refused: RefusedWrite[]) => void): Promise<void>;
	/**
	 * After `apply`, where records are tracked: the records of the rows behind row `after`, in the order of the file, at
	 * most `limit`. Rows that failed, and those skipped without a record, are left out. Undefined where a target cannot tell.
	 */
	records?(limit: number, after?: number): Promise<RowRecord[]>;
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
	/**
	 * Undefined where nothing is kept of what imports write.
	 *
	 * @throws ImportError RUN_CONNECTION, RUN_LOCKED, RUN_CANCELLED
	 */
	startUndo?(specification: UndoSpecification): Promise<UndoSession>;
	close(): Promise<void>;
}
