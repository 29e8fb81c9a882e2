import { foldWords } from './characters';
import type { DateWords, Meaning } from './date-words';

/** A piece of a date as it is written. */
export type DateToken =
	| { kind: 'number'; text: string }
	| { kind: 'word'; text: string; meaning: Meaning }
	/** A sign between two pieces; a blank where there is nothing else. */
	| { kind: 'sign'; text: string };

/** Takes a text apart; undefined when a word of it is not one of dates. */
export type TakeApart = (text: string) => DateToken[] | undefined;

/** Scripts that write words without blanks between them: there a word may begin and end anywhere. */
const unspaced =
	/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Hangul}]/u;

const signs = /\s*(?:[-–—−‐‑./,،、·:'’`"@|()+º°]|\s)\s*/uy;
const digits = /\d+/y;
const letters = /[\p{L}\p{M}]+/uy;

/** The pieces of dates in the words of a locale. Longer words go before shorter ones. */
export function compileTakeApart({ words }: DateWords): TakeApart {
	const names = [...words.keys()].sort((a, b) => b.length - a.length);
	const known = patternOf(names);
	return (text) => {
		const folded = foldWords(text);
		const tokens: DateToken[] = [];
		let position = 0;
		while (position < folded.length) {
			const word = matchAt(known, folded, position);
			if (word !== undefined) {
				const name = word.replace(/\s?\.\s?/g, '.').replace(/\s+/g, ' ');
				const meaning = words.get(name) ?? words.get(withoutDots(name, names));
				tokens.push({ kind: 'word', text: word, meaning: meaning ?? {} });
				position += word.length;
				continue;
			}
			const number = matchAt(digits, folded, position);
			const sign = number === undefined ? matchAt(signs, folded, position) : undefined;
			const other =
				number === undefined && sign === undefined ? matchAt(letters, folded, position) : undefined;
			if (number !== undefined) {
				tokens.push({ kind: 'number', text: number });
			} else if (sign !== undefined) {
				tokens.push({ kind: 'sign', text: sign.trim() === '' ? ' ' : sign.trim() });
			} else if (other !== undefined) {
				const meaning = meaningOfPart(other, words);
				if (meaning === undefined) return undefined;
				tokens.push({ kind: 'word', text: other, meaning });
			} else {
				return undefined;
			}
			position += (number ?? sign ?? other ?? ' ').length;
		}
		return tokens;
	};
}

function matchAt(pattern: RegExp, text: string, position: number): string | undefined {
	pattern.lastIndex = position;
	return pattern.exec(text)?.[0];
}

/** One pattern for all names. What must stand around a name is checked once, which keeps the pattern cheap to compile. */
function patternOf(names: readonly string[]): RegExp {
	const bodies = (fits: (name: string) => boolean) =>
		`(?:${names.filter(fits).map(bodyOf).join('|') || '(?!)'})`;
	const isNumbered = (name: string) => /^\d/.test(name);
	const isFree = (name: string) => !isNumbered(name) && unspaced.test(name);
	const isCounted = (name: string) => !isFree(name) && !isNumbered(name) && /\d$/.test(name);
	const isWord = (name: string) => !isFree(name) && !isNumbered(name) && !isCounted(name);
	return new RegExp(
		`${bodies(isWord)}(?![\\p{L}\\p{M}])|${bodies(isCounted)}(?!\\d)|${bodies(isFree)}|(?<!\\d)${bodies(isNumbered)}`,
		'uy',
	);
}

/** The dots inside a name (`p.m`, `ม.ค`) may be left out, or have a blank behind them. */
function bodyOf(name: string): string {
	return name
		.replace(/[*+?^${}()|[\]\\/]/g, '\\$&')
		.replaceAll('-', '[-‐‑]')
		.replaceAll(' ', '\\s?')
		.replaceAll('.', '\\s?\\.?\\s?');
}

const bare = (name: string) => name.replace(/[.\s]/g, '');

function withoutDots(name: string, names: readonly string[]): string {
	return names.find((each) => bare(each) === bare(name)) ?? name;
}

/** Shortest beginning of a name that stands for it; Latin letters need more, for two of them mean too much. */
const shortestBeginning = (word: string) => (/[a-z]/.test(word) ? 3 : 2);

/**
 * The meaning of a word that is no full name: the beginning of one (`Sept`, `авгу`), a name with another ending
 * (`studenom` for `studeni`), or a day of the week with letters left out (`птн` for `пятница`). Only where all names that
 * it may stand for are of the same month or day.
 */
function meaningOfPart(word: string, words: ReadonlyMap<string, Meaning>): Meaning | undefined {
	if (word.length < shortestBeginning(word) && !unspaced.test(word)) return undefined;
	return (
		agreed(words, (name) => name.startsWith(word)) ??
		agreed(words, (name) => isInflected(word, name)) ??
		agreed(words, (name, { weekday }) => weekday !== undefined && isShortened(word, name))
	);
}

const LONGEST_ENDING = 3;
const SHORTEST_STEM = 4;
const LONGEST_SHORTENED = 4;

function isInflected(word: string, name: string): boolean {
	let stem = 0;
	while (stem < word.length && word[stem] === name[stem]) stem++;
	return (
		stem >= SHORTEST_STEM &&
		// a longer word that only begins with a name is another word: Marchand
		stem < word.length &&
		stem < name.length &&
		word.length - stem <= LONGEST_ENDING &&
		name.length - stem <= LONGEST_ENDING
	);
}

function isShortened(word: string, name: string): boolean {
	if (word.length < 3 || word.length > LONGEST_SHORTENED || word[0] !== name[0]) return false;
	let found = 0;
	for (const letter of name) if (letter === word[found]) found++;
	return found === word.length;
}

function agreed(
	words: ReadonlyMap<string, Meaning>,
	fits: (name: string, meaning: Meaning) => boolean,
): Meaning | undefined {
	let agreement: Meaning | undefined;
	for (const [name, meaning] of words) {
		const { month, weekday, hours } = meaning;
		if (month === undefined && weekday === undefined && hours === undefined) continue;
		if (/\d/.test(name) || !fits(name, meaning)) continue;
		if (agreement === undefined) agreement = { ...meaning };
		else if (!isSame(agreement, meaning)) return undefined;
	}
	return agreement;
}

const isSame = (a: Meaning, b: Meaning) =>
	a.month === b.month && a.weekday === b.weekday && String(a.hours) === String(b.hours);
