import { findCandidates, hashOf } from './candidates';
import {
	LARGEST_BLOCK,
	Similarity,
	simpleKeys,
	type PreparedRecord,
	type SimilarityRecord,
} from './similarity';
import { STEP_COUNT } from './evidence';
import { learn, type Comparisons } from './expectation';
import { kindOf, type SimilarityField } from './field-kind';
import type { FieldModel, SimilarityModel } from './model';
import { prepareValue } from './prepared-value';

const MOST_RECORDS = 20_000;
const MOST_PAIRS = 100_000;
const RANDOM_PAIRS = 10_000;
const MOST_PARTNERS = 30;

/** A first guess: so many records of the shorter list have a partner. */
const EXPECTED_MATCHES = 0.3;

/** Every n-th record, so that at most so many are left. */
function sampled<T>(list: readonly T[], most: number): readonly T[] {
	if (list.length <= most) return list;
	const step = list.length / most;
	return Array.from({ length: most }, (_, i) => list[Math.floor(i * step)] as T);
}

/** The same numbers each time: what is learned must not depend on chance. */
function* numbersBelow(limit: number): Generator<number, never> {
	for (let state = 1; ;) {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		yield Math.floor((state / 2 ** 32) * limit);
	}
}

const counted = (texts: Iterable<string>, least: number): Map<string, number> => {
	const counts = new Map<string, number>();
	for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
	for (const [text, count] of counts) if (count < least) counts.delete(text);
	return counts;
};

function* textsOf(list: Iterable<SimilarityRecord>, name: string): Generator<string> {
	for (const record of list) {
		const value = record[name];
		if (value !== null && value !== undefined && value !== '') yield String(value);
	}
}

function fieldModel(field: SimilarityField, records: readonly SimilarityRecord[]): FieldModel {
	const kind = kindOf(field, textsOf(sampled(records, 1000), field.name));
	const prepared = [...textsOf(records, field.name)]
		.map((text) => prepareValue(text, kind, () => 1, field.country))
		.filter((value) => value !== undefined);
	const values = counted(
		prepared.map(({ text }) => text),
		1,
	);
	let same = 0;
	for (const count of values.values()) same += (count / Math.max(1, prepared.length)) ** 2;
	const repeated = [...values].filter(([, count]) => count > 1);
	return {
		name: field.name,
		kind,
		spread: kind === 'number' ? spreadOf(prepared.map(({ number = 0 }) => number)) : undefined,
		bits: new Array<number>(STEP_COUNT).fill(0),
		believed: new Array<number>(STEP_COUNT).fill(0),
		values: Object.fromEntries(repeated),
		same,
	};
}

function spreadOf(numbers: readonly number[]): number | undefined {
	if (numbers.length < 2) return undefined;
	const draw = numbersBelow(numbers.length);
	const apart = Array.from({ length: 500 }, () =>
		Math.abs((numbers[draw.next().value] ?? 0) - (numbers[draw.next().value] ?? 0)),
	).sort((a, b) => a - b);
	return (apart[250] ?? 0) > 0 ? apart[250] : undefined;
}

function compare(
	similarity: Similarity,
	pairs: Array<[PreparedRecord, PreparedRecord]>,
): Comparisons {
	const fields = similarity.model.fields.length;
	const steps = new Uint8Array(pairs.length * fields);
	for (const [i, [a, b]] of pairs.entries()) steps.set(similarity.stepsOf(a, b), i * fields);
	return { steps, fields, pairs: pairs.length };
}

/** What is compared, each list by itself; without a right list the left one is compared with itself. */
interface PreparedLists {
	left: readonly PreparedRecord[];
	right?: readonly PreparedRecord[];
}

/**
 * Learns from one list, or from two, how much each field says, from at most 20,000 records of each. Nobody has to say
 * which records are the same.
 */
export function learnSimilarity(
	fields: readonly SimilarityField[],
	records: readonly SimilarityRecord[],
	others?: readonly SimilarityRecord[],
): SimilarityModel {
	const left = sampled(records, MOST_RECORDS);
	const right = others === undefined ? undefined : sampled(others, MOST_RECORDS);
	const model = countedModel(
		fields,
		right === undefined ? left : [...left, ...right],
		Math.max(left.length, right?.length ?? 0),
	);
	const similarity = new Similarity(model, fields);
	const prepare = (record: SimilarityRecord) => similarity.prepare(record);
	const lists = { left: left.map(prepare), right: right?.map(prepare) };
	const candidates = candidatePairs(similarity, lists);
	const least = Math.min(left.length, (right ?? left).length);
	const learned = learn(candidates.comparisons, randomPairs(similarity, lists), {
		expected: Math.min(0.5, (EXPECTED_MATCHES * least) / Math.max(1, candidates.count)),
		same: model.fields.map(({ same }) => same),
		records: model.greater,
	});
	return {
		...model,
		matches: learned.matches,
		fields: model.fields.map((field, i) => ({
			...field,
			bits: learned.bits[i] ?? field.bits,
			believed: learned.believed[i] ?? field.believed,
		})),
	};
}

/** How often values, words and keys occur; nothing is learned about likeness yet. */
function countedModel(
	fields: readonly SimilarityField[],
	records: readonly SimilarityRecord[],
	greater: number,
): SimilarityModel {
	const model: SimilarityModel = {
		records: records.length,
		greater,
		fields: fields.filter(({ weight }) => weight !== 0).map((field) => fieldModel(field, records)),
		words: {},
		keys: {},
		matches: 0.5,
	};
	const similarity = new Similarity(model, fields);
	const prepared = records.map((record) => similarity.prepare(record));
	const keys = counted(allKeys(prepared, model.fields), LARGEST_BLOCK / 4);
	return {
		...model,
		words: Object.fromEntries(counted(allWords(prepared), 2)),
		keys: Object.fromEntries([...keys].map(([key, count]) => [key, count / records.length])),
	};
}

function candidatePairs(similarity: Similarity, { left, right }: PreparedLists) {
	const hashes = (list: readonly PreparedRecord[]) =>
		list.map((record) => Uint32Array.from(similarity.keysOf(record), hashOf));
	const found = findCandidates(hashes(left), right === undefined ? undefined : hashes(right), {
		largestBlock: 4 * LARGEST_BLOCK,
		mostPartners: MOST_PARTNERS,
	});
	const count = found.left.length;
	const step = Math.max(1, count / MOST_PAIRS);
	const chosen = Array.from({ length: Math.ceil(count / step) }, (_, i) => Math.floor(i * step));
	const rivals = {
		left: Uint32Array.from(chosen, (at) => found.left[at] as number),
		right: Uint32Array.from(chosen, (at) => found.right[at] as number),
	};
	const pairs = chosen.map((_, i): [PreparedRecord, PreparedRecord] => [
		left[rivals.left[i] as number] as PreparedRecord,
		(right ?? left)[rivals.right[i] as number] as PreparedRecord,
	]);
	const comparisons = compare(similarity, pairs);
	return { count, comparisons: right === undefined ? comparisons : { ...comparisons, rivals } };
}

function randomPairs(similarity: Similarity, { left, right = left }: PreparedLists): Comparisons {
	const draw = numbersBelow(2 ** 31);
	const pick = (list: readonly PreparedRecord[]) =>
		list[draw.next().value % list.length] as PreparedRecord;
	const length = left.length === 0 || right.length === 0 ? 0 : RANDOM_PAIRS;
	return compare(
		similarity,
		Array.from({ length }, () => [pick(left), pick(right)]),
	);
}

function* allWords(prepared: readonly PreparedRecord[]): Generator<string> {
	for (const record of prepared) {
		const words = new Set<string>();
		for (const value of record) for (const token of value?.tokens ?? []) words.add(token);
		yield* words;
	}
}

function* allKeys(
	prepared: readonly PreparedRecord[],
	fields: readonly FieldModel[],
): Generator<string> {
	for (const record of prepared) yield* simpleKeys(record, fields);
}
