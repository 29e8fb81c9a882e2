import { ambiguous } from '../reading';
import { foldWords } from './characters';
import { compileLocaleDates, LONGEST_DATE, type LocaleDateOptions } from './dates';
import { knownLocale } from './locale';
import { compileOffsets, moveBy } from './relative-dates';

/** Languages that are tried where none is named: those of many readers and files, with full CLDR data. */
const languages =
	'en de fr es pt it nl sv da nb fi is pl cs sk hu ro bg hr sr sl mk uk ru be el tr az kk uz ka hy he ar fa ur hi bn mr ' +
	'ta te th vi id ms fil ja ko zh zh-TW et lv lt ga cy ca eu gl af sw sq mn';

const allLocales = (): string[] =>
	languages.split(' ').flatMap((language) => knownLocale(language) ?? []);

/** Where no word tells the language: day first, and month first. */
const orders = ['en-GB', 'en-US'];

/** Letters of the shortest word that begins a name. */
const BEGINNING = 2;

type LocalesByText = Map<string, Set<string>>;

/** Which languages have a word in their dates: as a name of a month, a day or a part of the day, and by its beginning. */
interface LanguageIndex {
	names: LocalesByText;
	beginnings: LocalesByText;
}

const named = new Set<Intl.DateTimeFormatPartTypes>(['month', 'weekday', 'dayPeriod']);

/** It takes two formats for each language, where all words of its dates take thirty. */
function indexLanguages(): LanguageIndex {
	const index: LanguageIndex = { names: new Map(), beginnings: new Map() };
	// every month, and every day of a week, before and after noon
	const months = Array.from({ length: 12 }, (_, month) => Date.UTC(2023, month, 15, 9));
	const days = Array.from({ length: 7 }, (_, day) => Date.UTC(2023, 0, day + 1, 15));
	const moments = [...months, ...days];
	for (const locale of allLocales()) {
		for (const style of indexStyles(locale)) {
			const format = new Intl.DateTimeFormat(locale, { ...style, timeZone: 'UTC' });
			for (const moment of moments) {
				const parts = format.formatToParts(moment);
				const whole = parts.map(({ value }) => value).join('');
				for (const word of wordsOf(whole)) add(index.beginnings, word.slice(0, BEGINNING), locale);
				for (const { type, value } of parts) {
					if (!named.has(type)) continue;
					for (const word of wordsOf(value)) if (tells(word)) add(index.names, word, locale);
				}
			}
		}
	}
	return index;
}

function indexStyles(locale: string): Intl.DateTimeFormatOptions[] {
	const gregorian = { calendar: 'gregory' } as const;
	const styles: Intl.DateTimeFormatOptions[] = [
		{ ...gregorian, dateStyle: 'full', timeStyle: 'short', hour12: true },
		{ ...gregorian, weekday: 'short', day: 'numeric', month: 'short' },
	];
	const { calendar } = new Intl.DateTimeFormat(locale).resolvedOptions();
	return calendar === 'gregory' ? styles : [...styles, { dateStyle: 'full' }];
}

/** Two Latin letters stand for too much: `de`, `ma`. */
const tells = (word: string): boolean => word.length > 2 || !/^[a-z]+$/.test(word);

function add(map: LocalesByText, text: string, locale: string): void {
	const found = map.get(text);
	if (found === undefined) map.set(text, new Set([locale]));
	else found.add(locale);
}

const wordsOf = (text: string): string[] => foldWords(text).match(/[\p{L}\p{M}]+/gu) ?? [];

/** `am` and `pm` are written in every language. */
const anyHalf = /(?<!\p{L})[ap]\.?m\b/giu;

let languageIndex: LanguageIndex | undefined;

/** The locales that know most words of the text as whole names, and those that know most by their beginnings. */
function candidates(text: string): Array<readonly string[]> {
	const words = [...new Set(wordsOf(text.replace(anyHalf, '')))];
	if (words.length === 0) return [orders];
	languageIndex ??= indexLanguages();
	const { names, beginnings } = languageIndex;
	return [
		mostFrequent(words.map((word) => names.get(word))),
		mostFrequent(words.map((word) => beginnings.get(word.slice(0, BEGINNING)))),
	];
}

/** Those that are there most often, or one time less: a word may be of several languages. */
function mostFrequent(found: ReadonlyArray<ReadonlySet<string> | undefined>): string[] {
	const counts = new Map<string, number>();
	for (const locales of found) {
		for (const locale of locales ?? []) counts.set(locale, (counts.get(locale) ?? 0) + 1);
	}
	const most = Math.max(0, ...counts.values());
	return [...counts].filter(([, count]) => count >= most - 1).map(([locale]) => locale);
}

type Read = (text: string) => string | undefined;
type Result = string | undefined | typeof ambiguous;

/** Dates repeat in a column; memory stays bounded. */
const LARGEST_CACHE = 20_000;

/**
 * Reads dates whose language is not known, in some seventy languages. What two languages or two orders of day and month
 * read as different days is ambiguous.
 */
export function compileDatesInAnyLanguage(
	options: LocaleDateOptions = {},
): (text: string) => Result {
	const { reference } = options;
	const readers = new Map<string, Read>();
	const readerOf = (locale: string): Read => {
		let read = readers.get(locale);
		if (read === undefined) readers.set(locale, (read = compileLocaleDates(locale, options)));
		return read;
	};
	const read = (text: string): Result => {
		for (const locales of candidates(text)) {
			const date = agreement(locales.map((locale) => readerOf(locale)(text)));
			if (date !== undefined) return date;
		}
		if (reference === undefined) return undefined;
		const offsets = compileOffsets(allLocales())(text);
		return agreement(offsets.map((offset) => moveBy(offset, reference)));
	};
	const known = new Map<string, Result>();
	return (text) => {
		if (text.length > LONGEST_DATE) return undefined;
		if (known.has(text)) return known.get(text);
		const result = read(text);
		if (known.size >= LARGEST_CACHE) known.clear();
		known.set(text, result);
		return result;
	};
}

/** What all that have an answer agree on. */
function agreement(answers: ReadonlyArray<string | undefined>): Result {
	const [found, ...others] = new Set(answers.filter((answer) => answer !== undefined));
	return others.length > 0 ? ambiguous : found;
}
