import { isOneEditApart, jaroWinkler } from './jaro-winkler';
import type { PreparedValue } from './prepared-value';

/** Words less alike than this are other words. */
const ALIKE = 0.9;

/** An initial stands for the name, and a beginning for the word, but says less than the whole. */
const INITIAL = 0.7;
const BEGINNING = 0.85;

/** How much it counts that all words of the shorter text are in the longer one. */
const CONTAINED = 0.25;

const used = new Uint8Array(128);

const HAS_DIGIT = /\d/;

/** How far one word may stand for another, 0 where it does not. Numbers and codes are the same or are not. */
function wordLikeness(a: string, b: string): number {
	const [short, long] = a.length <= b.length ? [a, b] : [b, a];
	if (HAS_DIGIT.test(short) || HAS_DIGIT.test(long)) return 0;
	if (long.startsWith(short))
		return short.length === 1 ? INITIAL : short.length >= 3 ? BEGINNING : 0;
	if (short.length < 4) return 0;
	if (short.length >= 5 && isOneEditApart(short, long)) return ALIKE;
	const likeness = jaroWinkler(short, long);
	return likeness >= ALIKE ? likeness : 0;
}

/**
 * How alike two texts are by their words, in any order, from 0 to 1: the share of what the words say that both have.
 * Words may be misspelt, shortened, or written as two.
 */
export function tokenSimilarity(a: PreparedValue, b: PreparedValue): number {
	const matching = new Matching(a, b);
	return matching.similarity();
}

/** Finds the words of one text in the other; each is used once. */
class Matching {
	#matchedA = 0;
	#matchedB = 0;
	readonly #left: number[] = [];

	constructor(
		private readonly a: PreparedValue,
		private readonly b: PreparedValue,
	) {
		used.fill(0, 0, b.tokens.length);
		this.#matchSame();
		if (this.#left.length > 0) this.#matchJoined();
		if (this.#left.length > 0) this.#matchAlike();
	}

	similarity(): number {
		const totalA = sum(this.a.weights);
		const totalB = sum(this.b.weights);
		if (totalA === 0 || totalB === 0) return 0;
		const both = (this.#matchedA + this.#matchedB) / (totalA + totalB);
		if (Math.min(this.a.tokens.length, this.b.tokens.length) < 2) return both;
		const contained = Math.max(this.#matchedA / totalA, this.#matchedB / totalB);
		return (1 - CONTAINED) * both + CONTAINED * contained;
	}

	#matchSame(): void {
		const { a } = this;
		for (let i = 0; i < a.tokens.length; i++) {
			const j = this.#free(a.tokens[i] as string, 0);
			if (j < 0) this.#left.push(i);
			else this.#take(i, j, 1);
		}
	}

	/** The first word of b from `start` on that is the same and not used yet. */
	#free(token: string, start: number): number {
		let j = this.b.tokens.indexOf(token, start);
		while (j >= 0 && used[j] === 1) j = this.b.tokens.indexOf(token, j + 1);
		return j;
	}

	#take(i: number, j: number, likeness: number): void {
		used[j] = 1;
		this.#matchedA += likeness * (this.a.weights[i] as number);
		this.#matchedB += likeness * (this.b.weights[j] as number);
	}

	/** `backpack` is `back pack`, and `16gb` is `16 gb`. */
	#matchJoined(): void {
		const { a, b } = this;
		for (let at = 0; at < this.#left.length; at++) {
			const i = this.#left[at] as number;
			const token = a.tokens[i] as string;
			for (let j = 0; j + 1 < b.tokens.length; j++) {
				if (used[j] === 1 || used[j + 1] === 1) continue;
				const first = b.tokens[j] as string;
				if (!token.startsWith(first) || token !== first + (b.tokens[j + 1] as string)) continue;
				this.#take(i, j, 1);
				used[j + 1] = 1;
				this.#matchedB += b.weights[j + 1] as number;
				this.#left.splice(at--, 1);
				break;
			}
		}
		for (let at = 0; at + 1 < this.#left.length; at++) {
			const i = this.#left[at] as number;
			if (this.#left[at + 1] !== i + 1) continue;
			const j = this.#free((a.tokens[i] as string) + (a.tokens[i + 1] as string), 0);
			if (j < 0) continue;
			this.#take(i, j, 1);
			this.#matchedA += a.weights[i + 1] as number;
			this.#left.splice(at--, 2);
		}
	}

	#matchAlike(): void {
		const { a, b } = this;
		for (const i of this.#left) {
			const token = a.tokens[i] as string;
			let best = 0;
			let bestAt = -1;
			for (let j = 0; j < b.tokens.length; j++) {
				if (used[j] === 1) continue;
				const likeness = wordLikeness(token, b.tokens[j] as string);
				if (likeness > best) {
					best = likeness;
					bestAt = j;
				}
			}
			if (bestAt >= 0) this.#take(i, bestAt, best);
		}
	}
}

function sum(values: readonly number[]): number {
	let total = 0;
	for (const value of values) total += value;
	return total;
}
