import { isValue } from './cell-quality';
import type { DialectScore } from './dialect-score';

/** Below this score nothing speaks for a table. */
const LOWEST_SCORE = 0.2;

/** Signs that stand in ordinary texts and values: more must speak for them than even rows. */
const COMMON_IN_TEXT = new Set([' ', ':', '&', '*', '!', '#']);

/** Whether enough speaks for a delimiter to consider it at all. */
export function isPlausible({ dialect, score, share, values, records }: DialectScore): boolean {
	if (score < LOWEST_SCORE) return false;
	if (!COMMON_IN_TEXT.has(dialect.delimiter)) return true;
	if (share < 0.8 || records < 2) return false;
	// words stand apart by blanks in every text: only values in most of the cells show a table
	return dialect.delimiter !== ' ' || (values >= 0.5 && records > 2);
}

/** Whether some even or wide rows lie between lines that are no table: a delimiter for want of a better one. */
export function isPossible({ dialect, share, records, width, wide }: DialectScore): boolean {
	if (COMMON_IN_TEXT.has(dialect.delimiter)) return false;
	return wide >= 2 || (width >= 4 && Math.round(share * records) >= 2);
}

/**
 * Whether the delimiter only stands inside values, such as the colon in times, the blank between date and time, or the
 * comma in decimals below a name that has none.
 */
export function isOneColumn({ dialect, first, width }: DialectScore): boolean {
	const lines = first.map((cells) => cells.join(dialect.delimiter).trim());
	const inside = lines.filter((_, row) => (first[row]?.length ?? 0) > 1);
	if (inside.length === 0) return true;
	const whole = inside.filter((line) => isValue(line) && !isSeries(line)).length / inside.length;
	if (COMMON_IN_TEXT.has(dialect.delimiter)) return whole > 0.8;
	const isNamed = first[0]?.length === 1 && lines.length > 2 && inside.length === lines.length - 1;
	const areDecimals = inside.every((line) => DECIMAL_COMMA.test(line));
	return dialect.delimiter === ',' && width === 2 && isNamed && areDecimals;
}

const DECIMAL_COMMA = /^[-+]?(?:\d{1,3}(?:\.\d{3})+|\d+),\d+$/;

/** Several numbers with blanks between them that are not the thousands of one. */
const isSeries = (line: string): boolean =>
	/^[-+\d.,]+(?: +[-+\d.,]+)+$/.test(line) && !/^\d{1,3}(?: \d{3})+(?:[.,]\d+)?$/.test(line);

/** Runs of signs that may be a delimiter of several characters. No signs that numbers begin with. */
// eslint-disable-next-line no-control-regex -- separators of the C0 set are what is looked for
const RUNS = /[|~^:;,#@&*!\t\u0001\u001f]{2,4}/g;

/** Signs that stand twice in a row where a cell is empty, and otherwise alone. */
const TWICE_IN_ROWS = new Set([',', '\t', ' ']);

const ALMOST_ALL = 0.98;

/** A delimiter of several characters, such as `||` or `~|~`, where the one found stands nowhere without its companions. */
export function longerDelimiter(
	sample: string,
	{ dialect, records, width }: DialectScore,
): string | undefined {
	const { delimiter, quote } = dialect;
	// without what stands between quotes
	const parts = quote === '' ? [sample] : sample.split(quote).filter((_, part) => part % 2 === 0);
	const text = parts.join(quote);
	const counts = new Map<string, number>();
	for (const [run] of text.matchAll(RUNS)) {
		if (run.includes(delimiter)) counts.set(run, (counts.get(run) ?? 0) + 1);
	}
	const [best] = [...counts].sort((a, b) => b[1] - a[1]);
	if (best === undefined || records < 2 || width < 3 || TWICE_IN_ROWS.has(delimiter))
		return undefined;
	const [run, count] = best;
	const perRun = run.split(delimiter).length - 1;
	const total = text.split(delimiter).length - 1;
	// an empty cell between two delimiters may be doubled itself
	const doubled = (counts.get(run + run) ?? 0) * 2;
	const isEverywhere = (count + doubled) * perRun >= total * ALMOST_ALL;
	return isEverywhere && count >= records ? run : undefined;
}
