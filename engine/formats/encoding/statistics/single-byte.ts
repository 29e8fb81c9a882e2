import { openDecoder } from '../stream-decoder';
import { singleByteCandidates, type SingleByteCandidate } from './candidates';
import {
	scriptModel,
	trainLanguages,
	type LanguageModel,
	type ScriptModel,
} from './language-model';
import type { ScriptName } from './languages';
import type { Sample } from './sample';
import { signCost, type Neighbour } from './signs';

/** How well an encoding explains the sample. */
export interface Guess {
	encoding: string;
	/** Negative logarithm of the likelihood, for each byte beyond ASCII; lower is better. */
	cost: number;
	handicap: number;
	/** The language that most of the words are of. */
	language: string;
}

const SCRIPTS: Readonly<Record<ScriptName, RegExp>> = {
	Latin: /(?![ªºŉ])\p{Script=Latin}/u,
	Vietnamese: /(?![ªº])\p{Script=Latin}|\p{M}/u,
	Cyrillic: /\p{Script=Cyrillic}/u,
	Greek: /\p{Script=Greek}/u,
	Hebrew: /\p{Script=Hebrew}/u,
	Arabic: /\p{Script=Arabic}|[ً-ْ]|ـ/u,
	Thai: /\p{Script=Thai}/u,
};

/** Natural logarithms of how often letters change between small and capital. */
const CASE = {
	capitalAfterSmall: 7,
	smallAfterCapitals: 4,
	capitalAfterCapital: 0.3,
	capital: 0.5,
};
/** A letter of another script, or a digit, beside a letter. */
const MIXED = 6;
/** In an encoding for another script: a sign beside a Latin letter, where the Latin encodings have a letter. */
const SIGN_IN_LATIN = 3;

/** An encoding with what its 256 bytes mean in its script. */
interface ByteTable {
	candidate: SingleByteCandidate;
	model: ScriptModel;
	characters: readonly string[];
	/** Number of the letter in the alphabet of the script; 0 is no letter. */
	letters: Uint8Array;
	capital: Uint8Array;
}

let tables: ByteTable[] | undefined;

function byteTables(): ByteTable[] {
	if (tables !== undefined) return tables;
	const decoded = singleByteCandidates.map((candidate) => ({
		candidate,
		characters: charactersOf(candidate.encoding),
	}));
	tables = decoded.map(({ candidate, characters }) => {
		const pattern = SCRIPTS[candidate.script];
		const alphabet = decoded
			.filter((other) => other.candidate.script === candidate.script)
			.flatMap((other) => other.characters)
			.filter((character) => pattern.test(character))
			.map(smallForm);
		const model = scriptModel(candidate.script, alphabet.join(''));
		const letters = new Uint8Array(256);
		const capital = new Uint8Array(256);
		characters.forEach((character, byte) => {
			if (!pattern.test(character)) return;
			letters[byte] = model.letterNumbers[smallForm(character).charCodeAt(0)] ?? 0;
			if (character !== smallForm(character)) capital[byte] = 1;
		});
		return { candidate, model, characters, letters, capital };
	});
	return tables;
}

/** Makes the tables that the first guess would make, a piece at a time. */
export function* prepareSingleByte(): Generator<void> {
	if (tables !== undefined) return;
	yield* trainLanguages();
	byteTables();
	yield;
}

/** What each of the 256 bytes stands for. */
function charactersOf(encoding: string): string[] {
	// a line end behind each byte, so that none touches the next
	const upperHalf = Uint8Array.from({ length: 256 }, (_, i) => (i % 2 === 0 ? 0x80 + i / 2 : 0x0a));
	const ascii = Array.from({ length: 128 }, (_, byte) => String.fromCharCode(byte));
	return [...ascii, ...openDecoder(encoding).decode(upperHalf).split('\n').slice(0, 128)];
}

/** The capital dotted I of Turkish has a small form of two characters. */
function smallForm(letter: string): string {
	return letter === 'İ' ? 'i' : letter.toLowerCase();
}

/** How well each encoding of one byte a character explains the words of the sample. */
export function guessSingleByte(sample: Sample): Guess[] {
	const words = [...sample.words].map(([text, count]) => ({
		bytes: Buffer.from(text, 'latin1'),
		// a word that fills a column is no more evidence than a few different ones
		weight: Math.log2(1 + count),
	}));
	const guessWith = (table: ByteTable, looked: readonly Word[]): Guess => {
		const { cost, language } = explain(looked, table);
		const { encoding, handicap } = table.candidate;
		const total = cost + Math.min(undefinedBytes(table, sample.counts), 50) * 5;
		return { encoding, cost: total / highBytesIn(looked), handicap, language };
	};
	// most encodings are out of the question after a few words
	const few = words.slice(0, FEW_WORDS);
	const first = byteTables().map((table) => ({ table, guess: guessWith(table, few) }));
	if (words.length <= FEW_WORDS) return first.map(({ guess }) => guess);
	return first
		.sort((a, b) => a.guess.cost - b.guess.cost)
		.slice(0, KEPT_ENCODINGS)
		.map(({ table }) => guessWith(table, words));
}

const FEW_WORDS = 120;
const KEPT_ENCODINGS = 8;

function highBytesIn(words: readonly Word[]): number {
	let highBytes = 0;
	for (const { bytes, weight } of words) {
		for (const byte of bytes) if (byte >= 0x80) highBytes += weight;
	}
	return highBytes;
}

/** How often bytes occur in the whole head that have no meaning in an encoding, or are controls. */
function undefinedBytes({ characters }: ByteTable, counts: Uint32Array): number {
	let found = 0;
	for (let byte = 0x80; byte < 0x100; byte++) {
		if (/[\x80-\x9f\ufffd]/.test(characters[byte] ?? '')) found += counts[byte] ?? 0;
	}
	return found;
}

interface Word {
	bytes: Uint8Array;
	weight: number;
}

/**
 * The cost of all words when each is of one of the languages of the script. How large the share of each language is comes from
 * the words themselves, in three rounds: a list of customers holds names of several languages, but not of all.
 */
function explain(words: readonly Word[], table: ByteTable): { cost: number; language: string } {
	const { models } = table.model;
	const costs = words.map(({ bytes }) => wordCosts(bytes, table));
	let shares = models.map(() => 1 / EQUAL_SHARES);
	let cost = 0;
	let found = new Float64Array(models.length);
	for (let round = 0; round < 3; round++) {
		cost = 0;
		found = new Float64Array(models.length);
		let all = 0;
		const logShares = shares.map(Math.log);
		words.forEach(({ weight }, i) => {
			const { fixed, byLanguage } = costs[i] ?? { fixed: 0, byLanguage: [] };
			const likelihoods = byLanguage.map((log, m) => log + (logShares[m] ?? 0));
			const best = Math.max(...likelihoods);
			const sum = likelihoods.reduce((acc, log) => acc + Math.exp(log - best), 0);
			cost += weight * (fixed - best - Math.log(sum));
			likelihoods.forEach((log, m) => {
				found[m] = (found[m] ?? 0) + (weight * Math.exp(log - best)) / sum;
			});
			all += weight;
		});
		shares = Array.from(found, (n) => (n + 1 / 8) / (all + EQUAL_SHARES / 8));
	}
	const most = found.indexOf(Math.max(...found));
	return { cost, language: models[most]?.name ?? '' };
}

/** As many languages are assumed for each script, so that one with few languages is not preferred. */
const EQUAL_SHARES = 25;

function wordCosts(bytes: Uint8Array, table: ByteTable): { fixed: number; byLanguage: number[] } {
	const { letters, capital, characters, model } = table;
	let fixed = 0;
	const pairs: number[] = [];
	let previous = 0;
	let smallSeen = false;
	let capitals = 0;
	for (let i = 0; i < bytes.length; i++) {
		const byte = bytes[i] ?? 0;
		const letter = letters[byte] ?? 0;
		const high = byte >= 0x80;
		const counts = high || (bytes[i - 1] ?? 0) >= 0x80;
		if (letter === 0) {
			if (previous !== 0 && counts) pairs.push(previous, 0);
			if (high) {
				if (letters[0x61] === 0 && isLatin(bytes[i - 1], bytes[i + 1])) fixed += SIGN_IN_LATIN;
				const before = neighbour(bytes, i - 1, letters);
				fixed += signCost(characters[byte] ?? '', before, neighbour(bytes, i + 1, letters));
			} else if (previous !== 0 && counts) fixed += MIXED;
			previous = 0;
			smallSeen = false;
			capitals = 0;
			continue;
		}
		if (counts) {
			pairs.push(previous, letter);
			if (previous === 0 && i > 0 && (bytes[i - 1] ?? 0) < 0x80) fixed += MIXED;
		}
		if (capital[byte] === 1) {
			if (counts && smallSeen) fixed += CASE.capitalAfterSmall;
			else if (counts) fixed += capitals > 0 ? CASE.capitalAfterCapital : CASE.capital;
			capitals++;
			smallSeen = false;
		} else {
			if (capitals > 1 && counts) fixed += CASE.smallAfterCapitals;
			capitals = 0;
			smallSeen = true;
		}
		previous = letter;
	}
	if (previous !== 0 && (bytes[bytes.length - 1] ?? 0) >= 0x80) pairs.push(previous, 0);
	return { fixed, byLanguage: model.models.map((language) => pairSum(pairs, language)) };
}

function pairSum(pairs: readonly number[], { logs, size }: LanguageModel): number {
	let sum = 0;
	for (let i = 0; i < pairs.length; i += 2) {
		sum += logs[(pairs[i] ?? 0) * size + (pairs[i + 1] ?? 0)] ?? 0;
	}
	return sum;
}

function isLatin(...neighbours: Array<number | undefined>): boolean {
	return neighbours.some((byte) => byte !== undefined && byte < 0x80 && byte > 0x39);
}

function neighbour(bytes: Uint8Array, at: number, letters: Uint8Array): Neighbour {
	const byte = bytes[at];
	if (byte === undefined) return 'none';
	if (byte === 0x30) return 'digit';
	return (letters[byte] ?? 0) !== 0 || byte < 0x80 ? 'letter' : 'sign';
}
