import { isTyped, kindOf } from './cell-kind';
import { ColumnEvidence, type Comparison } from './column-evidence';
import { belongsAbove, holdsUnits, isTitleOf, joinHeader } from './header-rows';
import { textOf, type RowProfile } from './row-profile';

/** Where a header stands among some rows, and where the data below it begin. */
export interface HeaderChoice {
	/** Indexes of the header rows among the rows looked at, from top to bottom; empty when there is none. */
	header: number[];
	/** Index of the first row of data. */
	data: number;
	/** Whether values of columns speak for the choice, and not only its place. */
	isSure: boolean;
	confidence: number;
	evidence: string;
}

/** Deeper, a header is not looked for behind rows that are as full as it. */
const ROWS_TRIED = 60;

/** More rows than this hold no column names. */
const MOST_HEADER_ROWS = 3;

/** From so many single cells right above a longer row on they may be records, and not titles of a table below. */
const SINGLE_RECORDS = 2;

/** A single record below texts is no evidence that the row above it is a header as well. */
const LEAST_RECORDS = 2;

/** How many cells most rows fill, of those that fill more than one; 1 when there are none or hardly any. */
export function typicalWidth(rows: readonly RowProfile[]): number {
	if (isOneColumn(rows)) return 1;
	const widths = rows.filter(({ filled }) => filled > 1).map(({ filled }) => filled);
	widths.sort((a, b) => a - b);
	return widths[Math.floor(widths.length / 2)] ?? 1;
}

/** Whether rows of a single cell stand right above and right below the first longer one, and are most of those below. */
function isOneColumn(rows: readonly RowProfile[]): boolean {
	const first = rows.findIndex(({ filled }) => filled > 1);
	const below = rows[first + 1];
	if (first < SINGLE_RECORDS || below === undefined || below.isAfterGap) return false;
	if (rows.slice(1, first + 1).some(({ isAfterGap }) => isAfterGap)) return false;
	const isSingle = ({ cells, filled }: RowProfile) => filled === 1 && cells.length === 1;
	const single = rows.slice(first + 1).filter(isSingle).length;
	return isSingle(below) && single * 2 > rows.length - first;
}

/**
 * Finds the header among the first rows of a table. The main evidence are the columns: numbers, dates and codes below,
 * texts above. Titles are rows that fill less than half as many cells as the table does.
 *
 * @param rows rows of the table and what stands above it, none of them blank; at least one
 */
export function findHeader(rows: readonly RowProfile[]): HeaderChoice {
	const width = typicalWidth(rows.slice(0, 300));
	const isWide = ({ filled }: RowProfile) => width === 1 || (filled > 1 && filled * 2 > width);
	const top = Math.max(0, rows.findIndex(isWide));
	if (top === rows.length - 1) return onlyRow(rows, top);
	const evidence = new ColumnEvidence(rows);
	const lowest = lowestHeaderRow(evidence, top, isWide);
	const found = evidence.compare(lowest, lowest + 1);
	if (lowest === top && !isHeader(found, evidence, top)) return noHeader(rows, top, found);
	const header = headerRowsAbove(evidence, top, lowest, found);
	return describe(rows, header, lowest, found);
}

function onlyRow(rows: readonly RowProfile[], index: number): HeaderChoice {
	const row = rows[index];
	const values = row?.cells.filter((cell) => 'nde'.includes(kindOf(cell))).length ?? 0;
	const isData = values * 2 >= (row?.filled ?? 0);
	return {
		header: isData ? [] : [index],
		data: isData ? index : index + 1,
		isSure: false,
		confidence: 0.6,
		evidence: isData ? 'the only row holds values' : 'the only row, and it holds texts',
	};
}

/** The row that stands right above the data, when the rows from `top` on are looked at. */
function lowestHeaderRow(
	evidence: ColumnEvidence,
	top: number,
	isWide: (row: RowProfile) => boolean,
): number {
	const { rows } = evidence;
	let best = top;
	const scoreOf = ({ unlike, alike }: Comparison) => unlike - 2 * alike;
	const first = scoreOf(evidence.compare(top, top + 1));
	let bestScore = first;
	const end = Math.min(rows.length - 1, top + ROWS_TRIED);
	for (let row = top + 1; row < end; row++) {
		const found = evidence.compare(row, row + 1);
		if (found.alike > found.unlike && scoreOf(evidence.compare(row - 1, row + 1)) < 0) break;
		const candidate = rows[row];
		if (candidate === undefined || !isWide(candidate)) continue;
		const score = scoreOf(found);
		const least = first + (isMoreComplete(candidate, rows[top]) ? 1 : 2);
		if (found.alike > 0 || score < least || score <= bestScore) continue;
		if (rows.length - 1 - row < LEAST_RECORDS && !isMoreComplete(candidate, rows[top])) continue;
		if (!noneIsData(evidence, top, row)) continue;
		best = row;
		bestScore = score;
	}
	while (best + 1 < end && continuesHeader(evidence, best + 1, best)) best++;
	return best;
}

const isMoreComplete = (row: RowProfile, other: RowProfile | undefined): boolean =>
	other !== undefined && row.filled > other.filled;

/** Whether no row above a header reads like the data below it. */
function noneIsData(evidence: ColumnEvidence, top: number, header: number): boolean {
	for (let row = top; row < header; row++) {
		const { alike, unlike } = evidence.compare(row, header + 1);
		if (alike > unlike || (alike === 0 && unlike === 0)) return false;
	}
	return true;
}

/** Whether a row below a header row still belongs to the header: it has texts, and no value, where values stand below. */
function continuesHeader(evidence: ColumnEvidence, row: number, above: number): boolean {
	const candidate = evidence.rows[row];
	const names = evidence.rows[above];
	if (candidate === undefined || names === undefined) return false;
	const found = evidence.compare(row, row + 1);
	if (found.alike > 0 || found.unlike === 0 || found.unlike * 2 < found.typed) return false;
	// what stands above must read as a header over the same columns
	if (evidence.compare(above, row + 1).alike > 0) return false;
	if (holdsUnits(candidate, names)) return true;
	if (evidence.rows.length - 1 - row < LEAST_RECORDS) return false;
	const isAllTyped =
		found.typed === evidence.columnsFrom(row + 1).filter((kind) => kind !== '-').length;
	return found.unlike > 1 || (isAllTyped && candidate.filled > 1);
}

function isHeader(
	{ typed, unlike, alike, repeated }: Comparison,
	evidence: ColumnEvidence,
	row: number,
) {
	if (typed === 0) {
		const filled = evidence.rows[row]?.filled ?? 0;
		return repeated * 2 < filled || repeated < 1;
	}
	return alike === 0 || unlike > alike;
}

function noHeader(rows: readonly RowProfile[], top: number, found: Comparison): HeaderChoice {
	// a row right above the data that fills more than one cell is taken for a record with gaps
	let data = top;
	while (data > 0 && (rows[data - 1]?.filled ?? 0) > 1 && rows[data]?.isAfterGap === false) data--;
	const { alike, repeated } = found;
	return {
		header: [],
		data,
		isSure: alike > 0,
		confidence: alike > 1 ? 0.9 : alike > 0 ? 0.8 : 0.6,
		evidence:
			alike > 0
				? `the first row holds values like those below it in ${count(alike, 'column')}`
				: `the texts of the first row stand below it as well in ${count(repeated, 'column')}`,
	};
}

/** The header rows from the lowest upwards, at most three. */
function headerRowsAbove(
	evidence: ColumnEvidence,
	top: number,
	lowest: number,
	found: Comparison,
): number[] {
	const { rows } = evidence;
	const header = [lowest];
	for (let index = lowest - 1; index >= 0 && header.length < MOST_HEADER_ROWS; index--) {
		const upper = rows[index];
		const [highest] = header.map((i) => rows[i]);
		if (upper === undefined || highest === undefined) break;
		const names = joinHeader(header.flatMap((i) => rows[i] ?? []));
		const isFull = index >= top && isFullNames(upper, highest, found);
		const hasUnits = header.length === 1 && index >= top && holdsUnits(highest, upper);
		if (!hasUnits && !isFull && !belongsAbove(upper, names)) break;
		header.unshift(index);
	}
	return header;
}

function isFullNames(upper: RowProfile, lower: RowProfile, { unlike }: Comparison): boolean {
	if (lower.isAfterGap || unlike < 2 || upper.filled < lower.filled * 0.8) return false;
	const names = lower.cells.map(textOf).filter((text) => text !== '');
	return (
		!isTitleOf(upper, names) &&
		upper.cells.every((cell) => !isTyped(kindOf(cell)) || kindOf(cell).startsWith('c'))
	);
}

function describe(
	rows: readonly RowProfile[],
	header: number[],
	lowest: number,
	{ typed, unlike, alike }: Comparison,
): HeaderChoice {
	const first = header[0] ?? lowest;
	const numbers = header.map((index) => rows[index]?.number);
	const name = header.length > 1 ? `rows ${numbers.join(', ')}` : `row ${numbers[0]}`;
	const where = first === 0 ? name : `${name}, below ${count(first, 'other row')}`;
	const below = count(unlike, 'column');
	return {
		header,
		data: lowest + 1,
		isSure: unlike > 0,
		confidence: confidenceOf(header.length, typed, unlike, alike),
		evidence: typed > 0 ? `${where}; ${below} with text above values` : where,
	};
}

function confidenceOf(headerRows: number, typed: number, unlike: number, alike: number): number {
	if (typed === 0 || unlike === 0) return 0.7;
	if (alike > 0) return 0.75;
	if (headerRows > 1) return 0.85;
	return unlike > 1 ? 0.97 : 0.92;
}

const count = (number: number, noun: string): string =>
	`${number} ${noun}${number === 1 ? '' : 's'}`;
