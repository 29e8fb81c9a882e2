import { sql, type RawBuilder } from 'kysely';

type Sql = RawBuilder<unknown>;

/** The temporary tables of a load. */
export const STAGE = 'data_import_stage';
export const REPEATED = 'data_import_repeated';
export const SEVERAL = 'data_import_several';
export const KEYS = 'data_import_keys';
export const MATCH = 'data_import_match';
export const FOUND = 'data_import_found';
export const PAIRS = 'data_import_pairs';
export const CHANGED = 'data_import_changed';
export const SHARED = 'data_import_shared';
export const RECORD_LISTS = 'data_import_record_lists';
export const LISTED = 'data_import_listed';
export const LISTS = 'data_import_lists';
export const PRESENT = 'data_import_present';
export const SCOPE = 'data_import_scope';
export const ABSENT = 'data_import_absent';
export const SAME = 'data_import_same';
export const FOLLOWERS = 'data_import_followers';
export const GROUPS = 'data_import_groups';
export const LAST = 'data_import_last';
export const MERGED = 'data_import_merged';
export const REKEYED = 'data_import_rekeyed';
export const PLAN = 'data_import_plan';
export const RECORDS = 'data_import_tracked';
export const SHAPE = 'data_import_shape';
export const ORIGINALS = 'data_import_original_fields';
export const UNDO_ENTRIES = 'data_import_undo_entries';
export const UNDO_KEYS = 'data_import_undo_keys';
export const UNDO_PLAN = 'data_import_undo_plan';
export const PLACES = 'data_import_places';
export const REFERENCE = 'data_import_reference';
export const WAITING = 'data_import_waiting';
export const LEVEL = 'data_import_level';
export const CHOICES = 'data_import_choices';
export const LOCKED = 'data_import_locked';
export const WITHHELD = 'data_import_withheld';

export const and = (conditions: readonly Sql[]): Sql =>
	sql`(${sql.join([...conditions], sql` and `)})`;

export const or = (conditions: readonly Sql[]): Sql =>
	sql`(${sql.join([...conditions], sql` or `)})`;

/** A temporary table that is made by a query. */
export interface CollectedTable {
	name: string;
	create: Sql;
	/** The columns that other tables are joined by. */
	joinedBy: readonly string[];
}

/** Column of the staging table that holds the value of a written column. */
export const cell = (index: number): Sql => sql.id(`c${index}`);

/** Column of the staging table that holds the key of a row under a rule. */
export const key = (index: number): Sql => sql.id(`k${index}`);

/** Column of the staging table that holds what a row says of the record that it refers to. */
export const said = (reference: number): Sql => sql.id(`r${reference}`);

/** Column of the staging table that holds the number of the row that is referred to, where there is no such record yet. */
export const parent = (reference: number): Sql => sql.id(`p${reference}`);
