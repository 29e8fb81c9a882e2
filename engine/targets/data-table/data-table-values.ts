import { issue, quoteValue, type Issue } from '../../issues';
import type { ColumnDescription, StagedValue } from '../target';
import type { DataTableValue } from './data-table-client';

/**
 * A value as it is compared with those of the records: dates as the store gives them back, numbers as numbers.
 *
 * @returns an issue, without its row, where the column could not hold the value without losing something
 */
export function comparable(
	value: StagedValue,
	column: ColumnDescription,
): StagedValue | Pick<Issue, 'code' | 'message'> {
	if (typeof value !== 'string') return value;
	if (column.type === 'date-time') return instantOf(value, column);
	return column.type === 'decimal' ? doubleOf(value, column) : value;
}

/** A date without a zone is taken in UTC: the same file gives the same records, wherever n8n runs. */
function instantOf(text: string, { name }: ColumnDescription) {
	const moment = new Date(/(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
	if (!Number.isNaN(moment.getTime())) return moment.toISOString();
	return {
		code: 'CELL_DATE' as const,
		message: `${name} cannot hold the date ${quoteValue(text)}`,
	};
}

/** More than 15 digits come as text: what is read back must be what was written. */
function doubleOf(text: string, { name }: ColumnDescription) {
	const number = Number(text);
	if (String(number) === text) return number;
	const message = `${name} holds numbers of about 15 digits; ${quoteValue(text)} would be rounded`;
	return { code: 'CELL_RANGE' as const, message };
}

/** A value of the staging table as the store wants it: SQLite keeps yes and no as numbers. */
export function writable(value: unknown, { type }: ColumnDescription): DataTableValue {
	if (value === null || value === undefined) return null;
	if (type === 'boolean') return Number(value) === 1;
	return value as DataTableValue;
}

/** The issue of a row that is not written. */
export function rowIssue(
	row: number,
	{ code, message }: Pick<Issue, 'code' | 'message'>,
	field?: string,
	value?: unknown,
): Issue {
	return issue(code, message, {
		severity: 'error',
		row,
		field,
		value: value === undefined || value === null ? undefined : quoteValue(value),
	});
}
