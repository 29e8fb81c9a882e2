import type { Column } from './dataset';

/**
 * Columns that a file of failed rows has behind those of the source: the row in the file that the import read, the codes,
 * the reasons, and what stood behind the last column or could not be taken apart. A reader knows the file by them when it
 * comes back.
 */
export const REASON_COLUMNS = [
	'import_row',
	'import_code',
	'import_reason',
	'import_extra_cells',
] as const;

/** Stands behind the others where the import was a run with an id. */
export const RUN_COLUMN = 'import_run';

/** How many columns at the end are those of a file of failed rows; 0 where the columns are not exactly these. */
export function countReasonColumns(columns: readonly Pick<Column, 'name'>[]): number {
	const names = columns.map(({ name }) => name);
	for (const own of [REASON_COLUMNS, [...REASON_COLUMNS, RUN_COLUMN]]) {
		const first = names.length - own.length;
		const isAtEnd = first > 0 && own.every((name, i) => names.indexOf(name) === first + i);
		if (isAtEnd) return own.length;
	}
	return 0;
}
