import type { Batch, Cell, Column, CompiledStep, Row } from '../../dataset';
import { issue, quoteValue, type Issue } from '../../issues';
import { Failure, reject, type FailurePolicy } from './cell-changes';

/** Computes the cells of the new columns from a row; a Failure instead of all of them. */
export type Compute = (row: Row) => readonly Cell[] | Failure;

/** Where the columns that a step writes stand: over columns of the same name, or behind all others. */
export interface Places {
	columnsOut: Column[];
	/** For each written column, its position. */
	indexes: number[];
}

export function placesFor(written: readonly Column[], columnsIn: readonly Column[]): Places {
	const columnsOut = [...columnsIn];
	const indexes = written.map((column) => {
		const found = columnsOut.findIndex(({ name }) => name === column.name);
		const index = found === -1 ? columnsOut.length : found;
		columnsOut[index] = column;
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
			setColumns(batch, columnsOut);
		},
	};
}

function write(row: Row, indexes: readonly number[], cells: readonly Cell[]): void {
	row.source ??= row.cells.slice();
	for (const [i, index] of indexes.entries()) row.cells[index] = cells[i] ?? null;
}

const setColumns = (batch: Batch, columns: readonly Column[]): void => {
	batch.columns = columns;
};

function failureIssue(
	{ code, message }: Failure,
	row: Row,
	from: { name: string; index: number } | undefined,
	policy: FailurePolicy,
): Issue {
	return issue(code, message, {
		row: row.number,
		...(from !== undefined && {
			column: from.name,
			value: quoteValue(row.cells[from.index] ?? null),
		}),
		...(policy !== 'fail' && { severity: 'warning' }),
	});
}
