import type { Cell, Column, CompiledStep, Row, Step, StepCompiler } from '../dataset';
import { ImportError, type Issue } from '../issues';
import { compileCoercion } from './coerce';
import { hasLimits } from './constraints';
import type { FieldSpec } from './field';
import { readFieldSpecs } from './field-options';
import { Misfit } from './misfit';
import { cellIssue, changeRows, type CellOrigin } from './row-coercion';
import { letPass } from './passing-text';
import type { Coercion } from './types';
import { isPlainText } from './types/text';

/** What a column of a database can hold. */
export interface FitColumn extends Pick<
	FieldSpec,
	'name' | 'type' | 'maxLength' | 'precision' | 'scale' | 'min' | 'max' | 'options' | 'passes'
> {
	/** Whether it may be empty. Default true. */
	nullable?: boolean;
	/** Whether the database fills it when there is no value. */
	hasDefault?: boolean;
}

/** The options of a `fit` step. */
export interface FitOptions {
	columns: FitColumn[];
}

const VERSION = 1;

/** Makes the step that checks cells against what a database can hold. */
export function fitStep(options: FitOptions): Step {
	return { kind: 'fit', version: VERSION, options: { ...options } };
}

/**
 * Brings columns, by name, into what the columns of a database can hold. A row with a cell that does not fit is rejected
 * with an issue for each such cell: what `compileCoercion` gives, and WRITE_NOT_NULL.
 *
 * Columns that are not listed stay as they are, listed ones that are not there are no error. A column that has the right
 * type already and needs no check costs nothing.
 */
export const fitCompiler: StepCompiler = {
	kind: 'fit',
	compile({ version, options }, columnsIn) {
		if (version !== VERSION) {
			throw new ImportError('RUN_CONFIG', `Version ${version} of the fit step is not known`);
		}
		const targets = new Map(
			readFieldSpecs(options.columns, 'columns').map((target: FitColumn) => [target.name, target]),
		);
		const checks: Check[] = [];
		const columnsOut = columnsIn.map((column, index) => {
			const target = targets.get(column.name);
			if (target === undefined) return column;
			const check = compileCheck(target, column, index);
			if (check !== undefined) checks.push(check);
			return target.type === undefined ? column : { name: column.name, type: target.type };
		});
		return compileFit(checks, columnsOut);
	},
};

/** One column that has to be looked at. */
interface Check {
	index: number;
	coerce: Coercion;
	needsValue: boolean;
	origin: CellOrigin;
	/** Whether the column takes any text as it is. */
	isFreeText: boolean;
}

function compileCheck(target: FitColumn, column: Column, index: number): Check | undefined {
	const needsValue = target.nullable === false && target.hasDefault !== true;
	const coerces = target.type !== undefined && !isCanonical(column, target.type);
	if (!coerces && !needsValue && !hasLimits(target)) return undefined;
	const coerce = letPass(target.passes, compileCoercion(target, column));
	const origin = { field: target.name, column: column.name };
	const isFreeText = target.type === 'text' && !hasLimits(target);
	return { index, coerce, needsValue, origin, isFreeText };
}

/**
 * Whether the cells are values of the type, and not just written so that they can be read as such: columns with a format
 * hold what stands in the file. Text has no format and is cheap to look at, so it is never taken on trust.
 */
function isCanonical(column: Column, type: Column['type']): boolean {
	return column.type === type && column.format === undefined && type !== 'text';
}

function compileFit(checks: readonly Check[], columnsOut: readonly Column[]): CompiledStep {
	return {
		columnsOut,
		apply(batch) {
			const failed = new Map<Row, Issue[]>();
			for (const row of batch.rows) fitRow(row, checks, failed);
			if (failed.size > 0) changeRows(batch, (row) => failed.get(row));
			batch.columns = columnsOut;
		},
	};
}

/**
 * Fits one row, cell by cell as they lie in memory. Cells that are right stay where they are, and nothing is copied for
 * them.
 *
 * @param failed gets the issues of the rows that cannot go on
 */
function fitRow(row: Row, checks: readonly Check[], failed: Map<Row, Issue[]>): void {
	const { cells } = row;
	for (const check of checks) {
		const { index } = check;
		const cell = cells[index] ?? null;
		// nearly every text shows at one look that it stays
		if (check.isFreeText && typeof cell === 'string' && isPlainText(cell)) continue;
		const value = check.coerce(cell);
		if (value instanceof Misfit || (value === null && check.needsValue)) {
			fitCell(row, check, failed);
			continue;
		}
		// to compare texts of one length takes longer than to put one back
		if (row.source === undefined) {
			if (value === cell) continue;
			row.source = cells.slice();
		}
		cells[index] = value;
	}
}

function fitCell(row: Row, check: Check, failed: Map<Row, Issue[]>): void {
	const { index, coerce, needsValue, origin } = check;
	const cell: Cell = row.cells[index] ?? null;
	const value = coerce(cell);
	if (value === null && needsValue) fail(failed, row, cellIssue(row, origin, notNull(origin)));
	if (value === cell) return;
	if (value instanceof Misfit) {
		fail(failed, row, cellIssue(row, origin, value, cell));
		return;
	}
	row.source ??= row.cells.slice();
	row.cells[index] = value;
}

function fail(failed: Map<Row, Issue[]>, row: Row, issue: Issue): void {
	const issues = failed.get(row);
	if (issues === undefined) failed.set(row, [issue]);
	else issues.push(issue);
}

const notNull = ({ field }: CellOrigin) => ({
	code: 'WRITE_NOT_NULL' as const,
	message: `The column "${field}" of the table needs a value, and the cell is empty`,
});
