import type { Issue } from '../issues';
import type { Batch, Column, Step } from './dataset';
import type { RunState } from './state';

/** What a step does to batches once its options are checked against the columns that reach it. */
export interface CompiledStep {
	readonly columnsOut: readonly Column[];
	/**
	 * Reads what the step needs besides the rows, such as a table to look into. Called once, before the first row is read,
	 * and not at all where only the columns are asked for.
	 *
	 * @returns what is worth knowing about it
	 * @throws ImportError RUN_*
	 */
	open?(): Promise<Issue[]>;
	/**
	 * Changes the batch in place: replaces cells, moves rows to `rejected`, adds issues. Sets `batch.columns` to `columnsOut`.
	 * A step that replaces the cells of a row keeps the cells as they were read in `row.source`.
	 */
	apply(batch: Batch): void | Promise<void>;
	/**
	 * The rows that the step held back until it had seen all. Called once, behind the last batch; what it gives passes the
	 * steps behind this one. A step that gives several rows for one numbers them by `part`.
	 *
	 * @param isWhole false when the run had a limit and reached it: there may be more rows
	 */
	finish?(isWhole: boolean): AsyncIterable<Batch> | Iterable<Batch>;
	/** Whether rows may leave in another order than they came, or as several. */
	readonly reorders?: boolean;
	/** Lets go of what the step holds, such as a temporary file. Called once, also when the run ends early. */
	close?(): void | Promise<void>;
}

/** A table besides the rows, for steps to look into. */
export interface AttachedTable {
	readonly columns: readonly Column[];
	/** Reads it once more from its start. */
	batches(): AsyncIterable<Batch>;
}

/** What a step may use besides its options and the rows that reach it. */
export interface StepContext {
	/** A dataset that travels along, by its name among `attachments`. @throws ImportError RUN_CONFIG when it is not there */
	attachment(name: string): AttachedTable;
	/** What runs leave behind for the next. */
	readonly state: RunState;
}

/** Turns the plain options of a kind of step into code. */
export interface StepCompiler {
	readonly kind: string;
	/**
	 * @param context nothing is attached and nothing was left behind where it is not given
	 * @throws ImportError RUN_* when the options do not fit the columns: said before the first row is read
	 */
	compile(step: Step, columnsIn: readonly Column[], context?: StepContext): CompiledStep;
}
