import type { Cell } from '../../dataset';
import type { IssueCode } from '../../issues';

/** A row as it stands in the file or sheet, from column A on. Blank rows of a sheet may be missing from a list of them. */
export interface GridRow {
	/** 1-based, as a person counts the rows of the file. */
	number: number;
	cells: readonly Cell[];
	/** Whether it is known to be the first row of a file that was put behind another. */
	startsFile?: boolean;
}

/** Where rows come from, as far as it changes what they mean and what is said about them. */
export interface GridSource {
	/** A line of text says itself how many cells it has; a row of a sheet leaves out what is empty. */
	kind: 'text' | 'sheet';
	/** Whether lines of dashes between the rows are drawn, and no rows. */
	isDrawn?: boolean;
	/** Name of the sheet, for issues. */
	sheet?: string;
}

/** Columns from one index, from 0, up to another and without it; to the last where that is missing. */
export interface ColumnRange {
	from: number;
	to?: number;
}

/** Where a table stands in its file or sheet, and what its rows look like. Plain JSON: it travels in `FileSource.options`. */
export interface TableLayout {
	/** Numbers of the rows that hold the column names; empty when there are none. */
	headerRows: number[];
	/** How many cells the header has as it is written, from column A on; 0 without a header. */
	headerWidth: number;
	/** Number of the first row that may hold data. */
	firstRow: number;
	/** Number of the last row of the table, where another table was found below it. */
	lastRow?: number;
	/** The columns that are looked at, where other tables stand beside this one. */
	within?: ColumnRange;
	/** Index of the leftmost column, from 0: empty columns left of the table are no part of it. */
	firstColumn: number;
	/** What the values of each column look like, see `kindOf`: from column A on, the first two hundred columns. */
	kinds: string[];
	/** Index, from column A on, of a second column that no row of the head leaves empty; -1 where there is none. */
	key: number;
}

/** What becomes of rows that do not have the shape of the table; see ReadOptions. */
export interface RowPolicies {
	footer?: 'skip' | 'keep';
	shortRows?: 'pad' | 'reject' | 'stop';
	longRows?: 'reject' | 'keep' | 'stop';
}

/** What is known of a row besides its cells. */
export interface RowOrigin {
	/** Line of the file on which the row begins, 1-based. */
	line?: number;
	/** The row as it is written in the file. */
	raw?: string;
}

/** Says what is known of the row with a number: asked for only when it is needed. */
export type OriginOf = (number: number) => RowOrigin;

/** Something about a cell that keeps its row from being used. */
export interface RowFault {
	/** Index of the column, from 0, counted from column A. */
	column: number;
	code: IssueCode;
	message: string;
	value?: string;
}
