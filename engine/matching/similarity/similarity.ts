import { keysOfValue } from './block-keys';
import { comparatorOf, type Comparator } from './comparators';
import { evidenceAt, MISSING, STEP_COUNT, stepOf } from './evidence';
import { describes, doubt, ofDescriptions, probabilityOf } from './expectation';
import type { SimilarityField } from './field-kind';
import type { FieldModel, SimilarityModel } from './model';
import { prepareValue, type PreparedValue, type Value } from './prepared-value';

export type SimilarityRecord = Readonly<Record<string, Value>>;

/** The values of a record as they are compared; the last is that of the whole record. */
export type PreparedRecord = ReadonlyArray<PreparedValue | undefined>;

export interface FieldLikeness {
	field: string;
	/** From 0, nothing in common, to 1, the same. */
	likeness: number;
	/** What the likeness says: bits for a match where above 0, against it where below. */
	evidence: number;
}

export interface SimilarityScore {
	/** The chance that the two are the same, from 0 to 1, as far as it can be told. */
	score: number;
	/** The evidence of all fields together, in bits; 0 is even. */
	bits: number;
	/** The fields that both records have a value for. */
	byField: FieldLikeness[];
}

/** A rare value that both have says more than the field does by itself, a frequent one less: at most so many bits. */
const MOST_FOR_RARITY = 3;

/** Names in each other's place are nearly as good as in their own. */
const TURNED = 0.96;

/** A code that stands within a text of the other record; shorter ones are there by accident. */
const ELSEWHERE = 0.92;
const SHORTEST_ELSEWHERE = 4;

/** A key that so many records are expected to have is narrowed by another one. */
export const LARGEST_BLOCK = 50;
const MOST_KEYS = 40;
const NARROWED = 8;
const MOST_NARROWED_KEYS = 16;

/**
 * Compares records field by field with what a model says about each field. `blockKeys` and `score` work on single
 * records, for a caller that keeps the keys in a table and gets the pairs that share one from there.
 */
export class Similarity {
	readonly #names: number[];
	readonly #codes: number[];
	readonly #texts: number[];
	readonly #compare: Comparator[];
	readonly #weights: number[];
	readonly #countries: Array<string | undefined>;
	readonly #words: Map<string, number>;
	readonly #values: Array<Map<string, number>>;
	readonly #keys: Map<string, number>;
	readonly #prior: number;

	constructor(
		readonly model: SimilarityModel,
		fields: readonly SimilarityField[],
	) {
		const find = (name: string) => fields.find((field) => field.name === name);
		this.#compare = model.fields.map(({ kind, spread }) => comparatorOf(kind, { spread }));
		this.#weights = model.fields.map(({ name }) => find(name)?.weight ?? 1);
		this.#countries = model.fields.map(({ name }) => find(name)?.country);
		this.#words = new Map(Object.entries(model.words));
		this.#keys = new Map(Object.entries(model.keys));
		this.#values = model.fields.map(({ values }) => new Map(Object.entries(values)));
		this.#prior = Math.log2(model.matches / (1 - model.matches));
		const all = (kind: string) =>
			model.fields.flatMap((field, i) => (field.kind === kind ? [i] : []));
		this.#texts = all('text');
		this.#codes = this.#texts.length > 0 ? all('code') : [];
		const at = (kind: string) => model.fields.findIndex((field) => field.kind === kind);
		const names = [at('first-name'), at('last-name')];
		this.#names = names.includes(-1) ? [] : names;
	}

	readonly #weightOf = (token: string): number => {
		const count = this.#words.get(token) ?? 1;
		return Math.log2(1 + this.model.records / count);
	};

	prepare(record: SimilarityRecord): PreparedRecord {
		return this.model.fields.map(({ name, kind }, i) =>
			prepareValue(record[name], kind, this.#weightOf, this.#countries[i]),
		);
	}

	/** Keys of a record; records that share none are not compared. */
	blockKeys(record: SimilarityRecord): string[] {
		return this.keysOf(this.prepare(record));
	}

	keysOf(prepared: PreparedRecord): string[] {
		const keys: string[] = [];
		const frequent: Array<[string, number]> = [];
		for (const [key, share] of this.#sharesOf(simpleKeys(prepared, this.model.fields))) {
			if (share * this.model.records <= LARGEST_BLOCK) keys.push(key);
			else frequent.push([key, share]);
		}
		// records that are the same in all are found, however frequent their words are
		const whole = prepared.map((value) => value?.text ?? '').join('\u001f');
		if (frequent.length > 0) keys.push(`=${whole}`);
		frequent.sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1));
		return [...keys.slice(-MOST_KEYS), ...this.#narrowed(frequent.slice(0, NARROWED))];
	}

	#sharesOf(keys: Iterable<string>): Array<[string, number]> {
		return [...keys].map((key) => [key, this.#keys.get(key) ?? 0]);
	}

	/** Two frequent keys together are a rarer one. */
	#narrowed(frequent: ReadonlyArray<[string, number]>): string[] {
		const pairs: Array<[string, number]> = [];
		for (const [i, [one, share]] of frequent.entries()) {
			for (const [other, otherShare] of frequent.slice(i + 1)) {
				const expected = share * otherShare * this.model.records;
				if (expected > LARGEST_BLOCK) continue;
				pairs.push([one < other ? `${one}&${other}` : `${other}&${one}`, expected]);
			}
		}
		pairs.sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1));
		return pairs.slice(0, MOST_NARROWED_KEYS).map(([key]) => key);
	}

	score(a: SimilarityRecord, b: SimilarityRecord): SimilarityScore {
		return this.scorePrepared(this.prepare(a), this.prepare(b));
	}

	/** The likeness of each field; NaN where one of the values is missing. */
	likenesses(a: PreparedRecord, b: PreparedRecord): number[] {
		const result = this.#compare.map((compare, i) => {
			const [left, right] = [a[i], b[i]];
			return left === undefined || right === undefined ? NaN : compare(left, right);
		});
		for (const i of this.#codes) this.#findCode(i, a, b, result);
		if (this.#names.length > 0) this.#turnNames(a, b, result);
		return result;
	}

	/** A number of a model stands in a field of its own, or within a title. */
	#findCode(i: number, a: PreparedRecord, b: PreparedRecord, result: number[]): void {
		if ((result[i] as number) >= ELSEWHERE) return;
		if (this.#holdsCode(b, a[i]) || this.#holdsCode(a, b[i])) result[i] = ELSEWHERE;
	}

	#holdsCode(record: PreparedRecord, code: PreparedValue | undefined): boolean {
		if (code === undefined || code.text.length < SHORTEST_ELSEWHERE) return false;
		return this.#texts.some((i) => {
			const value = record[i];
			return value !== undefined && hasWord(value.tokens, code.text);
		});
	}

	/** First and last name are often in each other's place. */
	#turnNames(a: PreparedRecord, b: PreparedRecord, result: number[]): void {
		const [first = 0, last = 0] = this.#names;
		const [firstA, lastA, firstB, lastB] = [a[first], a[last], b[first], b[last]];
		const straight = (result[first] || 0) + (result[last] || 0);
		if (straight >= 1.5) return;
		const compare = this.#compare[first] as Comparator;
		const one = firstA === undefined || lastB === undefined ? NaN : compare(firstA, lastB);
		const other = lastA === undefined || firstB === undefined ? NaN : compare(lastA, firstB);
		if ((one || 0) + (other || 0) < straight + 0.5) return;
		result[first] = one * TURNED;
		result[last] = other * TURNED;
	}

	stepsOf(a: PreparedRecord, b: PreparedRecord): number[] {
		return this.likenesses(a, b).map((likeness) =>
			Number.isNaN(likeness) ? MISSING : stepOf(likeness),
		);
	}

	scorePrepared(a: PreparedRecord, b: PreparedRecord): SimilarityScore {
		let bits = this.#prior;
		let described = 0;
		let believed = 0;
		const byField: FieldLikeness[] = [];
		for (const [i, likeness] of this.likenesses(a, b).entries()) {
			if (Number.isNaN(likeness)) continue;
			const field = this.model.fields[i] as FieldModel;
			let evidence = evidenceAt(field.bits, likeness);
			if (likeness === 1) evidence += this.#rarity(i, field, a[i]?.text ?? '');
			believed += evidenceAt(field.believed, likeness);
			evidence *= this.#weights[i] as number;
			if (describes(field.same)) described += evidence;
			else bits += evidence;
			byField.push({ field: field.name, likeness, evidence });
		}
		bits += ofDescriptions(described) + doubt(believed, this.model.greater);
		return { score: probabilityOf(bits), bits, byField };
	}

	#rarity(i: number, { bits, same }: FieldModel, text: string): number {
		const most = Math.min(MOST_FOR_RARITY, bits[STEP_COUNT - 1] as number);
		if (most <= 0 || same === 0) return 0;
		const share = ((this.#values[i] as Map<string, number>).get(text) ?? 1) / this.model.records;
		return Math.max(-most, Math.min(most, Math.log2(same / share)));
	}
}

/** The keys of all values of a record, each once. */
export function simpleKeys(prepared: PreparedRecord, fields: readonly FieldModel[]): Set<string> {
	const keys = new Set<string>();
	for (const [i, { kind }] of fields.entries()) {
		const value = prepared[i];
		if (value === undefined) continue;
		for (const key of keysOfValue(value, kind, `f${i}`)) keys.add(key);
	}
	return keys;
}

/** True where a word, or two or three as one, are the text. */
function hasWord(tokens: readonly string[], text: string): boolean {
	for (let i = 0; i < tokens.length; i++) {
		let joined = '';
		for (let j = i; j < tokens.length && joined.length < text.length; j++) {
			joined += tokens[j] as string;
			if (!text.startsWith(joined)) break;
			if (joined === text) return true;
		}
	}
	return false;
}
