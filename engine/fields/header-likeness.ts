import type { Header, Reading } from './header-meaning';
import { editDistance } from './similarity';
import { relatedConcepts } from './synonyms';

/** How sure it is that two names mean the same, 0 to 1, and why. */
export interface Likeness {
	confidence: number;
	reason: string;
	/** The concept that both name. */
	concept?: string;
}

export const unlike: Likeness = { confidence: 0, reason: '' };

/** Compares the header of a column with the name of a field. */
export function compareHeaders(header: Header, field: Header): Likeness {
	if (sameWords(header, field)) {
		const shared = sharedMeaning(header, field);
		if (shared > 0) return sameName(header, shared);
	}
	if (header.readings.length > 0 && field.readings.length > 0) {
		return compareReadings(header.readings, field.readings);
	}
	if (header.ordinal !== field.ordinal) return unlike;
	return compareWords(header, field);
}

const sameName = ({ readings }: Header, confidence: number): Likeness => ({
	confidence,
	reason: 'same name',
	concept: readings[0]?.concept,
});

/** The same words, run together or not, in the same order. */
function sameWords(a: Header, b: Header): boolean {
	return a.words.length > 0 && a.words.join('') === b.words.join('');
}

/** The same name, but the columns beside it show that the header means something close, such as the street of an address. */
const CLOSE_MEANING = 0.93;

/** 1 when names in the same words mean the same, less when they mean something close, 0 when they do not. */
function sharedMeaning({ readings }: Header, field: Header): number {
	if (readings.length === 0 || field.readings.length === 0) return 1;
	const pairs = readings.flatMap((a) => field.readings.map((b) => [a.concept, b.concept] as const));
	if (pairs.some(([a, b]) => a === b)) return 1;
	return pairs.some(([a, b]) => relatedConcepts.has(`${a}|${b}`)) ? CLOSE_MEANING : 0;
}

function compareReadings(headers: readonly Reading[], fields: readonly Reading[]): Likeness {
	let best = unlike;
	for (const header of headers) {
		for (const field of fields) {
			const likeness = compareConcepts(header, field);
			if (likeness.confidence > best.confidence) best = likeness;
		}
	}
	return best;
}

const SAME_CONCEPT = 0.95;
/** Both have words that are not understood; they are the same words. */
const SAME_OTHERS = 0.92;
/** Taken off when only one side says whose it is. */
const OWNER_UNSAID = 0.07;
/** Taken off when the column is a variety of what the field is; less for the variety that is usual. */
const VARIETY = 0.23;
const USUAL_VARIETY = 0.1;

/** Added when both number it; taken off for each word that says nothing new. They decide between columns that are alike. */
const SAME_NUMBER = 0.01;
const SPARE_WORD = 0.005;

const usualVarieties: Readonly<Record<string, string>> = { fax: 'work' };

function compareConcepts(header: Reading, field: Reading): Likeness {
	const likeness = compareConcept(header.concept, field.concept);
	if (likeness.confidence === 0 || header.ordinal !== field.ordinal) return unlike;
	if (!sameSet(header.others, field.others)) return unlike;
	let { confidence, reason } = likeness;
	if (header.others.length > 0) confidence = Math.min(confidence, SAME_OTHERS);
	if (!sameSet(header.qualifiers, field.qualifiers)) {
		if (field.qualifiers.length > 0) return unlike;
		confidence -= isUsual(header) ? USUAL_VARIETY : VARIETY;
		reason = `a kind of "${field.concept}"`;
	}
	if (header.hasOwner !== field.hasOwner) confidence -= OWNER_UNSAID;
	if (header.isNumbered && field.isNumbered) confidence += SAME_NUMBER;
	confidence -= SPARE_WORD * header.spare;
	confidence *= header.certainty * field.certainty;
	return { confidence, reason, concept: field.concept };
}

function compareConcept(a: string, b: string): Likeness {
	if (a === b) return { confidence: SAME_CONCEPT, reason: `another word for "${b}"` };
	const confidence = relatedConcepts.get(`${a}|${b}`);
	return confidence === undefined ? unlike : { confidence, reason: `"${a}" is close to "${b}"` };
}

/** The address for mail is what is meant by an address; a fax stands in an office. */
function isUsual({ concept, qualifiers }: Reading): boolean {
	const [only] = qualifiers;
	return qualifiers.length === 1 && (only === 'mailing' || only === usualVarieties[concept]);
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
