import { quoteValue } from '../../issues';
import type { Cell, Column, Row } from '../dataset';
import { isBlank } from '../values';

/** A row that stands out, and by what. */
export interface Oddity {
	row: Row;
	reason: string;
}

/** A column with more different values, or shapes of values, has none that are rare: it is counted no further. */
const MOST_DIFFERENT = 100;

/** What at most every twentieth row has is rare. */
const RARE_SHARE = 20;

/** In a column where all is rare nothing is: others must be so many times as frequent, on the average. */
const TIMES_RARER = 3;

/** Longer values are known by their beginning. */
const LONGEST_SHAPE = 100;

interface Seen {
	count: number;
	first: Row;
}

/** Learns what is usual in a column, and keeps a row for what is not. */
export class ColumnOddities {
	readonly #name: string;

	#values: Map<string, Seen> | undefined = new Map();

	#shapes: Map<string, Seen> | undefined = new Map();

	/** The first of the longest values, and how many are as long. */
	#longest: { row: Row; length: number; count: number } | undefined;

	constructor({ name }: Column) {
		this.#name = name;
	}

	add(row: Row, cell: Cell): void {
		if (cell === null || (typeof cell === 'string' && isBlank(cell))) return;
		const text = typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
		const longest = this.#longest;
		if (longest === undefined || text.length > longest.length) {
			this.#longest = { row: copyOf(row), length: text.length, count: 1 };
		} else if (text.length === longest.length) longest.count++;
		this.#values = counted(this.#values, text, row);
		this.#shapes = counted(this.#shapes, shapeOf(text), row);
	}

	/** The row with the longest value, unless it is the usual length. */
	longest(rows: number): Oddity[] {
		if (this.#longest === undefined || this.#longest.count * 2 >= rows) return [];
		const { row, length } = this.#longest;
		return [{ row, reason: `The longest value of ${this.#name}: ${length} characters` }];
	}

	/** Rows with a value or a shape that few of all rows have, the rarest first. */
	rarest(rows: number): Oddity[] {
		const shapes = rareOf(this.#shapes, rows).map(([shape, { count, first }]) => ({
			row: first,
			count,
			reason: `${this.#name} is written like "${quoteValue(shape)}" in ${share(count, rows)}`,
		}));
		const values = rareOf(this.#values, rows).map(([value, { count, first }]) => ({
			row: first,
			count,
			reason: `${this.#name} is "${quoteValue(value)}" in ${share(count, rows)}`,
		}));
		return [...shapes, ...values].sort((a, b) => a.count - b.count);
	}
}

const share = (count: number, rows: number): string =>
	count === 1 ? `one row of ${rows}` : `${count} rows of ${rows}`;

/** @returns undefined once there are too many different ones */
function counted(
	seen: Map<string, Seen> | undefined,
	key: string,
	row: Row,
): Map<string, Seen> | undefined {
	if (seen === undefined) return undefined;
	const known = seen.get(key);
	if (known !== undefined) {
		known.count++;
		return seen;
	}
	if (seen.size === MOST_DIFFERENT) return undefined;
	seen.set(key, { count: 1, first: copyOf(row) });
	return seen;
}

/** The row as it is now: steps behind may change it. */
const copyOf = ({ number, cells, part }: Row): Row => ({ number, cells: cells.slice(), part });

const rareOf = (seen: Map<string, Seen> | undefined, rows: number): Array<[string, Seen]> =>
	[...(seen ?? [])].filter(
		([, { count }]) =>
			(count === 1 || count * RARE_SHARE <= rows) &&
			count * TIMES_RARER * (seen?.size ?? 0) <= rows,
	);

/** How a value is written: `9` for digits, `A` and `a` for letters, all else as it is; further words count once. */
function shapeOf(text: string): string {
	return text
		.slice(0, LONGEST_SHAPE)
		.replace(/\p{Nd}+/gu, '9')
		.replace(/\p{Lu}+/gu, 'A')
		.replace(/[\p{Ll}\p{Lo}]+/gu, 'a')
		.replace(/(?: A?a)+/g, ' a');
}
