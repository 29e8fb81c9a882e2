import type { RawBuilder } from 'kysely';
import type { ColumnDescription, TableName } from '../target';

type Sql = RawBuilder<unknown>;

/** A column of an image of a record, with its value as a text. */
export interface ImageField {
	name: string;
	text: Sql;
}

/** Deletes records of a table, as `t`, that joined tables lead to. */
export interface JoinedDelete {
	table: Sql;
	/** Columns that tell a record from every other. */
	identity: readonly ColumnDescription[];
	from: Sql;
	where: Sql;
}

/** Where databases differ, as far as the journal of writes is concerned. */
export interface JournalDialect {
	/**
	 * Makes the journal unless it is there: `run`, `table_name`, `entry`, by which together an entry is found, `file_row`, `action`,
	 * `record_key`, `before_image`, `after_image`, `written_at`, `undone_at`.
	 */
	createTable(table: TableName): Sql;

	/** The type of a text of any length that is compared sign by sign. */
	readonly longText: Sql;

	/** Statements around those that turn values into texts or back: a text must mean the same in every session. */
	readonly settle: readonly Sql[];
	readonly unsettle: readonly Sql[];

	/** A value as a text that gives back exactly this value; empty stays empty. */
	toText(value: Sql, column: ColumnDescription): Sql;

	/** The value of such a text, to be written to the column or compared with it. */
	fromText(text: Sql, column: ColumnDescription): Sql;

	/** What a person is shown of such a text, where it is more than the value. */
	readonly shown?: (text: string) => unknown;

	/** A JSON object, as text. The same fields with the same texts give the same text. */
	object(fields: readonly ImageField[]): Sql;

	deleteJoined(deletion: JoinedDelete): Sql;
}
