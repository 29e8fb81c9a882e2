import type { Batch, Cell, Column, ColumnType, CompiledStep, Row } from '../../dataset';
import { issue, quoteValue, type Issue, type IssueCode } from '../../issues';
import { changeColumns, indexesOfColumns } from './columns';
import { choice } from './parameters';

/** A cell that an operation cannot change: given back instead of a cell, and made only then. */
export class Failure {
	readonly code: IssueCode;

	readonly message: string;

	constructor(code: IssueCode, message: string) {
		this.code = code;
		this.message = message;
	}
}

/** What becomes of a cell that an operation cannot change: its row fails, the cell is emptied, or it stays. */
export type FailurePolicy = 'fail' | 'empty' | 'keep';

/** The parameter for it. */
export const onFailure = choice<FailurePolicy>({
	title: 'On Failure',
	summary: 'What becomes of a cell that cannot be read',
	choices: {
		fail: 'Fail the Row',
		empty: 'Empty the Cell, With a Warning',
		keep: 'Keep the Cell as It Is, With a Warning',
	},
});

/** What is done to the cells of one column. */
interface ColumnChange {
	index: number;
	change: (cell: Cell) => Cell | Failure;
}

/**
 * A step that changes cells one by one. The cells as they were read are kept before the first one of a row is replaced.
 *
 * A row with a failure is rejected with all its failures; with the policies `empty` and `keep` it goes on, and each
 * failure becomes a warning.
 */
export function changeCells(
	changes: readonly ColumnChange[],
	columnsOut: readonly Column[],
	policy: FailurePolicy = 'fail',
): CompiledStep {
	return {
		columnsOut,
		apply(batch) {
			const { rows } = batch;
			let kept = 0;
			for (const row of rows) {
				const issues = changeRow(row, changes, batch.columns, policy);
				if (issues !== undefined && policy === 'fail') {
					reject(batch, row, issues);
					continue;
				}
				if (issues !== undefined) batch.issues.push(...issues);
				rows[kept++] = row;
			}
			rows.length = kept;
			batch.columns = columnsOut;
		},
	};
}

/**
 * A step that changes the cells of some columns alike.
 *
 * @param fields names of the columns; none for all columns
 * @param how.columnOut what is known of such a column afterwards; what was known before when it is left out
 * @throws ImportError RUN_NO_COLUMN
 */
export function changeFields(
	fields: readonly string[],
	columnsIn: readonly Column[],
	change: ColumnChange['change'],
	how: { columnOut?: (column: Column) => Column; policy?: FailurePolicy } = {},
): CompiledStep {
	const { columnOut, policy } = how;
	const indexes = indexesOfColumns(fields, columnsIn);
	const columnsOut =
		columnOut === undefined ? columnsIn : changeColumns(columnsIn, indexes, columnOut);
	return changeCells(
		indexes.map((index) => ({ index, change })),
		columnsOut,
		policy,
	);
}

/** What is known of a column whose cells were brought into a type. A cell that was kept as it is may be anything. */
export const columnOfType =
	(type: ColumnType, policy: FailurePolicy = 'fail') =>
	({ name }: Column): Column =>
		policy === 'keep' ? { name } : { name, type };

/** Runs for every row: nothing is made unless a cell changes. */
function changeRow(
	row: Row,
	changes: readonly ColumnChange[],
	columns: readonly Column[],
	policy: FailurePolicy,
): Issue[] | undefined {
	let issues: Issue[] | undefined;
	for (const { index, change } of changes) {
		const cell = row.cells[index] ?? null;
		let changed = change(cell);
		if (changed instanceof Failure) {
			const from = { name: columns[index]?.name, index };
			(issues ??= []).push(failureIssue(changed, row, from, policy));
			changed = policy === 'empty' ? null : cell;
		}
		if (changed === cell) continue;
		row.source ??= row.cells.slice();
		row.cells[index] = changed;
	}
	return issues;
}

/**
 * The issue of a row with a cell that an operation cannot change: an error, or a warning where the row goes on.
 *
 * @param from the column that it is said of, and its position
 */
export function failureIssue(
	{ code, message }: Failure,
	row: Row,
	from: { name?: string; index: number } | undefined,
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

/** Takes a row out of the import as failed. The caller takes it out of the batch's rows. */
export function reject(batch: Batch, row: Row, issues: Issue[]): void {
	const source = row.source ?? row.cells;
	batch.rejected.push({ number: row.number, source, outcome: 'failed', issues });
}

/** The value in quotation marks, as messages name it. */
export function quoted(cell: unknown): string {
	return `"${quoteValue(cell)}"`;
}
