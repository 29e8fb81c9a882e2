import { textOf, type RowProfile } from './row-profile';

/** Names of columns are short; longer texts are titles, sentences and notes. */
const LONG_NAME = 20;

/** What is written for a measure, a currency or a share, alone. */
const symbol =
	'(?:[kMGmµnc]?(?:g|m|l|s|Hz|V|A|W|Wh|J|N|Pa|bar|mol|cal|B|bit|rad)|[mck]?m[²³23]|t|min|h|hrs?|d|days?|years?|a|ha|K|°|°?[CF]|deg|dB|ppm|ppb|pH|rpm|kn|mph|km/h|%|‰|[€$£¥]|EUR|USD|GBP|CHF|T€|T?EUR|pcs|Stk|Stück|lbs?|oz|ft|in)';

/** Units of measure as they stand below the names of columns: `kg`, `m/s`, `[m/s]`, `(%)`, `in EUR`. */
const unit = new RegExp(`^(?:[[(].{1,15}[\\])]|(?:in )?${symbol}(?:\\s?[/·]\\s?${symbol})?)$`, 'u');

/** Whether the row below the names holds their units. */
export function holdsUnits(row: RowProfile, names: RowProfile): boolean {
	let units = 0;
	for (let column = row.first; column < row.last; column++) {
		const text = textOf(row.cells[column]);
		if (text === '') continue;
		if (!unit.test(text) || textOf(names.cells[column]) === '') return false;
		units++;
	}
	return units > 0;
}

/**
 * The names of groups, each carried over the columns of its group: over blank cells to its right that have a name of
 * their own below. A cell without a name below it is no group.
 */
function carryGroups(upper: RowProfile, lower: readonly string[]): string[] {
	let group = '';
	return lower.map((name, column) => {
		const text = textOf(upper.cells[column]);
		if (text !== '') group = name === '' ? '' : text;
		else if (name === '') group = '';
		return text === '' ? group : text;
	});
}

/** Whether a row above the names of columns is a part of the header: names of groups, or names that are missing below. */
export function belongsAbove(upper: RowProfile, lower: readonly string[]): boolean {
	if (upper.filled < 2) return false;
	const names = lower.filter((name) => name !== '');
	const last = lower.findLastIndex((name) => name !== '');
	const isComplement = lower.some(
		(name, column) => name === '' && textOf(upper.cells[column]) !== '',
	);
	const isMissing = lower.some((name, column) => name !== '' && textOf(upper.cells[column]) === '');
	if (isTitleOf(upper, names)) return false;
	if (isComplement && isMissing) return upper.last * 2 > last;
	if (isMissing && new Set(names).size < names.length) return true;
	return isMissing && coversInGroups(upper, lower);
}

/** Names of groups that begin at the first column and each span as many columns. */
function coversInGroups(upper: RowProfile, lower: readonly string[]): boolean {
	const starts: number[] = [];
	for (let column = 0; column < lower.length; column++) {
		const text = textOf(upper.cells[column]);
		if (text === '') continue;
		if (/[\d:]/.test(text) || text.length > LONG_NAME) return false;
		starts.push(column);
	}
	const first = lower.findIndex((name) => name !== '');
	if (starts.length < 2 || starts[0] !== first) return false;
	const ends = [...starts.slice(1), lower.length];
	return starts.every((start, i) => (ends[i] ?? 0) - start > 1);
}

/** Whether a row as full as the header below it is a title and no part of the header. */
export function isTitleOf(upper: RowProfile, names: readonly string[]): boolean {
	const length = names.reduce((sum, name) => sum + name.length, 0) / Math.max(1, names.length);
	const upperLength = meanLength(upper);
	return upperLength > LONG_NAME && upperLength > length * 2.5;
}

function meanLength({ cells, filled }: RowProfile): number {
	return cells.reduce<number>((sum, cell) => sum + textOf(cell).length, 0) / Math.max(1, filled);
}

/** The texts of some header rows, top to bottom, joined for each column by a space. */
export function joinHeader(rows: readonly RowProfile[]): string[] {
	const lowest = rows.at(-1);
	if (lowest === undefined) return [];
	const width = Math.max(...rows.map(({ last }) => last));
	let names = Array.from({ length: width }, (_, column) => textOf(lowest.cells[column]));
	for (const upper of rows.slice(0, -1).reverse()) {
		const above = carryGroups(upper, names);
		names = names.map((name, column) =>
			[above[column], name].filter((text) => text !== '').join(' '),
		);
	}
	return names;
}
