import { findCandidates, hashOf, type Candidates } from './candidates';
import {
	LARGEST_BLOCK,
	Similarity,
	type PreparedRecord,
	type SimilarityRecord,
	type SimilarityScore,
} from './similarity';
import type { SimilarityField } from './field-kind';
import { learnSimilarity } from './learn-similarity';
import type { SimilarityModel } from './model';
import { chooseOneToOne, liftThroughThird, markOutdone, type SimilarPair } from './settle-pairs';

/** From this score on two records are taken for the same. */
export const SIMILAR = 0.7;

/** From this score on a person should have a look. */
export const POSSIBLE = 0.1;

/** Blocks may be so many times larger than expected before they are left out. */
const BLOCK_TOLERANCE = 4;

export interface SimilarityOptions {
	/** Score from 0 to 1 from which two records are the same (0.7). */
	threshold?: number;
	/** Score from which a pair is given as possible (0.1). */
	possible?: number;
	/** How many partners a record is compared with at most: those that share the rarest keys (30). */
	mostPartners?: number;
	/** What was learned before; without it, it is learned from the records. */
	model?: SimilarityModel;
	/** Two lists: what becomes of a pair when one of its records has a clearly better partner (possible). */
	outdone?: 'possible' | 'keep';
	/** Each record is in one pair at most; the best pairs are chosen first (false). */
	oneToOne?: boolean;
}

export interface SimilarRecords {
	/** Pairs that are the same, and possible ones, best first. */
	pairs: SimilarPair[];
	model: SimilarityModel;
	/** How many pairs were compared. */
	compared: number;
	/** What was not compared, in words; empty when every pair that shares a key was. */
	notes: string[];
}

const keysOf = (similarity: Similarity, list: readonly PreparedRecord[]): Uint32Array[] =>
	list.map((record) => Uint32Array.from(similarity.keysOf(record), hashOf));

/**
 * Finds the records of two lists, or of one list with itself, that are the same person or thing. The same lists always
 * give the same pairs.
 *
 * @param fields what is compared; fields with weight 0 are left out
 * @param others another list; without it the records are compared with each other
 */
export function findSimilar(
	fields: readonly SimilarityField[],
	records: readonly SimilarityRecord[],
	others?: readonly SimilarityRecord[],
	options: SimilarityOptions = {},
): SimilarRecords {
	const { threshold = SIMILAR, possible = Math.min(POSSIBLE, threshold) } = options;
	const model = options.model ?? learnSimilarity(fields, records, others);
	const similarity = new Similarity(model, fields);
	const left = records.map((record) => similarity.prepare(record));
	const right = others?.map((record) => similarity.prepare(record));
	const leftKeys = keysOf(similarity, left);
	const candidates = findCandidates(
		leftKeys,
		right === undefined ? undefined : keysOf(similarity, right),
		{
			largestBlock: BLOCK_TOLERANCE * LARGEST_BLOCK,
			mostPartners: options.mostPartners ?? 30,
		},
	);
	const scored = [...scores(similarity, candidates, left, right ?? left)];
	const kept =
		right === undefined ? liftThroughThird(scored, threshold) : outdone(scored, options.outdone);
	const banded = kept
		.filter(({ score }) => score >= possible)
		.map((pair) => ({ ...pair, isPossible: pair.isPossible || pair.score < threshold }))
		.sort((a, b) => b.score - a.score || a.left - b.left || a.right - b.right);
	return {
		pairs: options.oneToOne === true ? chooseOneToOne(banded) : banded,
		model,
		compared: scored.length,
		notes: notesOf(candidates, leftKeys, options.mostPartners ?? 30),
	};
}

const outdone = (pairs: readonly SimilarPair[], what: SimilarityOptions['outdone']) =>
	what === 'keep' ? pairs : markOutdone(pairs);

/** Only what may matter is kept: most candidates have nothing to do with each other. */
const HOPELESS_BITS = -12;

function* scores(
	similarity: Similarity,
	candidates: Candidates,
	left: readonly PreparedRecord[],
	right: readonly PreparedRecord[],
): Generator<SimilarPair> {
	for (const [i, a] of candidates.left.entries()) {
		const b = candidates.right[i] as number;
		const score: SimilarityScore = similarity.scorePrepared(
			left[a] as PreparedRecord,
			right[b] as PreparedRecord,
		);
		if (score.bits > HOPELESS_BITS) yield { left: a, right: b, ...score, isPossible: false };
	}
}

function notesOf(
	candidates: Candidates,
	keys: readonly Uint32Array[],
	mostPartners: number,
): string[] {
	const notes: string[] = [];
	const common = keys.filter(({ length }) => length === 1).length;
	if (common > 0) {
		notes.push(
			`${common} records hold nothing but frequent values and were compared only with those that are the same in all fields.`,
		);
	}
	const { skippedBlocks, largestSkipped, narrowedRecords } = candidates;
	if (skippedBlocks > 0) {
		notes.push(
			`${skippedBlocks} keys were not used because too many records share them, one of them ${largestSkipped}.`,
		);
	}
	if (narrowedRecords > 0) {
		notes.push(
			`${narrowedRecords} records resemble very many others and were compared with the ${mostPartners} that share the rarest keys.`,
		);
	}
	return notes;
}
