import { explainScore } from './explain';
import type { SimilarityField } from './field-kind';
import { findSimilar } from './find-similar';
import type { Value } from './prepared-value';
import type { SimilarPair } from './settle-pairs';
import type { SimilarityRecord } from './similarity';

/** A row or a record, with its values in the order of the fields. */
export interface Listed {
	/** What its owner knows it by. */
	id: readonly Value[];
	values: readonly Value[];
}

/** A record that a row may be meant for. */
export interface SimilarMatch {
	row: readonly Value[];
	record: readonly Value[];
	/** 0 for the best record of the row. */
	place: number;
	score: number;
	/** The score in words: `87 % alike: email the same, city different`. */
	why: string;
	/** What is to be said of the row: one record is meant, several are, or some may be. */
	standing: 'one' | 'several' | 'possible';
}

/** So many records are named for a row. */
export const MOST_MATCHES = 10;

interface Comparison {
	fields: readonly SimilarityField[];
	threshold?: number;
	possible?: number;
}

/** Compares rows with records and gives the best records of each row. */
export class RowComparison {
	readonly #rows: Listed[] = [];

	readonly #records: Listed[] = [];

	#pairs: SimilarPair[] = [];

	#next = 0;

	addRows(rows: readonly Listed[]): void {
		for (const row of rows) this.#rows.push(row);
	}

	addRecords(records: readonly Listed[]): void {
		for (const record of records) this.#records.push(record);
	}

	/** @returns what was not compared, in words */
	compare({ fields, ...options }: Comparison): string[] {
		const named = ({ values }: Listed): SimilarityRecord =>
			Object.fromEntries(fields.map(({ name }, i) => [name, values[i] ?? null]));
		const { pairs, notes } = findSimilar(
			fields,
			this.#rows.map(named),
			this.#records.map(named),
			options,
		);
		// best first before, and so they stay for each row
		this.#pairs = pairs.sort((a, b) => a.left - b.left);
		return notes;
	}

	/** The matches of the next rows, those of a row together; none at the end. @param rows at most of so many */
	take(rows: number): SimilarMatch[] {
		const matches: SimilarMatch[] = [];
		for (let taken = 0; taken < rows && this.#next < this.#pairs.length; taken++) {
			const first = this.#next;
			const { left } = this.#pairs[first] as SimilarPair;
			while (this.#pairs[this.#next]?.left === left) this.#next++;
			matches.push(...this.#matchesOf(this.#pairs.slice(first, this.#next)));
		}
		return matches;
	}

	#matchesOf(pairs: readonly SimilarPair[]): SimilarMatch[] {
		const same = pairs.filter(({ isPossible }) => !isPossible).length;
		const standing = same === 1 ? 'one' : same > 1 ? 'several' : 'possible';
		// what is meant comes before what may be
		const ordered = [...pairs].sort((a, b) => Number(a.isPossible) - Number(b.isPossible));
		return ordered.slice(0, MOST_MATCHES).map((pair, place) => ({
			row: this.#rows[pair.left]?.id ?? [],
			record: this.#records[pair.right]?.id ?? [],
			place,
			score: pair.score,
			why: explainScore(pair) + (pair.reason === undefined ? '' : ` (${pair.reason})`),
			standing,
		}));
	}
}
