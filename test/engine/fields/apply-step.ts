import type { Batch, Cell, Column, Step, StepCompiler, StepContext } from '../../../engine/dataset';

/** Runs one step over rows that begin in row 2 of a file, as they do behind a header. */
export async function applyStep(
	compiler: StepCompiler,
	options: object,
	columns: readonly Column[],
	rows: readonly (readonly Cell[])[],
	context?: StepContext,
): Promise<Batch> {
	const step: Step = { kind: compiler.kind, version: 1, options: { ...options } };
	const compiled = compiler.compile(step, columns, context);
	const batch: Batch = {
		columns,
		rows: rows.map((cells, index) => ({ number: index + 2, cells: [...cells] })),
		rejected: [],
		issues: (await compiled.open?.()) ?? [],
	};
	await compiled.apply(batch);
	// what the step held back comes at the end of a run
	for await (const more of compiled.finish?.(true) ?? []) {
		batch.rows.push(...more.rows);
		batch.rejected.push(...more.rejected);
		batch.issues.push(...more.issues);
	}
	await compiled.close?.();
	return batch;
}

export const cellsOf = (batch: Batch): Cell[][] => batch.rows.map(({ cells }) => cells);
