import {
	countReasonColumns,
	REASON_COLUMNS,
	RUN_COLUMN,
	type Cell,
	type Source,
} from '../../dataset';
import type { FailedRow } from './failed-rows';

/** How rows of a source are reported. */
export interface ReportLayout {
	/** Headers of the source as they stand in the file, and behind them those of the reasons. */
	header: string[];
	/** Names of the columns of the source. */
	names: string[];
	/** How many columns of a file of failed rows the source has itself: it is one that came back. */
	reasonColumns: number;
	run?: string;
}

/** One row of the file: the cells of the source, as many as it has columns, and the reasons. */
export interface ReportedRow {
	cells: Cell[];
	reasons: string[];
}

/** @param run id of the run, where it has one */
export function reportLayout(source: Source, run?: string): ReportLayout {
	const reasonColumns = countReasonColumns(source.columns);
	const columns = source.columns.slice(0, source.columns.length - reasonColumns);
	return {
		header: [
			...columns.map(({ name, header }) => header || name),
			...REASON_COLUMNS,
			...(run === undefined ? [] : [RUN_COLUMN]),
		],
		names: columns.map(({ name }) => name),
		reasonColumns,
		run,
	};
}

/** What stands behind the last column is not lost, and does not move the others. */
export function reportedRow(
	{ number, source, raw, issues }: FailedRow,
	{ names, reasonColumns, run }: ReportLayout,
): ReportedRow {
	const width = names.length;
	const cells = source.slice(0, width);
	while (cells.length < width) cells.push(null);
	// a row that failed before is known by its number in the first file
	const [before, , , left] = source.slice(width, width + reasonColumns);
	const extra = [left, ...source.slice(width + reasonColumns)].map(cellText);
	const unplaced =
		raw !== undefined && source.length === 0 ? raw : extra.filter(Boolean).join(' | ');
	return {
		cells,
		reasons: [
			cellText(before) || String(number),
			[...new Set(issues.map(({ code }) => code))].join(' '),
			issues.map(({ message }) => message).join('; '),
			unplaced,
			...(run === undefined ? [] : [run]),
		],
	};
}

/** A cell as text; objects and lists as JSON. */
export function cellText(cell: Cell | undefined): string {
	if (cell === null || cell === undefined) return '';
	return typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
}
