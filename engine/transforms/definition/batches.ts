import type { Batch, Column, RejectedRow, Row } from '../../dataset';
import { issue, type IssueCode } from '../../issues';

/** A batch to be filled by a step that gives rows of its own. */
export const emptyBatch = (columns: readonly Column[]): Batch => ({
	columns,
	rows: [],
	rejected: [],
	issues: [],
});

/** A row that goes no further on purpose, with the reason. */
export function skippedRow(
	row: Row,
	code: IssueCode,
	message: string,
	place: { column?: string; value?: string } = {},
): RejectedRow {
	return {
		number: row.number,
		source: row.source ?? row.cells,
		outcome: 'skipped',
		issues: [issue(code, message, { row: row.number, ...place })],
	};
}
