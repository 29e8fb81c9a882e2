import { splitCompound } from './header-segments';
import { alternativesIn, readHeaderText } from './header-text';
import {
	beginnings,
	fillers,
	LONGEST_PHRASE,
	phrases,
	placeConcepts,
	redundantKinds,
	type NamedConcept,
} from './synonyms';

/** One way to understand a header or the name of a field. */
export interface Reading {
	/** What it names: `phone`. */
	concept: string;
	/** 0 to 1. */
	certainty: number;
	/** Which variety of it, sorted: `mobile`, `work`. */
	qualifiers: readonly string[];
	/** Who else it is about than the row, and the words that are not understood; sorted. */
	others: readonly string[];
	/** Which of several; 1 when it does not say. */
	ordinal: number;
	/** Whether it says which of several with a number: `Address 1`. */
	isNumbered: boolean;
	/** Whether it says whose: `customer`. */
	hasOwner: boolean;
	/** Words that only repeat of what kind the values are: `Country Name`. */
	spare: number;
}

/** What a header or the name of a field says. */
export interface Header {
	/** All its words. */
	words: readonly string[];
	/** The likeliest first; none when it is not known what it names. */
	readings: readonly Reading[];
	/** For a header that is not understood. */
	ordinal: number;
	/** Whether somebody else is named, such as the manager. */
	hasParty: boolean;
}

/** Words by position that are not understood yet; undefined where a phrase was taken out. */
type OpenWords = Array<string | undefined>;

/** A number that counts; longer ones are years and the like. */
const digits = /^\d{1,2}$/;

/** A note of so many words is an explanation. */
const EXPLANATION = 3;

/** More words are a sentence, which is not taken apart. */
const MOST_WORDS = 16;

/** Taken off for a header that names several things at once. */
const ALTERNATIVE = 0.86;

/** Reads a header: what it names (as many of its words as can be understood), then which and whose. */
export function readHeader(name: string): Header {
	const whole = readWhole(name);
	if (whole.readings.some(({ others }) => others.length === 0)) return whole;
	const parts = alternativesIn(name).map(readWhole);
	const understood = parts.every(({ readings }) => readings[0]?.others.length === 0);
	if (parts.length < 2 || !understood) return whole;
	const readings = parts.flatMap((part) => part.readings.slice(0, 1));
	const alike = new Set(readings.map(({ concept }) => concept)).size === 1;
	const factor = alike ? 1 : ALTERNATIVE;
	return {
		...whole,
		readings: readings.map((reading) => ({ ...reading, certainty: reading.certainty * factor })),
	};
}

function readWhole(name: string): Header {
	const { words, notes, group } = readHeaderText(name);
	const added = notes.filter((note) => note.length < EXPLANATION).flat();
	const telling = added.filter((word) => phrases.has(word) || digits.test(word));
	const spoken = [...words, ...telling].flatMap(splitCompound).filter((word) => !fillers.has(word));
	// Digits first: they may stand inside of the name, as in `E-mail 2 Address`.
	const open = spoken.filter((word) => !digits.test(word));
	const numbers = spoken.filter((word) => digits.test(word)).map(Number);
	const [number] = numbers;
	// `Address 1 & 2` is neither
	if (new Set(numbers).size > 1) open.push('several');
	const isSentence = open.length > MOST_WORDS;
	const readings = readBeginning(words) ?? (isSentence ? [] : readPhrases(open, number, group));
	return {
		words: [...words, ...telling],
		readings,
		ordinal: number ?? 1,
		hasParty: open.some((word) => phrases.get(word)?.party !== undefined),
	};
}

function readBeginning(words: readonly string[]): Reading[] | undefined {
	const text = words.join(' ');
	const concept = beginnings.find(([beginning]) => text.startsWith(beginning))?.[1];
	if (concept === undefined) return undefined;
	return [
		{
			concept,
			certainty: 1,
			qualifiers: [],
			others: [],
			ordinal: 1,
			isNumbered: false,
			hasOwner: false,
			spare: 0,
		},
	];
}

interface Found {
	readings: Reading[];
	unknown: number;
	length: number;
	/** Words that say which or whose are rather that: `Lieferung Ort`. */
	detail: boolean;
}

/** Of all phrases that name something, the one that leaves the fewest words unexplained; then the longest, then the last. */
function readPhrases(words: readonly string[], number?: number, group?: number): Reading[] {
	let best: Found | undefined;
	for (let length = Math.min(LONGEST_PHRASE, words.length); length > 0; length--) {
		for (let start = words.length - length; start >= 0; start--) {
			const meaning = phrases.get(words.slice(start, start + length).join(' '));
			if (meaning === undefined || meaning.concepts.length === 0) continue;
			const { qualifier, owner, party, ordinal } = meaning;
			const readings = meaning.concepts.map((named) => {
				const open: OpenWords = [...words];
				open.fill(undefined, start, start + length);
				return readRest(open, named, number, group);
			});
			const found = {
				readings,
				unknown: Math.min(...readings.map(({ others }) => others.length)),
				length,
				detail: [qualifier, owner, party, ordinal].some((role) => role !== undefined),
			};
			if (best === undefined || isBetter(found, best)) best = found;
		}
	}
	return best?.readings ?? [];
}

function isBetter(a: Found, b: Found): boolean {
	if (a.unknown !== b.unknown) return a.unknown < b.unknown;
	return a.length === b.length && b.detail && !a.detail;
}

interface Details {
	qualifiers: Set<string>;
	others: string[];
	ordinal: number | undefined;
	hasOwner: boolean;
	spare: number;
}

/** Reads the words around the name: longer phrases (`bill to`) before shorter ones. */
function readRest(
	open: OpenWords,
	named: NamedConcept,
	number: number | undefined,
	group: number | undefined,
): Reading {
	const { concept, certainty } = named;
	const details: Details = {
		qualifiers: new Set(named.qualifiers),
		others: [],
		ordinal: named.ordinal,
		hasOwner: false,
		spare: 0,
	};
	for (let length = Math.min(3, open.length); length > 0; length--) {
		for (let start = 0; start + length <= open.length; start++) {
			const words = open.slice(start, start + length);
			if (words.includes(undefined) || !noteDetail(words.join(' '), concept, details)) continue;
			open.fill(undefined, start, start + length);
		}
	}
	details.others.push(...open.filter((word) => word !== undefined));
	let ordinal = named.ordinal ?? number ?? details.ordinal ?? 1;
	if (group !== undefined && concept !== 'address' && placeConcepts.has(concept)) {
		ordinal = named.ordinal ?? 1;
		if (group > 1) details.others.push(`group ${group}`);
	}
	return {
		concept,
		certainty,
		qualifiers: [...details.qualifiers].sort(),
		others: details.others.sort(),
		ordinal,
		isNumbered: number !== undefined && group === undefined,
		hasOwner: details.hasOwner,
		spare: details.spare,
	};
}

function noteDetail(phrase: string, concept: string, details: Details): boolean {
	const meaning = phrases.get(phrase);
	if (meaning === undefined) return false;
	const { qualifier, party, ordinal, owner, kind, concepts } = meaning;
	const same = concepts.find((named) => named.concept === concept);
	if (same !== undefined && same.certainty === 1) {
		for (const detail of same.qualifiers) details.qualifiers.add(detail);
		details.ordinal ??= same.ordinal;
	} else if (qualifier !== undefined) details.qualifiers.add(qualifier);
	else if (ordinal !== undefined) details.ordinal ??= ordinal;
	else if (owner === true) details.hasOwner = true;
	else if (kind !== undefined && redundantKinds.get(concept)?.has(kind)) details.spare++;
	else if (party !== undefined) details.others.push(party);
	else if (concepts[0]?.concept === 'address' && placeConcepts.has(concept)) return true;
	else if (concepts[0] !== undefined) details.others.push(concepts[0].concept);
	else return false;
	return true;
}
