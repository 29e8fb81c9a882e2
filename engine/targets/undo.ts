import type { Issue } from '../issues';
import type { TableDescription } from './target';

/** What is to be undone: all that a run has written to a table. */
export interface UndoSpecification {
	table: TableDescription;
	run: string;
	/** Whether no import may write into the table meanwhile. */
	exclusive?: boolean;
	/** Breaks the undo off until it commits. */
	signal?: AbortSignal;
}

/** What becomes of an entry of the journal: a record that was inserted is deleted, one that was updated is restored. */
export type UndoAction = 'delete' | 'restore' | 'unchanged' | 'skip' | 'fail';

export interface UndoCount {
	action: UndoAction;
	code?: Issue['code'];
	entries: number;
}

/** A field of a record that is not as the run left it. */
export interface ChangedField {
	field: string;
	/** As the run left it, and as it is now. */
	left: unknown;
	now: unknown;
}

export interface UndoneEntry {
	/** Number of the entry in the journal of the run. */
	entry: number;
	/** Row of the file that was written. */
	number: number;
	action: UndoAction;
	code?: Issue['code'];
	/** What the run did. */
	wrote: 'insert' | 'update';
	/** What tells the record from every other, by column. */
	record: Record<string, unknown>;
	/** The fields that the undo changes, as the run left them: of a record that is deleted, all. */
	before: Record<string, unknown>;
	/** The same fields as they were before the run; none for a record that is deleted. */
	values: Record<string, unknown>;
	/** The first field that somebody changed since. */
	changed?: ChangedField;
}

export interface RefusedUndo {
	entry: number;
	action: 'delete' | 'restore';
	issue: Issue;
}

/** One undo of one run, in one transaction. */
export interface UndoSession {
	/** Compares what the run left with what is there now. @throws ImportError UNDO_UNKNOWN */
	decide(): Promise<UndoCount[]>;
	/** Entries with one of the actions behind entry `after`, in their order, at most `limit`. */
	planned(actions: readonly UndoAction[], limit: number, after?: number): Promise<UndoneEntry[]>;
	/** Deletes and restores, and notes in the journal what is undone. @returns what the database refused */
	apply(): Promise<RefusedUndo[]>;
	/** @throws ImportError RUN_OUTCOME_UNKNOWN */
	commit(): Promise<void>;
	/** Ends the session; takes back what is not committed. May be called again. */
	close(): Promise<void>;
}
