import type { Column, Decision } from '../../dataset';
import { ImportError, issue, type Issue } from '../../issues';
import { findTable, withoutTotal } from './find-table';
import type { HeaderChoice } from './find-header';
import type { FoundTable, TableOptions } from './found-table';
import type { GridRow, GridSource, TableLayout } from './layout';
import { isDrawnRow } from './drawn-row';
import { profilesOf, textOf, type RowProfile } from './row-profile';
import { endOfTable } from './head-end';
import { nameTable, partsOf } from './name-table';
import { cellsWithin, findSideBySide } from './side-by-side';
import { columnsOf, tableDecisions } from './table-decisions';

export interface TableDecision {
	layout: TableLayout;
	columns: Column[];
	/** About the header row, and, where there is something to say, header rows, first row, tables and footer. */
	decisions: Decision[];
	/** HEADER_BLANK and HEADER_DUPLICATE; FILE_PARTLY_READ where more than titles stand above the table. */
	issues: Issue[];
}

/** Files do not have more tables that are worth listing. */
const MOST_TABLES = 100;

/**
 * Decides where the table stands, what its columns are called, and which rows belong to it.
 *
 * @param head first rows of the file or sheet
 * @param isWholeFile whether no row follows the head
 * @param widest how many cells the longest row of the whole file fills, where longer rows are to be kept and it is known
 * @throws ImportError FILE_EMPTY, HEADER_MISSING, RUN_CONFIG
 */
export function decideTable(
	head: readonly GridRow[],
	isWholeFile: boolean,
	options: TableOptions,
	source: GridSource = { kind: 'text' },
	widest = 0,
): TableDecision {
	checkOptions(options);
	const profiles = profilesOf(head, source.isDrawn === true ? isDrawnRow : undefined);
	if (profiles.length === 0 && (options.headerRow ?? 0) === 0) {
		throw new ImportError('FILE_EMPTY', 'There are no rows', placeOf(source));
	}
	const width = options.longRows === 'keep' ? widest : 0;
	const tables = findAllTables(profiles, head, isWholeFile, options, source, width);
	const wanted = options.table ?? 1;
	const table = tables[wanted - 1];
	if (table === undefined) throw noSuchTable(wanted, tables.length, isWholeFile);
	const { layout, columns } = table.named;
	const { within, end } = table;
	return {
		layout: {
			...layout,
			...(end.lastRow !== undefined && { lastRow: end.lastRow }),
			...(within !== undefined && { within }),
		},
		columns,
		decisions: tableDecisions(table, tables, isWholeFile, options),
		issues: [
			...rowsAbove(table, options, source),
			...tablesBeside(table, tables, options, source),
			...table.named.issues,
			...noRows(table, isWholeFile, source),
		],
	};
}

/** The tables of the head: those one below the other, and where tables stand side by side, those of each. */
function findAllTables(
	profiles: readonly RowProfile[],
	head: readonly GridRow[],
	isWholeFile: boolean,
	options: TableOptions,
	source: GridSource,
	widest: number,
): FoundTable[] {
	const choice = firstHeader(profiles, head, options, source);
	const ranges = findSideBySide(profiles, choice);
	if (ranges.length === 0) {
		return findTables(profiles, choice, isWholeFile, options, source, widest);
	}
	return ranges.flatMap((within) => {
		const part = head.map((row) => ({ ...row, cells: cellsWithin(row.cells, within, source) }));
		const rows = profilesOf(part, source.isDrawn === true ? isDrawnRow : undefined);
		const most = within.to === undefined ? widest : 0;
		const first = firstHeader(rows, part, options, source);
		const tables = findTables(rows, first, isWholeFile, options, source, most);
		return tables.map((table) => ({ ...table, within }));
	});
}

function firstHeader(
	rows: readonly RowProfile[],
	head: readonly GridRow[],
	{ headerRow, headerRows }: TableOptions,
	source: GridSource,
): HeaderChoice {
	return headerRow === undefined
		? withHeaderRows(findTable(rows), rows, headerRows)
		: setHeader(rows, head, headerRow, headerRows ?? 1, source);
}

/** The tables of the head, one below the other. */
function findTables(
	profiles: readonly RowProfile[],
	first: HeaderChoice,
	isWholeFile: boolean,
	options: TableOptions,
	source: GridSource,
	widest: number,
): FoundTable[] {
	const tables: FoundTable[] = [];
	let rows = profiles;
	do {
		const isFirst = tables.length === 0;
		const choice = isFirst ? first : withHeaderRows(findTable(rows), rows, options.headerRows);
		rows = withoutRepeatedHeaders(rows, choice, source);
		const keeps = {
			long: options.longRows === 'keep',
			empty: options.emptyColumns === 'keep' && source.kind === 'text',
		};
		// rows of a footer or of another table say nothing about the columns of this one
		const beginning = withoutTotal(rows.slice(0, endOfBeginning(rows, choice)));
		const { shape } = partsOf(beginning, choice, source, keeps);
		const end = endOfTable(rows, choice, shape, isWholeFile, options.footer);
		const records = rows.slice(0, end.records);
		const parts = partsOf(records, choice, source, keeps, isFirst ? widest : 0);
		const named = nameTable(parts, source);
		tables.push({ choice, rows, named, end });
		if (end.next === undefined) break;
		rows = rows.slice(end.next);
	} while (rows.length > 0 && tables.length < MOST_TABLES);
	return tables;
}

/** The rows without the header of each page, or of each file that was put behind another: it says nothing about the columns, and ends nothing. */
function withoutRepeatedHeaders(
	rows: readonly RowProfile[],
	{ header, data }: HeaderChoice,
	{ isDrawn }: GridSource,
): readonly RowProfile[] {
	const [only] = header;
	const names = header.length === 1 && only !== undefined ? rows[only] : undefined;
	if (names === undefined || !(isDrawn || rows.some(({ startsFile }) => startsFile))) return rows;
	const isAgain = (row: RowProfile) =>
		(isDrawn || row.startsFile) &&
		row.last === names.last &&
		names.cells.every((name, column) => textOf(name) === textOf(row.cells[column]));
	return rows.filter((row, index) => index < data || !isAgain(row));
}

/** One record says little about a table: where a blank row follows it, so many are looked at. */
const FIRST_RECORDS = 3;

/** Index behind the rows that belong to the table beyond doubt: those up to the first blank one. */
function endOfBeginning(rows: readonly RowProfile[], { data }: HeaderChoice): number {
	const gap = rows.findIndex((row, index) => index > data && row.isAfterGap);
	if (gap === -1) return rows.length;
	return gap - data > 1 ? gap : data + FIRST_RECORDS;
}

/** Says so when there is nothing below the header: an export that went wrong is not to pass for an import of no rows. */
function noRows({ choice, rows }: FoundTable, isWholeFile: boolean, source: GridSource): Issue[] {
	if (!isWholeFile || choice.header.length === 0 || choice.data < rows.length) return [];
	return [
		issue('FILE_NO_ROWS', 'There are no rows below the names of the columns', placeOf(source)),
	];
}

/** Says so when what was passed over above a table could be a table too: rows of several cells. */
function rowsAbove(
	{ choice, rows }: FoundTable,
	{ headerRow, table }: TableOptions,
	source: GridSource,
): Issue[] {
	if (headerRow !== undefined || table !== undefined) return [];
	const passed = rows.slice(0, choice.header[0] ?? choice.data);
	const full = passed.filter(({ filled }) => filled > 1);
	const [first] = full;
	const last = full.at(-1);
	if (first === undefined || last === undefined || full.length < 2) return [];
	const message = `Rows ${first.number} to ${last.number} stand above the table and are not read`;
	const place = { row: first.number, count: full.length, ...placeOf(source) };
	return [issue('FILE_PARTLY_READ', message, place)];
}

/** Says so when tables stand beside the one that is read. */
function tablesBeside(
	{ within }: FoundTable,
	tables: readonly FoundTable[],
	{ table }: TableOptions,
	source: GridSource,
): Issue[] {
	if (within === undefined || table !== undefined) return [];
	const others = tables.filter((other, index) => {
		const isFirst = tables[index - 1]?.within !== other.within;
		return other.within !== within && isFirst;
	});
	return others.map((other) => {
		const message = `Another table stands beside the one that is read: ${columnsOf(other)} are not read`;
		return issue('FILE_PARTLY_READ', message, placeOf(source));
	});
}

/** The header that a person names, by the number of its first row. */
function setHeader(
	rows: readonly RowProfile[],
	head: readonly GridRow[],
	headerRow: number,
	headerRows: number,
	source: GridSource,
): HeaderChoice {
	const set = { isSure: true, confidence: 1, evidence: 'set by hand' };
	if (headerRow === 0) return { ...set, header: [], data: 0 };
	const last = headerRow + headerRows - 1;
	if (headerRow > (head.at(-1)?.number ?? 0)) {
		const place = { row: headerRow, ...placeOf(source) };
		const found = `${head.length} row${head.length === 1 ? ' was' : 's were'} found`;
		throw new ImportError(
			'HEADER_MISSING',
			`Row ${headerRow} was named as the header, but only ${found}`,
			place,
		);
	}
	const header = rows.flatMap(({ number }, index) =>
		number >= headerRow && number <= last ? [index] : [],
	);
	const data = rows.findIndex(({ number }) => number > last);
	return { ...set, header, data: data === -1 ? rows.length : data };
}

/** The header that was found, with as many rows as a person says it has. */
function withHeaderRows(
	choice: HeaderChoice,
	rows: readonly RowProfile[],
	headerRows: number | undefined,
): HeaderChoice {
	if (headerRows === undefined) return choice;
	const first = choice.header[0] ?? choice.data;
	const end = Math.min(rows.length, first + headerRows);
	const header = Array.from({ length: end - first }, (_, index) => first + index);
	return { ...choice, header, data: end };
}

function checkOptions({ headerRow, headerRows, table }: TableOptions): void {
	const isCount = (value: number | undefined, least: number) =>
		value === undefined || (Number.isInteger(value) && value >= least);
	const wrong = (name: string, value: number | undefined) =>
		new ImportError('RUN_CONFIG', `The ${name} is to be a whole number, not ${value}.`);
	if (!isCount(headerRow, 0)) throw wrong('header row', headerRow);
	if (!isCount(headerRows, 1)) throw wrong('number of header rows', headerRows);
	if (!isCount(table, 1)) throw wrong('number of the table', table);
}

function noSuchTable(wanted: number, found: number, isWholeFile: boolean): ImportError {
	const where = isWholeFile ? 'the file' : 'the first rows of the file';
	return new ImportError(
		'RUN_CONFIG',
		`Table ${wanted} was chosen, but ${found} table${found === 1 ? ' was' : 's were'} found in ${where}.`,
	);
}

const placeOf = ({ sheet }: GridSource) => (sheet === undefined ? {} : { sheet });
