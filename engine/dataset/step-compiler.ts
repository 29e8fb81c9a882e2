import type { Batch, Column, Step } from './dataset';

/** What a step does to batches once its options are checked against the columns that reach it. */
export interface CompiledStep {
	readonly columnsOut: readonly Column[];
	/**
	 * Changes the batch in place: replaces cells, moves rows to `rejected`, adds issues. Sets `batch.columns` to `columnsOut`.
	 * A step that replaces the cells of a row keeps the cells as they were read in `row.source`.
	 */
	apply(batch: Batch): void | Promise<void>;
}

/** Turns the plain options of a kind of step into code. */
export interface StepCompiler {
	readonly kind: string;
	/** @throws ImportError RUN_* when the options do not fit the columns: said before the first row is read */
	compile(step: Step, columnsIn: readonly Column[]): CompiledStep;
}
