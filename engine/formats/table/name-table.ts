import type { Column } from '../../dataset';
import type { Issue } from '../../issues';
import { columnLetters, columnsWithoutHeader, nameColumns } from '../header';
import { NUMBER } from './cell-kind';
import { ColumnEvidence } from './column-evidence';
import type { HeaderChoice } from './find-header';
import { joinHeader } from './header-rows';
import type { GridSource, TableLayout } from './layout';
import { isFilled, textOf, type RowProfile } from './row-profile';
import type { TableShape } from './table-shape';

/** The columns of a table, and where it stands. */
export interface NamedTable {
	layout: TableLayout;
	columns: Column[];
	issues: Issue[];
}

/** Columns that are no part of a table unless a person wants them. */
interface KeptColumns {
	/** Values behind the last column of the header. */
	long: boolean;
	/** Columns at the end without a name and without a value. */
	empty: boolean;
}

/** What the columns of a table are taken from. */
interface TableParts {
	header: readonly RowProfile[];
	data: readonly RowProfile[];
	/** How many rows of data hold something, for each column. */
	filled: readonly number[];
	shape: TableShape;
	/** Whether nothing but blank rows stands between the header and the data. */
	isBelowHeader: boolean;
}

/**
 * What the rows of a table look like.
 *
 * @param rows rows of the head, up to the end of the table
 * @param keeps what is kept behind the last column of the header, or behind the last that holds anything
 * @param widest how many cells the longest row of the file fills, where that is known
 */
export function partsOf(
	rows: readonly RowProfile[],
	choice: HeaderChoice,
	source: GridSource,
	keeps: KeptColumns,
	widest = 0,
): TableParts {
	const header = choice.header.flatMap((index) => rows[index] ?? []);
	const data = rows.slice(choice.data);
	const first = firstColumn([...header, ...data]);
	const filled = filledColumns(data);
	const least = Math.max(
		keeps.long ? widest : 0,
		keeps.empty ? writtenWidth(header, data) : 0,
		first + 1,
	);
	const last = Math.max(lastColumn(header, data, filled, source, keeps.long), least);
	const kinds = new ColumnEvidence(data).columnsFrom(0).slice(0, last);
	const [only] = header;
	const names = header.length === 1 ? (only?.cells ?? []).slice(first, last).map(textOf) : [];
	while (header.length === 1 && names.length < last - first) names.push('');
	const isBelowHeader = choice.header.at(-1) === choice.data - 1;
	return { header, data, filled, shape: { first, last, kinds, header: names }, isBelowHeader };
}

/** Names the columns of a table: those that have a name in the header, and those without one that hold values. */
export function nameTable(
	{ header, data, filled, shape: { first, last, kinds }, isBelowHeader }: TableParts,
	source: GridSource,
): NamedTable {
	const headerRows = header.map(({ number }) => number);
	const belowHeader = (headerRows.at(-1) ?? 0) + 1;
	const layout: TableLayout = {
		headerRows,
		headerWidth: header.reduce((most, { cells }) => Math.max(most, cells.length), 0),
		firstRow: isBelowHeader ? belowHeader : (data[0]?.number ?? belowHeader),
		firstColumn: first,
		kinds: [...kinds],
		key: keyColumn(filled, data.length, kinds, last),
	};
	return { layout, ...namesOf(header, first, last, filled, source) };
}

function firstColumn(rows: readonly RowProfile[]): number {
	return rows.reduce((first, row) => Math.min(first, row.first), rows[0]?.first ?? 0);
}

/** How many rows hold something, for each column. */
function filledColumns(rows: readonly RowProfile[]): number[] {
	const counts: number[] = [];
	for (const { cells, last } of rows) {
		while (counts.length < last) counts.push(0);
		for (let column = 0; column < last; column++) {
			if (isFilled(cells[column])) counts[column] = (counts[column] ?? 0) + 1;
		}
	}
	return counts;
}

/** Index behind the last column: a long row must not make a column of its own where a header says how many there are. */
function lastColumn(
	header: readonly RowProfile[],
	data: readonly RowProfile[],
	filled: readonly number[],
	{ kind }: GridSource,
	keepsLong: boolean,
): number {
	const named = header.reduce((last, row) => Math.max(last, row.last), 0);
	if (kind === 'text' && keepsLong) return longest(data, named);
	if (named === 0 || kind === 'sheet') return Math.max(named, filled.length);
	const length = header.reduce((most, { cells }) => Math.max(most, cells.length), 0);
	let last = named;
	for (const row of data) if (row.cells.length <= length) last = Math.max(last, row.last);
	// where most rows are longer than the header, they are not longer by mistake
	const isCommon = (count: number) => data.length > 2 && count * 2 > data.length;
	return Math.max(last, filled.findLastIndex(isCommon) + 1);
}

/** How many cells the header has as it is written, empty ones at its end included; without a header, most rows. */
function writtenWidth(header: readonly RowProfile[], data: readonly RowProfile[]): number {
	if (header.length > 0) return Math.max(...header.map(({ cells }) => cells.length));
	const counts = new Map<number, number>();
	let common = 0;
	for (const { cells } of data) {
		const count = (counts.get(cells.length) ?? 0) + 1;
		counts.set(cells.length, count);
		if (count > (counts.get(common) ?? 0)) common = cells.length;
	}
	return common;
}

/** Index behind the last cell that is not empty: what is to be kept is kept as it stands, blanks too. */
function longest(rows: readonly RowProfile[], least: number): number {
	let last = least;
	for (const { cells } of rows) {
		let length = cells.length;
		while (length > last && cells[length - 1] === '') length--;
		if (length > last) last = length;
	}
	return last;
}

function namesOf(
	header: readonly RowProfile[],
	first: number,
	last: number,
	filled: readonly number[],
	source: GridSource,
): { columns: Column[]; issues: Issue[] } {
	const width = last - first;
	if (header.length === 0) {
		return { columns: columnsWithoutHeader(width, first), issues: [] };
	}
	const only = header.length === 1 ? header[0]?.cells : undefined;
	const cells = (only ?? joinHeader(header)).slice(first, last);
	const holdsValues = (index: number) => (filled[index + first] ?? 0) > 0;
	const { columns, issues } = nameColumns(cells, width, holdsValues, first);
	if (source.sheet === undefined) return { columns, issues };
	const row = header.at(-1)?.number;
	const places = new Map(columns.map(({ name }, index) => [name, columnLetters(index + first)]));
	const placed = issues.map((found) => ({
		...found,
		sheet: source.sheet,
		row,
		...(found.column === undefined ? {} : { cell: `${places.get(found.column)}${row}` }),
	}));
	return { columns, issues: placed };
}

/** A column that every row fills, besides the first of them, and that holds no numbers: no total fills it. */
function keyColumn(
	filled: readonly number[],
	rows: number,
	kinds: readonly string[],
	last: number,
): number {
	let seen = 0;
	for (let column = 0; column < Math.min(last, filled.length, kinds.length); column++) {
		if ((filled[column] ?? 0) < rows || rows === 0) continue;
		if (seen > 0 && kinds[column] !== NUMBER) return column;
		seen++;
	}
	return -1;
}
