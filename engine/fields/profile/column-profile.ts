import type { Cell, Column } from '../../dataset';
import { isBlank } from '../../dataset/values';
import { quoteValue } from '../../issues';
import { compileCoercion } from '../coerce';
import { Misfit } from '../misfit';
import type { Coercion } from '../types';
import { DistinctCount } from './distinct-count';

/** What a whole column holds. Texts are quoted as issues quote them: at most 200 characters. */
export interface ColumnProfile {
	name: string;
	/** The type that was found over the head of the file; undefined where the head has no value. */
	type: string | undefined;
	/** Cells that hold a value. */
	filled: number;
	/** Cells that are empty or hold only white space. */
	empty: number;
	/** Different values, as they are written. */
	distinct: number;
	/** Whether `distinct` was counted or, beyond 20,000 values, estimated (standard error 0.8 %). */
	distinctIsExact: boolean;
	/** Length in characters of the shortest and the longest value, as they are written. */
	shortest: number | null;
	longest: number | null;
	/** Smallest and largest value: of numbers, dates and times by what they mean, of all else by their characters. */
	smallest: string | number | null;
	largest: string | number | null;
	/** Filled cells that do not fit the type, with up to three examples. */
	misfits: number;
	examples: string[];
}

const MOST_EXAMPLES = 3;

/** Learns a column, cell by cell, in bounded memory. */
export class ColumnProfiler {
	readonly #column: Column;

	readonly #coerce: Coercion;

	readonly #distinct = new DistinctCount();

	readonly #examples: string[] = [];

	#filled = 0;

	#empty = 0;

	#shortest = Infinity;

	#longest = -Infinity;

	#smallest: string | number | undefined;

	#largest: string | number | undefined;

	#misfits = 0;

	constructor(column: Column) {
		this.#column = column;
		this.#coerce = compileCoercion({ name: column.name, type: column.type }, column);
	}

	add(cell: Cell): void {
		if (cell === null || (typeof cell === 'string' && isBlank(cell))) {
			this.#empty++;
			return;
		}
		this.#filled++;
		const text = typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
		this.#distinct.add(text);
		if (text.length < this.#shortest) this.#shortest = text.length;
		if (text.length > this.#longest) this.#longest = text.length;
		const value = this.#coerce(cell);
		if (!(value instanceof Misfit)) {
			this.#rank(typeof value === 'number' || typeof value === 'string' ? value : text);
			return;
		}
		this.#misfits++;
		if (this.#examples.length < MOST_EXAMPLES) this.#examples.push(quoteValue(cell));
	}

	#rank(value: string | number): void {
		if (this.#smallest === undefined || isLess(value, this.#smallest)) this.#smallest = value;
		if (this.#largest === undefined || isLess(this.#largest, value)) this.#largest = value;
	}

	get profile(): ColumnProfile {
		const quoted = (value: string | number | undefined) =>
			typeof value === 'string' ? quoteValue(value) : (value ?? null);
		return {
			name: this.#column.name,
			type: this.#column.type,
			filled: this.#filled,
			empty: this.#empty,
			distinct: this.#distinct.count,
			distinctIsExact: this.#distinct.isExact,
			shortest: this.#filled === 0 ? null : this.#shortest,
			longest: this.#filled === 0 ? null : this.#longest,
			smallest: quoted(this.#smallest),
			largest: quoted(this.#largest),
			misfits: this.#misfits,
			examples: this.#examples,
		};
	}
}

/** Numbers that JavaScript cannot hold exactly come as decimal text, among others that come as numbers. */
function isLess(a: string | number, b: string | number): boolean {
	if (typeof a === typeof b) return a < b;
	return Number(a) < Number(b);
}
