import type { Batch, Cell, Row } from '../dataset';
import { isBlank } from '../dataset/values/blank';
import { issue, quoteValue, type Issue, type IssueCode } from '../issues';

/** Where a value came from and where it was to go, for the issue that it causes. */
export interface CellOrigin {
	column?: string;
	field: string;
}

/** The issue of one cell that does not fit. */
export function cellIssue(
	row: Row,
	origin: CellOrigin,
	misfit: { code: IssueCode; message: string },
	cell?: Cell,
): Issue {
	const value = cell === undefined || cell === null ? {} : { value: quoteValue(cell) };
	return issue(misfit.code, misfit.message, { row: row.number, ...origin, ...value });
}

/** Whether there is no value in the cell. */
export function isEmpty(cell: Cell): cell is null | string {
	return cell === null || (typeof cell === 'string' && isBlank(cell));
}

/**
 * Changes all rows of a batch. A row for which `change` gives issues is rejected as failed, the others stay in order.
 *
 * @param change changes the cells of the row, or gives the issues that speak against it
 */
export function changeRows(batch: Batch, change: (row: Row) => Issue[] | undefined): void {
	const { rows } = batch;
	let kept = 0;
	for (const row of rows) {
		const issues = change(row);
		if (issues === undefined) {
			rows[kept++] = row;
		} else {
			const source = row.source ?? row.cells;
			batch.rejected.push({ number: row.number, source, outcome: 'failed', issues });
		}
	}
	rows.length = kept;
}
