import { languages, type Language, type ScriptName } from './languages';

/** How likely a letter is after another in a language; natural logarithms. */
export interface LanguageModel {
	name: string;
	/** `logs[previous * size + next]` for letters by their number in the alphabet; 0 is what is no letter. */
	logs: Float32Array;
	size: number;
}

/** The letters of a script and the languages written in it. */
export interface ScriptModel {
	/** The number of a letter by its code in small form; 0 for all else. */
	letterNumbers: Uint8Array;
	models: readonly LanguageModel[];
}

/** Counts of the words of a language weigh more than counts of the names of countries in it. */
const OWN_WORDS = 4;
/** A letter that a language does not have turns up in a foreign name. */
const FOREIGN_LETTER = 2e-6;

const scripts = new Map<ScriptName, ScriptModel>();

/**
 * The letters and letter pairs of a script, counted once at first use: in the words of `languages.ts`, and in the names of
 * countries, languages and currencies that `Intl` knows from the Unicode CLDR.
 *
 * @param extra letters that the encodings of the script hold, whether a language uses them or not
 */
export function scriptModel(script: ScriptName, extra: string): ScriptModel {
	const known = scripts.get(script);
	if (known !== undefined) return known;
	const trained = languages
		.filter((language) => language.script === script)
		.map((language) => ({ language, words: wordsOf(language) }));
	for (const { language } of trained) trainedWords.delete(language);

	const letterNumbers = new Uint8Array(65536);
	let size = 1;
	const number = (letter: string) => {
		const code = letter.charCodeAt(0);
		if (letterNumbers[code] === 0 && size < 256) letterNumbers[code] = size++;
	};
	for (const { words } of trained)
		for (const word of words.keys()) for (const letter of word) number(letter);
	for (const letter of extra) number(letter);

	const models = trained.map(({ language, words }) => ({
		name: language.name,
		logs: pairLogs(words, letterNumbers, size),
		size,
	}));
	const model = { letterNumbers, models };
	scripts.set(script, model);
	return model;
}

/** Words of languages whose scripts have no model yet. */
const trainedWords = new Map<Language, Map<string, number>>();

function wordsOf(language: Language): Map<string, number> {
	let words = trainedWords.get(language);
	if (words === undefined) trainedWords.set(language, (words = trainingWords(language)));
	return words;
}

/** Does what `scriptModel` spends its time on, a language at a time. */
export function* trainLanguages(): Generator<void> {
	for (const language of languages) {
		if (!scripts.has(language.script)) wordsOf(language);
		yield;
	}
}

/** Words in small letters with their weights. */
function trainingWords(language: Language): Map<string, number> {
	const words = new Map<string, number>();
	const add = (text: string, weight: number) => {
		for (const spelling of spellings(text.toLowerCase(), language)) {
			for (const [word] of spelling.matchAll(/[\p{L}\p{M}]+/gu)) {
				const counts = language.script !== 'Latin' || /[^a-z]/.test(word);
				if (counts) words.set(word, (words.get(word) ?? 0) + weight);
			}
		}
	};
	add(language.words, OWN_WORDS);
	for (const name of namesInCldr(language.locale)) add(name, 1);
	return words;
}

/** The ways in which a text is spelt within the letters that the encodings of its language have. */
function spellings(text: string, { locale }: Language): string[] {
	// Windows-1250 and ISO 8859-2 have the cedilla only
	if (locale === 'ro') return [text, text.replaceAll('ș', 'ş').replaceAll('ț', 'ţ')];
	// Windows-1258 has marks for tones apart from the letter, and the letter with its tone for some of them
	if (locale === 'vi') return [text.replace(/\p{L}/gu, toneApart), someTonesApart(text)];
	// small letters of words in capitals, which go without accents
	if (locale === 'el')
		return [
			text,
			text
				.normalize('NFD')
				.replace(/\u0301/g, '')
				.normalize('NFC'),
		];
	return [text];
}

const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;

function toneApart(letter: string): string {
	const parts = letter.normalize('NFD');
	return parts.replace(TONES, '').normalize('NFC') + (parts.match(TONES) ?? []).join('');
}

function someTonesApart(text: string): string {
	return text.replace(/\p{L}/gu, (letter) => (letter <= '\u00ff' ? letter : toneApart(letter)));
}

const capitals = Array.from({ length: 26 }, (_, i) => String.fromCharCode(65 + i));
const codesOfTwoLetters = capitals.flatMap((first) => capitals.map((second) => first + second));

type NameKind = 'region' | 'language' | 'currency';

/** Codes of two letters that have a name at all; most do not. */
function namedCodes(type: NameKind, codes: readonly string[]): string[] {
	const display = new Intl.DisplayNames('en', { type, fallback: 'none' });
	return codes.filter((code) => display.of(code) !== undefined);
}

let codesWithNames: ReadonlyArray<readonly [NameKind, readonly string[]]> | undefined;

function namesInCldr(locale: string): string[] {
	const smallCodes = codesOfTwoLetters.map((code) => code.toLowerCase());
	codesWithNames ??= [
		['region', namedCodes('region', codesOfTwoLetters)],
		['language', namedCodes('language', smallCodes)],
		['currency', Intl.supportedValuesOf('currency')],
	];
	return codesWithNames.flatMap(([type, codes]) => {
		const display = new Intl.DisplayNames(locale, { type, fallback: 'none' });
		return codes.map((code) => display.of(code) ?? '');
	});
}

/** Pairs where they were seen often enough, single letters where not (Witten and Bell's interpolation). */
function pairLogs(
	words: ReadonlyMap<string, number>,
	letterNumbers: Uint8Array,
	size: number,
): Float32Array {
	const pairs = new Float64Array(size * size);
	for (const [word, weight] of words) {
		let previous = 0;
		for (let i = 0; i <= word.length; i++) {
			const next = i < word.length ? (letterNumbers[word.charCodeAt(i)] ?? 0) : 0;
			const at = previous * size + next;
			pairs[at] = (pairs[at] ?? 0) + weight;
			previous = next;
		}
	}
	const single = new Float64Array(size);
	let all = 0;
	pairs.forEach((count, at) => {
		single[at % size] = (single[at % size] ?? 0) + count;
		all += count;
	});
	const logs = new Float32Array(size * size);
	for (let previous = 0; previous < size; previous++) {
		const row = pairs.subarray(previous * size, (previous + 1) * size);
		let sum = 0;
		let kinds = 0;
		for (const count of row) {
			sum += count;
			if (count > 0) kinds++;
		}
		const fallback = kinds === 0 ? 1 : (kinds * 2) / (sum + kinds * 2);
		for (let next = 0; next < size; next++) {
			const alone = (single[next] ?? 0) / all;
			const pair = sum === 0 ? 0 : (row[next] ?? 0) / sum;
			logs[previous * size + next] = Math.log(
				pair * (1 - fallback) + alone * fallback * 0.8 + FOREIGN_LETTER,
			);
		}
	}
	return logs;
}
