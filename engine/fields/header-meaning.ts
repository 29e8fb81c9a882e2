import { headerWords } from './header-words';
import { fillers, LONGEST_PHRASE, phrases, type Meaning } from './synonyms';

/** What a header or the name of a field says. */
export interface Header {
	/** All its words. */
	words: readonly string[];
	/** What it names, if that is known: `phone`. */
	concept?: string;
	/** Which variety of it, sorted: `mobile`, `work`. */
	qualifiers: readonly string[];
	/** Which of several; 1 when it does not say. */
	ordinal: number;
	/** Whether it says whose: `customer`. */
	hasOwner: boolean;
	/** The words that are not understood. */
	others: readonly string[];
}

/** Words by position that are not understood yet; undefined where a phrase was taken out. */
type OpenWords = Array<string | undefined>;

/** A number that counts; longer ones are years and the like. */
const digits = /^\d{1,2}$/;

/** Reads a header: first what it names (the longest phrase, of equally long ones the last), then which and whose. */
export function readHeader(name: string): Header {
	const words = headerWords(name);
	const spoken = words.filter((word) => !fillers.has(word));
	// Digits first: they may stand inside of the name, as in `E-mail 2 Address`.
	const open: OpenWords = spoken.filter((word) => !digits.test(word));
	const digit = spoken.find((word) => digits.test(word));
	const named = takeConcept(open);
	const rest = takeOthers(open);
	const qualifiers = new Set([...(named?.qualifiers ?? []), ...rest.qualifiers]);
	return {
		words,
		concept: named?.concept,
		qualifiers: [...qualifiers].sort(),
		ordinal: digit === undefined ? rest.ordinal : Number(digit),
		hasOwner: rest.hasOwner,
		others: open.filter((word) => word !== undefined),
	};
}

type Concept = Extract<Meaning, { kind: 'concept' }>;

function takeConcept(open: OpenWords): Concept | undefined {
	for (let length = Math.min(LONGEST_PHRASE, open.length); length > 0; length--) {
		for (let start = open.length - length; start >= 0; start--) {
			const meaning = phrases.get(open.slice(start, start + length).join(' '));
			if (meaning?.kind !== 'concept') continue;
			open.fill(undefined, start, start + length);
			return meaning;
		}
	}
	return undefined;
}

interface Details {
	qualifiers: string[];
	ordinal: number;
	hasOwner: boolean;
}

/** Takes out the words that say which and whose; two words (`bill to`) before one. */
function takeOthers(open: OpenWords): Details {
	const details: Details = { qualifiers: [], ordinal: 1, hasOwner: false };
	for (const length of [2, 1]) {
		for (let start = 0; start + length <= open.length; start++) {
			const words = open.slice(start, start + length);
			if (words.includes(undefined) || !noteDetail(words.join(' '), details)) continue;
			open.fill(undefined, start, start + length);
		}
	}
	return details;
}

function noteDetail(phrase: string, details: Details): boolean {
	const meaning = phrases.get(phrase);
	switch (meaning?.kind) {
		case 'qualifier':
			details.qualifiers.push(meaning.qualifier);
			return true;
		case 'ordinal':
			details.ordinal = meaning.ordinal;
			return true;
		case 'owner':
			details.hasOwner = true;
			return true;
		default:
			return false;
	}
}
