import type { SimilarityScore } from './similarity';

export interface SimilarPair extends SimilarityScore {
	/** Position of the record in the first list, and of its partner in the other or in the same one. */
	left: number;
	right: number;
	/** True where a person should look: the score is below the threshold, or a record has a better partner. */
	isPossible: boolean;
	/** Why the pair is what it is, where that is not its score alone. */
	reason?: 'has a better partner' | 'both are the same as a third record';
}

/** A partner is clearly better by so many bits: eight times as likely. */
const CLEARLY = 3;

/** Pairs of so many bits are sure enough to reason from; pairs of fewer than these speak against it themselves. */
const SURE = 6;
const CONTRADICTS = -6;

/** Two lists: where a record has a clearly better partner, its other pairs are no more than possible. */
export function markOutdone(pairs: readonly SimilarPair[]): SimilarPair[] {
	const best = new Map<string, number>();
	const keysOf = ({ left, right }: SimilarPair) => [`l${left}`, `r${right}`];
	for (const pair of pairs) {
		for (const key of keysOf(pair)) {
			best.set(key, Math.max(best.get(key) ?? -Infinity, pair.bits));
		}
	}
	return pairs.map((pair) =>
		keysOf(pair).some((key) => (best.get(key) ?? 0) > pair.bits + CLEARLY)
			? { ...pair, isPossible: true, reason: 'has a better partner' }
			: pair,
	);
}

/** One list: two records that are surely the same as a third are the same, unless they contradict each other. */
export function liftThroughThird(pairs: readonly SimilarPair[], threshold: number): SimilarPair[] {
	const sure = new Map<number, Set<number>>();
	for (const { left, right, bits } of pairs) {
		if (bits <= SURE) continue;
		sure.set(left, (sure.get(left) ?? new Set()).add(right));
		sure.set(right, (sure.get(right) ?? new Set()).add(left));
	}
	return pairs.map((pair) => {
		if (pair.score >= threshold || pair.bits <= CONTRADICTS) return pair;
		const others = sure.get(pair.right);
		const third = [...(sure.get(pair.left) ?? [])].some((record) => others?.has(record));
		if (!third) return pair;
		return { ...pair, score: threshold, reason: 'both are the same as a third record' };
	});
}

/** Each record in one pair at most; pairs come best first. */
export function chooseOneToOne(pairs: readonly SimilarPair[]): SimilarPair[] {
	const left = new Set<number>();
	const right = new Set<number>();
	return pairs.filter((pair) => {
		if (left.has(pair.left) || right.has(pair.right)) return false;
		left.add(pair.left);
		right.add(pair.right);
		return true;
	});
}
