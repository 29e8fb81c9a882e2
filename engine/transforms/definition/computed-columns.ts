import {
	targetSettingsOf,
	type Cell,
	type Column,
	type CompiledStep,
	type Row,
} from '../../dataset';
import { Failure, failureIssue, reject, type FailurePolicy } from './cell-changes';

/** Computes the cells of the new columns from a row; a Failure instead of all of them. */
type Compute = (row: Row) => readonly Cell[] | Failure;

/** Where the columns that a step writes stand: over columns of the same name, or behind all others. */
interface Places {
	columnsOut: Column[];
	/** For each written column, its position. */
	indexes: number[];
}

export function placesFor(written: readonly Column[], columnsIn: readonly Column[]): Places {
	const columnsOut = [...columnsIn];
	const indexes = written.map((column) => {
		const found = columnsOut.findIndex(({ name }) => name === column.name);
		const index = found === -1 ? columnsOut.length : found;
		columnsOut[index] = { ...column, ...targetSettingsOf(columnsOut[index] ?? column) };
		return index;
	});
	return { columnsOut, indexes };
}

/**
 * A step that writes columns, new ones or over others, from what the row holds.
 *
 * @param from the column that a failure is said of
 */
export function computeColumns(
	{ columnsOut, indexes }: Places,
	compute: Compute,
	{
		from,
		policy = 'fail',
	}: { from?: { name: string; index: number }; policy?: FailurePolicy } = {},
): CompiledStep {
	return {
		columnsOut,
		apply(batch) {
			const { rows } = batch;
			let kept = 0;
			for (const row of rows) {
				const cells = compute(row);
				if (cells instanceof Failure) {
					const found = failureIssue(cells, row, from, policy);
					if (policy === 'fail') {
						reject(batch, row, [found]);
						continue;
					}
					batch.issues.push(found);
				}
				write(row, indexes, cells instanceof Failure ? [] : cells);
				rows[kept++] = row;
			}
			rows.length = kept;
			batch.columns = columnsOut;
		},
	};
}

function write(row: Row, indexes: readonly number[], cells: readonly Cell[]): void {
	row.source ??= row.cells.slice();
	for (const [i, index] of indexes.entries()) row.cells[index] = cells[i] ?? null;
}
