import type { Cell, Column } from '../../dataset';
import { exactNumber } from '../../dataset/values';
import { cellText, compareCells, isEmpty } from '../definition/cell-text';
import { DecimalSum } from './decimal-sum';

/** What can be made of the values of a group, with the title that a screen shows. */
export const aggregations = {
	sum: 'Sum',
	count: 'Count of Filled Cells',
	average: 'Average',
	min: 'Smallest',
	max: 'Largest',
	first: 'First',
	last: 'Last',
	join: 'All, Joined with Commas',
	distinct: 'Different Ones, Joined with Commas',
} as const;

export type Aggregation = keyof typeof aggregations;

/** Joined values are for people: a longer text is cut, and says so. */
const LONGEST_TEXT = 100_000;

/** Takes the values of one column in one group together. Empty cells do not count; a cell that is no number adds nothing. */
export class Aggregate {
	readonly #aggregation: Aggregation;

	readonly #column: Column;

	readonly #sum = new DecimalSum();

	readonly #texts: string[] = [];

	readonly #distinct = new Set<string>();

	#length = 0;

	#filled = 0;

	#kept: Cell = null;

	constructor(aggregation: Aggregation, column: Column) {
		this.#aggregation = aggregation;
		this.#column = column;
	}

	/** The column that holds the result. */
	static column(name: string, aggregation: Aggregation, from: Column): Column {
		if (aggregation === 'count') return { name, type: 'integer' };
		if (aggregation === 'sum' || aggregation === 'average') return { name, type: 'decimal' };
		if (aggregation === 'join' || aggregation === 'distinct') return { name, type: 'text' };
		return { ...from, name };
	}

	add(cell: Cell): void {
		if (isEmpty(cell)) return;
		this.#filled++;
		switch (this.#aggregation) {
			case 'sum':
			case 'average':
				this.#sum.add(cell);
				break;
			case 'min':
			case 'max':
				this.#keepExtreme(cell);
				break;
			case 'first':
				if (this.#filled === 1) this.#kept = cell;
				break;
			case 'last':
				this.#kept = cell;
				break;
			case 'join':
			case 'distinct':
				this.#addText(cellText(cell));
				break;
			case 'count':
		}
	}

	get value(): Cell {
		switch (this.#aggregation) {
			case 'count':
				return this.#filled;
			case 'sum':
				return this.#sum.count === 0 ? null : exactNumber(this.#sum.total);
			case 'average':
				return this.#sum.average;
			case 'join':
			case 'distinct':
				return this.#texts.length === 0 ? null : this.#texts.join(', ');
			default:
				return this.#kept;
		}
	}

	#keepExtreme(cell: Cell): void {
		const order = this.#kept === null ? -1 : compareCells(cell, this.#kept, this.#column);
		const isBetter = this.#aggregation === 'min' ? order < 0 : order > 0;
		if (this.#kept === null || isBetter) this.#kept = cell;
	}

	#addText(text: string): void {
		if (this.#length > LONGEST_TEXT) return;
		if (this.#aggregation === 'distinct') {
			if (this.#distinct.has(text)) return;
			this.#distinct.add(text);
		}
		this.#length += text.length;
		this.#texts.push(this.#length > LONGEST_TEXT ? '…' : text);
	}
}
