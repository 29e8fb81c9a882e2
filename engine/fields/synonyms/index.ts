import { headerWords } from '../header-words';
import { german } from './de';
import { english } from './en';
import type { Vocabulary } from './vocabulary';

/** The languages whose names for fields are known. */
const vocabularies: readonly Vocabulary[] = [english, german];

const umlauts: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', Ä: 'Ae', Ö: 'Oe', Ü: 'Ue' };

/** Words of all languages that say nothing. */
export const fillers: ReadonlySet<string> = new Set(
	vocabularies.flatMap((vocabulary) => vocabulary.fillers.flatMap(headerWords)),
);

/** What a phrase of one or more words stands for. */
export type Meaning =
	| { kind: 'concept'; concept: string; qualifiers: readonly string[] }
	| { kind: 'qualifier'; qualifier: string }
	| { kind: 'ordinal'; ordinal: number }
	| { kind: 'owner' };

/** Concepts that may stand for each other when nothing better is there. */
export const relatedConcepts: ReadonlyArray<readonly [string, string]> = [
	['address', 'street'],
	['amount', 'total'],
	['notes', 'description'],
];

function collectPhrases(): Map<string, Meaning> {
	const collected = new Map<string, Meaning>();
	const add = (names: readonly string[], meaning: Meaning) => {
		for (const name of names) {
			for (const spelling of spellings(name)) {
				if (!collected.has(spelling)) collected.set(spelling, meaning);
			}
		}
	};
	for (const { concepts } of vocabularies) {
		for (const [key, names] of Object.entries(concepts)) {
			const [concept = key, ...qualifiers] = key.split('/');
			add(names, { kind: 'concept', concept, qualifiers });
		}
	}
	for (const { qualifiers, ordinals, owners } of vocabularies) {
		for (const [qualifier, names] of Object.entries(qualifiers))
			add(names, { kind: 'qualifier', qualifier });
		for (const [ordinal, names] of Object.entries(ordinals)) {
			add(names, { kind: 'ordinal', ordinal: Number(ordinal) });
		}
		add(owners, { kind: 'owner' });
	}
	return collected;
}

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

/** Meanings by phrase: normalised words with a blank between them. */
export const phrases: ReadonlyMap<string, Meaning> = collectPhrases();

/** Most words of a phrase. */
export const LONGEST_PHRASE = Math.max(...[...phrases.keys()].map((key) => key.split(' ').length));
