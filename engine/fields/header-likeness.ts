import type { Header } from './header-meaning';
import { editDistance } from './similarity';
import { relatedConcepts } from './synonyms';

/** How sure it is that two names mean the same, 0 to 1, and why. */
export interface Likeness {
	confidence: number;
	reason: string;
}

const unlike: Likeness = { confidence: 0, reason: '' };

/** Compares the header of a column with the name of a field. */
export function compareHeaders(header: Header, field: Header): Likeness {
	if (sameWords(header, field)) return { confidence: 1, reason: 'same name' };
	if (header.ordinal !== field.ordinal) return unlike;
	if (header.concept !== undefined && field.concept !== undefined) {
		return compareConcepts(header, field);
	}
	return compareWords(header, field);
}

/** The same words, run together or not, in the same order. */
function sameWords(a: Header, b: Header): boolean {
	return a.words.length > 0 && a.words.join('') === b.words.join('');
}

const SAME_CONCEPT = 0.95;
const RELATED_CONCEPT = 0.85;
/** Taken off when only one side says whose it is, and when the column is a variety of what the field is. */
const OWNER_UNSAID = 0.07;
const VARIETY = 0.23;

function compareConcepts(header: Header, field: Header): Likeness {
	const concept = compareConcept(header.concept, field.concept);
	if (concept.confidence === 0 || !sameSet(header.others, field.others)) return unlike;
	let { confidence } = concept;
	let { reason } = concept;
	if (!sameSet(header.qualifiers, field.qualifiers)) {
		if (field.qualifiers.length > 0) return unlike;
		confidence -= VARIETY;
		reason = `a kind of "${field.concept}"`;
	}
	if (header.hasOwner !== field.hasOwner) confidence -= OWNER_UNSAID;
	return { confidence, reason };
}

function compareConcept(a = '', b = ''): Likeness {
	if (a === b) return { confidence: SAME_CONCEPT, reason: `another word for "${b}"` };
	const related = relatedConcepts.some(
		([one, other]) => (a === one && b === other) || (a === other && b === one),
	);
	return related ? { confidence: RELATED_CONCEPT, reason: `"${a}" is close to "${b}"` } : unlike;
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
	return a.length === b.length && a.every((word) => b.includes(word));
}

/** Words that are all the same, in another order; each misspelt one counts less. */
const SHARED_WORDS = 0.85;
const MISSPELT = 0.95;

/** Share of the words that two names have in common (Dice), for names whose meaning is not known. */
function compareWords(header: Header, field: Header): Likeness {
	const open = [...field.words];
	let shared = 0;
	let misspelt = false;
	for (const word of header.words) {
		const index = bestIndex(word, open);
		const other = open[index];
		if (other === undefined) continue;
		open.splice(index, 1);
		shared += word === other ? 1 : MISSPELT;
		misspelt ||= word !== other;
	}
	const words = header.words.length + field.words.length;
	const confidence = words === 0 ? 0 : (SHARED_WORDS * 2 * shared) / words;
	return { confidence, reason: misspelt ? 'almost the same spelling' : 'same words' };
}

function bestIndex(word: string, words: readonly string[]): number {
	const same = words.indexOf(word);
	return same === -1 ? words.findIndex((other) => isMisspelling(word, other)) : same;
}

/** Words shorter than this become other words by a single letter: `price`, `prize`. */
const SHORTEST_MISSPELT = 6;

/** One slip of the pen in a long word that begins alike: `adress`, `quantities`. */
function isMisspelling(a: string, b: string): boolean {
	return (
		Math.max(a.length, b.length) >= SHORTEST_MISSPELT && a[0] === b[0] && editDistance(a, b, 1) <= 1
	);
}
