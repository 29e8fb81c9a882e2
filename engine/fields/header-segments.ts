import { phrases } from './synonyms';

/** Shorter words are too often a part of others by chance. */
const SHORTEST_COMPOUND = 7;
const LONGEST_COMPOUND = 40;
const SHORTEST_PART = 3;
const MOST_PARTS = 4;

/** Letters that German and Dutch put between the parts of a compound. */
const links = ['', 's', 'n', 'en', 'es'];

const known = new Map<string, readonly string[]>();

/**
 * The known words that a word is made of: `homephone` and `Rechnungsort` are two. A word that is known, or has an unknown
 * part, stays whole.
 */
export function splitCompound(word: string): readonly string[] {
	if (word.length < SHORTEST_COMPOUND || word.length > LONGEST_COMPOUND) return [word];
	if (phrases.has(word)) return [word];
	const remembered = known.get(word);
	if (remembered !== undefined) return remembered;
	const parts = findParts(word, MOST_PARTS);
	const named = parts?.some(isNamed) ?? false;
	// the last part is what the others describe: `member-ship` is no compound
	const head = phrases.get(parts?.at(-1) ?? '');
	const hasHead = head?.kind !== undefined || (head?.concepts.length ?? 0) > 0;
	const result = parts !== undefined && named && hasHead ? parts : [word];
	// headers come from files: what is remembered must not grow with the number of files
	if (known.size < 10_000) known.set(word, result);
	return result;
}

const isNamed = (part: string) => (phrases.get(part)?.concepts.length ?? 0) > 0;

/** The fewest parts, and of equally few the longest first one. */
function findParts(word: string, most: number): string[] | undefined {
	if (phrases.has(word)) return [word];
	if (most === 1) return undefined;
	let best: string[] | undefined;
	for (let end = word.length - SHORTEST_PART; end >= SHORTEST_PART; end--) {
		const first = word.slice(0, end);
		if (!phrases.has(first)) continue;
		for (const link of links) {
			if (!word.startsWith(link, end)) continue;
			const rest = word.slice(end + link.length);
			if (rest.length < SHORTEST_PART) continue;
			const parts = findParts(rest, (best?.length ?? most + 1) - 2);
			if (parts !== undefined && (best === undefined || parts.length + 1 < best.length)) {
				best = [first, ...parts];
			}
		}
	}
	return best;
}
