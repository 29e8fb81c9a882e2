import { headerWords } from '../header-words';
import { german } from './de';
import { english } from './en';
import { spanish } from './es';
import { french } from './fr';
import { italian } from './it';
import { dutch } from './nl';
import { portuguese } from './pt';
import type { Kind, Vocabulary } from './vocabulary';

export { redundantKinds, relatedConcepts, placeConcepts } from './concepts';

/** The languages whose names for fields are known. Where a word is in several, the first language counts most. */
const vocabularies: readonly Vocabulary[] = [
	english,
	german,
	french,
	spanish,
	portuguese,
	italian,
	dutch,
];

/** Something that a phrase may name. */
export interface NamedConcept {
	concept: string;
	qualifiers: readonly string[];
	/** Set where the phrase says which of several by itself. */
	ordinal?: number;
	/** 0 to 1: how sure it is that the phrase names this. */
	certainty: number;
}

/** What a phrase of one or more words may stand for. */
interface Meaning {
	/** The likeliest first. */
	concepts: NamedConcept[];
	qualifier?: string;
	party?: string;
	ordinal?: number;
	owner?: boolean;
	kind?: Kind;
}

const collectedPhrases = new Map<string, Meaning>();
const collectedBeginnings: Array<readonly [string, string]> = [];

/** Meanings by phrase: normalised words with a blank between them. */
export const phrases: ReadonlyMap<string, Meaning> = collectedPhrases;

/** Concepts by the words that a header begins with, whatever follows: `how did you hear`. */
export const beginnings: ReadonlyArray<readonly [string, string]> = collectedBeginnings;

const LIKELIEST = 0.9;
const NEXT = 0.07;
const LEAST = 0.72;
/** What a word means in a later language, when it means something else in an earlier one. */
const FOREIGN = 0.83;

const namesIn = (list: string) => list.split(',').map((name) => name.replace(/\s+/g, ' ').trim());

/** Words of all languages that say nothing. */
export const fillers: ReadonlySet<string> = new Set(
	vocabularies.flatMap((vocabulary) => namesIn(vocabulary.fillers).flatMap(headerWords)),
);

function meaningOf(phrase: string): Meaning {
	const known = phrases.get(phrase);
	if (known !== undefined) return known;
	const meaning: Meaning = { concepts: [] };
	collectedPhrases.set(phrase, meaning);
	return meaning;
}

function note(list: string, change: (meaning: Meaning) => void): void {
	for (const name of namesIn(list)) {
		for (const spelling of spellings(name)) change(meaningOf(spelling));
	}
}

/** Reads a key such as `phone/mobile` or `street#2`. */
function parseKey(key: string): Omit<NamedConcept, 'certainty'> {
	const [named = key, ordinal] = key.split('#');
	const [concept = named, ...qualifiers] = named.split('/');
	return { concept, qualifiers, ...(ordinal !== undefined && { ordinal: Number(ordinal) }) };
}

function addConcept({ concepts }: Meaning, added: NamedConcept): void {
	if (concepts.some(({ concept }) => concept === added.concept)) return;
	const foreign = concepts.length > 0 && added.certainty === 1;
	concepts.push(foreign ? { ...added, certainty: FOREIGN } : added);
}

function collectConcepts({ concepts }: Vocabulary): void {
	for (const [key, list] of Object.entries(concepts)) {
		const named = { ...parseKey(key), certainty: 1 };
		const whole = namesIn(list).filter((name) => !name.endsWith('…'));
		note(whole.join(','), (meaning) => addConcept(meaning, named));
		for (const name of namesIn(list)) {
			if (!name.endsWith('…')) continue;
			collectedBeginnings.push([headerWords(name).join(' '), named.concept]);
		}
	}
}

function collectAmbiguous({ ambiguous = {} }: Vocabulary): void {
	for (const [list, keys] of Object.entries(ambiguous)) {
		note(list, (meaning) => {
			const before = meaning.concepts.length;
			keys.forEach((key, index) => {
				const certainty = Math.max(LEAST, LIKELIEST - NEXT * (index + before));
				addConcept(meaning, { ...parseKey(key), certainty });
			});
		});
	}
}

function collectDetails({ qualifiers, parties, ordinals, owners, kinds }: Vocabulary): void {
	for (const [qualifier, list] of Object.entries(qualifiers)) {
		note(list, (meaning) => (meaning.qualifier ??= qualifier));
	}
	for (const [party, list] of Object.entries(parties)) {
		note(list, (meaning) => (meaning.party ??= party));
	}
	for (const [ordinal, list] of Object.entries(ordinals)) {
		note(list, (meaning) => (meaning.ordinal ??= Number(ordinal)));
	}
	note(owners, (meaning) => (meaning.owner = true));
	for (const [kind, list] of Object.entries(kinds)) {
		note(list, (meaning) => (meaning.kind ??= kind as Kind));
	}
}

const umlauts: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', Ä: 'Ae', Ö: 'Oe', Ü: 'Ue' };

/** A phrase as it may be written: with or without its fillers, in words or run together, umlauts as they are or as two letters. */
function spellings(name: string): Set<string> {
	const transcribed = name.replace(/[äöüÄÖÜ]/g, (letter) => umlauts[letter] ?? letter);
	const result = new Set<string>();
	for (const words of [headerWords(name), headerWords(transcribed)]) {
		const spoken = words.filter((word) => !fillers.has(word));
		for (const spelling of [words, spoken]) {
			result.add(spelling.join(' '));
			result.add(spelling.join(''));
		}
	}
	result.delete('');
	return result;
}

vocabularies.forEach(collectConcepts);
vocabularies.forEach(collectAmbiguous);
vocabularies.forEach(collectDetails);

/** Most words of a phrase. */
export const LONGEST_PHRASE = Math.max(...[...phrases.keys()].map((key) => key.split(' ').length));
