import type { Batch, Cell, Column } from '../../../engine/dataset';
import { operations } from '../../../engine/transforms';
import { applyStep } from '../fields/apply-step';

/** Runs one operation over rows of text; columns may be given by name only. */
export async function applyOperation(
	kind: string,
	options: object,
	columns: ReadonlyArray<string | Column>,
	rows: readonly (readonly Cell[])[],
): Promise<Batch> {
	const operation = operations.find((candidate) => candidate.kind === kind);
	if (operation === undefined) throw new Error(`no operation ${kind}`);
	const named = columns.map((column) => (typeof column === 'string' ? { name: column } : column));
	return await applyStep(operation, options, named, rows);
}

/** The cells of one column after an operation on it. */
export async function applyToColumn(
	kind: string,
	options: object,
	cells: readonly Cell[],
	column: Column = { name: 'x' },
): Promise<Cell[]> {
	const batch = await applyOperation(
		kind,
		{ fields: [column.name], ...options },
		[column],
		cells.map((cell) => [cell]),
	);
	return batch.rows.map((row) => row.cells[0] ?? null);
}
