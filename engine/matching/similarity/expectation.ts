import { growing, MISSING, STEP_COUNT } from './evidence';

/** What is believed before the data speak: of matches most values are the same or nearly so. */
const EXPECTED_OF_MATCHES = [0.08, 0.05, 0.06, 0.09, 0.14, 0.58];

/** How many pairs the belief is worth. */
const BELIEF = 30;

/** One field alone never decides more than this, in bits. */
const MOST_AGAINST = -7;
const MOST_FOR = 10;

const ROUNDS = 40;

/** The steps of likeness of all fields, pair by pair. */
export interface Comparisons {
	steps: Uint8Array;
	fields: number;
	pairs: number;
	/** The records of each pair, where each record of one list has at most one partner in the other. */
	rivals?: { left: Uint32Array; right: Uint32Array };
}

export interface Learned {
	/** For each field the evidence of each step, in bits: log2 of how much more often matches have it. */
	bits: number[][];
	/** For each field what the steps would say by belief alone; nothing for fields that only describe. */
	believed: number[][];
	/** The share of matches among the pairs. */
	matches: number;
}

/**
 * Fields of few values describe a record and do not tell it from others. They often go together, as a city and a region
 * do, so that together they speak for a match only so far.
 */
const FEW_VALUES = 0.02;
const MOST_OF_DESCRIPTIONS = 4;

export const describes = (same: number): boolean => same > FEW_VALUES;

export const ofDescriptions = (bits: number): number => Math.min(MOST_OF_DESCRIPTIONS, bits);

export interface Expectation {
	/** How many records the greater list has. */
	records: number;
	/** The share of matches among the pairs, as a first guess. */
	expected: number;
	/** For each field the chance that two values at random are the same. */
	same: readonly number[];
}

const LN2 = Math.LN2;

export const probabilityOf = (bits: number): number => 1 / (1 + Math.exp(-bits * LN2));

/** How often each step occurs in each field, each pair counted by its weight. */
function countSteps({ steps, fields, pairs }: Comparisons, weights?: Float64Array): number[][] {
	const counts = Array.from({ length: fields }, () => new Array<number>(STEP_COUNT).fill(0));
	for (let pair = 0, at = 0; pair < pairs; pair++) {
		const weight = weights === undefined ? 1 : (weights[pair] as number);
		for (let field = 0; field < fields; field++, at++) {
			const step = steps[at] as number;
			if (step === MISSING) continue;
			const line = counts[field] as number[];
			line[step] = (line[step] as number) + weight;
		}
	}
	return counts;
}

/** Shares of the steps, with a belief that counts as some pairs. */
function shares(counts: readonly number[], belief: readonly number[], worth: number): number[] {
	const total = counts.reduce((sum, count) => sum + count, worth);
	return counts.map((count, step) => (count + worth * (belief[step] ?? 0)) / total);
}

const EVEN = new Array<number>(STEP_COUNT).fill(1 / STEP_COUNT);

function evidence(matching: readonly number[], other: readonly number[], most: number): number[] {
	const bits = matching.map((share, step) => Math.log2(share / (other[step] ?? 1)));
	const weights = matching.map((share, step) => share + (other[step] ?? 0));
	return growing(bits, weights).map((value) => Math.min(most, Math.max(MOST_AGAINST, value)));
}

/**
 * Learns from pairs, of which nobody said what they are, how much each step of likeness in each field says.
 *
 * I. P. Fellegi, A. B. Sunter, A theory for record linkage (1969); the shares are estimated by expectation and
 * maximisation (W. E. Winkler, 1988), from a belief about matches and from what pairs at random look like.
 */
export function learn(
	candidates: Comparisons,
	random: Comparisons,
	{ expected, same, records }: Expectation,
): Learned {
	const most = same.map((chance) =>
		Math.min(MOST_FOR, Math.log2(1 / Math.max(chance, 1e-6)) + 0.5),
	);
	const others = countSteps(random).map((counts) => shares(counts, EVEN, 6));
	let bits = others.map((other, field) =>
		evidence(EXPECTED_OF_MATCHES, other, most[field] as number),
	);
	const believed = bits.map((line, field) =>
		describes(same[field] as number) ? line.map(() => 0) : line,
	);
	const doubts = doubtsOf(candidates, believed, records);
	const descriptions = Uint8Array.from(same, (chance) => Number(describes(chance)));
	let matches = expected;
	const chances = new Float64Array(candidates.pairs);
	const rest = new Float64Array(candidates.pairs);
	for (let round = 0; round < ROUNDS; round++) {
		weigh(candidates, { bits, descriptions, doubts }, Math.log2(matches / (1 - matches)), chances);
		const total = settle(candidates, chances);
		for (let pair = 0; pair < chances.length; pair++) rest[pair] = 1 - (chances[pair] as number);
		const ofMatches = countSteps(candidates, chances);
		const ofOthers = countSteps(candidates, rest);
		bits = ofMatches.map((counts, field) =>
			evidence(
				shares(counts, EXPECTED_OF_MATCHES, BELIEF),
				shares(ofOthers[field] as number[], others[field] as number[], BELIEF),
				most[field] as number,
			),
		);
		const share = (total + 1) / (candidates.pairs + 2);
		if (Math.abs(share - matches) < 1e-6) break;
		matches = share;
	}
	return { bits, believed, matches };
}

/** Odds beyond these make no difference. */
const MOST_ODDS = 2 ** 60;

/**
 * Turns odds into chances. Where the lists are two, the partners of a record share one chance among them: it is the same
 * as at most one of them.
 *
 * @returns the sum of all chances
 */
function settle({ rivals }: Comparisons, odds: Float64Array): number {
	let total = 0;
	if (rivals === undefined) {
		for (let pair = 0; pair < odds.length; pair++) {
			const value = odds[pair] as number;
			total += odds[pair] = value / (1 + value);
		}
		return total;
	}
	const left = new Float64Array(greatest(rivals.left) + 1);
	const right = new Float64Array(greatest(rivals.right) + 1);
	for (let pair = 0; pair < odds.length; pair++) {
		const value = odds[pair] as number;
		left[rivals.left[pair] as number] = (left[rivals.left[pair] as number] as number) + value;
		right[rivals.right[pair] as number] = (right[rivals.right[pair] as number] as number) + value;
	}
	for (let pair = 0; pair < odds.length; pair++) {
		const sums = Math.max(
			left[rivals.left[pair] as number] as number,
			right[rivals.right[pair] as number] as number,
		);
		total += odds[pair] = (odds[pair] as number) / (1 + sums);
	}
	return total;
}

function greatest(values: Uint32Array): number {
	let most = 0;
	for (const value of values) if (value > most) most = value;
	return most;
}

/** What a pair may lack of what is believed about matches before it counts against it, in bits. */
const SLACK = 3;

/**
 * The doubt that a pair is a match although what tells records apart differs, 0 or below, in bits. Without it lists
 * that have nothing in common would be learned from as well: of their pairs those that are most alike.
 *
 * @param believed what the fields that tell records apart say by belief, in bits together
 */
export const doubt = (believed: number, records: number): number =>
	Math.min(0, believed - Math.log2(Math.max(1, records)) + SLACK);

function doubtsOf(
	{ steps, fields, pairs }: Comparisons,
	believed: readonly number[][],
	records: number,
): Float64Array {
	const doubts = new Float64Array(pairs);
	for (let pair = 0, at = 0; pair < pairs; pair++) {
		let sum = 0;
		for (let field = 0; field < fields; field++, at++) {
			const step = steps[at] as number;
			if (step !== MISSING) sum += (believed[field] as number[])[step] as number;
		}
		doubts[pair] = doubt(sum, records);
	}
	return doubts;
}

interface Weights {
	bits: readonly number[][];
	/** 1 for fields that describe records and do not tell them apart. */
	descriptions: Uint8Array;
	/** For each pair. */
	doubts: Float64Array;
}

/** Gives each pair the odds that it is a match. */
function weigh(
	{ steps, fields, pairs }: Comparisons,
	{ bits, descriptions, doubts }: Weights,
	prior: number,
	chances: Float64Array,
): void {
	for (let pair = 0, at = 0; pair < pairs; pair++) {
		let sum = prior;
		let described = 0;
		for (let field = 0; field < fields; field++, at++) {
			const step = steps[at] as number;
			if (step === MISSING) continue;
			const value = (bits[field] as number[])[step] as number;
			if (descriptions[field] === 1) described += value;
			else sum += value;
		}
		chances[pair] = Math.min(
			MOST_ODDS,
			2 ** (sum + ofDescriptions(described) + (doubts[pair] as number)),
		);
	}
}
