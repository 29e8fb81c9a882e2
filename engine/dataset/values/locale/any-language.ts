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
	const moments = Array.from({ length: 12 }, (_, m) => Date.UTC(2023, m, m + 1, m < 6 ? 9 : 15));
	const common = { calendar: 'gregory', timeZone: 'UTC', hour12: true } as const;
	for (const locale of allLocales()) {
		for (const dateStyle of ['full', 'medium'] as const) {
			const style = { ...common, dateStyle, timeStyle: 'short' } as const;
			const format = new Intl.DateTimeFormat(locale, style);
			for (const moment of moments) {
				for (const { type, value } of format.formatToParts(moment)) {
					for (const word of wordsOf(value)) {
						if (named.has(type)) add(index.names, word, locale);
						add(index.beginnings, word.slice(0, BEGINNING), locale);
					}
				}
			}
		}
	}
	return index;
}

function add(map: LocalesByText, text: string, locale: string): void {
	const found = map.get(text);
	if (found === undefined) map.set(text, new Set([locale]));
	else found.add(locale);
}

const wordsOf = (text: string): string[] => foldWords(text).match(/[\p{L}\p{M}]+/gu) ?? [];

/** `am` and `pm` are written in every language. */
const anyHalf = /(?<!\p{L})[ap]\.?m\b/giu;

let languageIndex: LanguageIndex | undefined;

/** The locales that know most words of the text, as whole names if there are such, else by their beginnings. */
function candidates(text: string): readonly string[] {
	const words = wordsOf(text.replace(anyHalf, ''));
	if (words.length === 0) return orders;
	languageIndex ??= indexLanguages();
	const { names, beginnings } = languageIndex;
	const exact = mostFrequent(words.map((word) => names.get(word)));
	if (exact.length > 0) return exact;
	return mostFrequent(words.map((word) => beginnings.get(word.slice(0, BEGINNING))));
}

function mostFrequent(found: ReadonlyArray<ReadonlySet<string> | undefined>): string[] {
	const counts = new Map<string, number>();
	for (const locales of found) {
		for (const locale of locales ?? []) counts.set(locale, (counts.get(locale) ?? 0) + 1);
	}
	const most = Math.max(0, ...counts.values());
	return [...counts].filter(([, count]) => count === most).map(([locale]) => locale);
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
		const date = agreement(candidates(text).map((locale) => readerOf(locale)(text)));
		if (date !== undefined || reference === undefined) return date;
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
