import { hash } from 'node:crypto';
import { nameOfRule, rowTest } from '../../matching';
import type { ColumnDescription, LoadSpecification, StagedValue } from '../target';
import { keyReader, type KeyReader } from './record-keys';

/** Characters of a hash: 192 bits. */
export const HASH_LENGTH = 32;

interface HashedRule {
	name: string;
	places: readonly number[];
	keyOf: KeyReader;
	isFor?: (values: readonly StagedValue[]) => boolean;
}

/**
 * By what rows are known again in the next run: one hash of the key under each rule, and one of all values. The settings are
 * part of them, so that rows are looked at anew when the settings change.
 */
export class RowHashes {
	readonly #rules: readonly HashedRule[];

	/** Positions of the values that count: stamps do not. */
	readonly #places: readonly number[];

	readonly #settings: string;

	constructor(
		{ rules, clearingValue }: Pick<LoadSpecification, 'rules' | 'clearingValue'>,
		columns: readonly ColumnDescription[],
	) {
		const placeOf = (column: string) => columns.findIndex(({ name }) => name === column);
		this.#places = columns.flatMap(({ name }, place) =>
			rules.policies?.[name] === 'stamp' ? [] : [place],
		);
		const names = this.#places.map((place) => columns[place]?.name);
		this.#settings = digest(JSON.stringify([names, rules, clearingValue]));
		this.#rules = rules.match.map((rule, index) => {
			const places = rule.fields.map(({ column }) => placeOf(column));
			const test = rule.rows && rowTest(rule.rows);
			const tested = placeOf(rule.rows?.column ?? '');
			return {
				name: `${index} ${nameOfRule(rule)}`,
				places,
				keyOf: keyReader(
					rule,
					places.flatMap((place) => columns[place] ?? []),
				),
				...(test && { isFor: (values) => test(values[tested] ?? null) }),
			} satisfies HashedRule;
		});
	}

	/** The hashes of the key under each rule, null where it has none, and that of the values. */
	of(values: readonly StagedValue[], cleared: readonly number[] = []): Array<string | null> {
		const keys = this.#rules.map(({ name, places, keyOf, isFor }) => {
			const key =
				isFor?.(values) === false ? null : keyOf(places.map((place) => values[place] ?? null));
			return key === null ? null : digest(`${name}\n${key}`);
		});
		const own = this.#places.map((place) => values[place] ?? null);
		return [...keys, digest(`${this.#settings}\n${JSON.stringify([own, cleared])}`)];
	}
}

const digest = (text: string): string => hash('sha256', text, 'base64url').slice(0, HASH_LENGTH);
