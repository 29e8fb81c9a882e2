import type { Batch, Column, Step } from './dataset';

/** What a step does to batches once its options are checked against the columns that reach it. */
export interface CompiledStep {
	readonly columnsOut: readonly Column[];
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

/** Turns the plain options of a kind of step into code. */
export interface StepCompiler {
	readonly kind: string;
	/** @throws ImportError RUN_* when the options do not fit the columns: said before the first row is read */
	compile(step: Step, columnsIn: readonly Column[]): CompiledStep;
}
