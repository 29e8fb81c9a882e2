import type { SheetRow } from './sheet-row';

/** Which of the first rows holds the column names, how sure that is, and why. */
export interface HeaderChoice {
	/** Index among the rows looked at. */
	index: number;
	confidence: number;
	evidence: string;
}

/** Titles and notes above a table take some rows, but hardly more than this. */
const ROWS_LOOKED_AT = 20;

/**
 * Finds the header among the first rows that hold a value: the first of them, unless it and its followers are titles, that
 * is, fill less than half as many columns as the table below them.
 *
 * @param rows the head of the sheet, at least one row
 */
export function findHeaderRow(rows: readonly SheetRow[]): HeaderChoice {
	const width = typicalWidth(rows);
	const isTitle = (row: SheetRow) => width > 1 && row.filled * 2 < Math.max(width, 3);
	const index = rows.slice(0, ROWS_LOOKED_AT).findIndex((row) => !isTitle(row));
	const header = rows[index];
	if (index <= 0 || header === undefined) return firstRow(rows);
	if (!isMostlyText(header) && (rows[0]?.filled ?? 0) > 1) return firstRow(rows);
	return {
		index,
		confidence: isMostlyText(header) ? 0.85 : 0.5,
		evidence: `Row ${header.number} is the first that fills ${header.filled} columns; ${titles(rows, index)}.`,
	};
}

function firstRow(rows: readonly SheetRow[]): HeaderChoice {
	const row = rows[0];
	if (row === undefined) return { index: 0, confidence: 0, evidence: 'No row holds a value.' };
	const onlyText = texts(row) === row.filled;
	const evidence = `Row ${row.number} is the first that holds values`;
	if (!onlyText) {
		return { index: 0, confidence: 0.4, evidence: `${evidence}, but not all of them are text.` };
	}
	if (rows.length === 1)
		return { index: 0, confidence: 0.6, evidence: `${evidence}, and the last.` };
	return { index: 0, confidence: 0.95, evidence: `${evidence}, and all of them are text.` };
}

/** The number of columns that most rows fill, from the first row on that fills more than one. */
function typicalWidth(rows: readonly SheetRow[]): number {
	const start = rows.findIndex((row) => row.filled > 1);
	if (start < 0) return 1;
	const widths = rows.slice(start).map((row) => row.filled);
	widths.sort((a, b) => a - b);
	return widths[Math.floor(widths.length / 2)] ?? 1;
}

function titles(rows: readonly SheetRow[], count: number): string {
	const most = Math.max(...rows.slice(0, count).map((row) => row.filled));
	const above = count === 1 ? 'the row above it fills' : `the ${count} rows above it fill`;
	return `${above} ${most === 1 ? 'one' : `at most ${most}`}`;
}

function isMostlyText(row: SheetRow): boolean {
	return texts(row) * 2 >= row.filled;
}

function texts(row: SheetRow): number {
	return row.cells.filter((cell) => typeof cell === 'string' && cell !== '').length;
}
