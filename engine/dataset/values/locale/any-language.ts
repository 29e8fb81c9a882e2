import { ambiguous } from '../reading';
import { foldWords } from './characters';
import { compileLocaleDates, LONGEST_DATE, type LocaleDateOptions } from './dates';
import { knownLocale } from './locale';
import { moveBy, readOffset } from './relative-dates';

/** Languages that are tried where none is named: those of many readers and files, with full CLDR data. */
const languages =
	'en de fr es pt it nl sv da nb fi is pl cs sk hu ro bg hr sr sl mk uk ru be el tr az kk uz ka hy he ar fa ur hi bn mr ' +
	'ta te th vi id ms fil ja ko zh zh-TW et lv lt ga cy ca eu gl af sw sq mn';

/** Where no word tells the language: day first, and month first. */
const orders = ['en-GB', 'en-US'];

const SHORTEST_BEGINNING = 2;

/**
 * Languages by the first letters of their names of months and days. It takes a few formats for each language, where all
 * its words take many.
 */
function indexLanguages(): Map<string, Set<string>> {
	const index = new Map<string, Set<string>>();
	const days = Array.from({ length: 12 }, (_, month) => Date.UTC(2023, month, month + 1));
	for (const language of languages.split(' ')) {
		const locale = knownLocale(language);
		if (locale === undefined) continue;
		for (const style of [{ dateStyle: 'full' }, { dateStyle: 'medium' }] as const) {
			const format = new Intl.DateTimeFormat(locale, {
				...style,
				calendar: 'gregory',
				timeZone: 'UTC',
			});
			for (const day of days) {
				for (const beginning of beginningsOf(format.format(day))) {
					const found = index.get(beginning);
					if (found === undefined) index.set(beginning, new Set([locale]));
					else found.add(locale);
				}
			}
		}
	}
	return index;
}

const beginningsOf = (text: string): string[] =>
	(foldWords(text).match(/[\p{L}\p{M}]+/gu) ?? []).map((word) => word.slice(0, SHORTEST_BEGINNING));

let languagesByBeginning: Map<string, Set<string>> | undefined;

/** The locales whose words the text may be made of; those that have most of them only. */
function candidates(text: string): readonly string[] {
	const beginnings = beginningsOf(text.replace(/(?<!\p{L})[ap]\.?m\b/giu, ''));
	if (beginnings.length === 0) return orders;
	languagesByBeginning ??= indexLanguages();
	const found = new Set<string>();
	for (const beginning of beginnings) {
		for (const locale of languagesByBeginning.get(beginning) ?? []) found.add(locale);
	}
	return found.size > 0 ? [...found] : languages.split(' ');
}

type Read = (text: string) => string | undefined;

/**
 * Reads dates whose language is not known, in some seventy languages. What two languages or two orders of day and month
 * read as different days is ambiguous.
 */
export function compileDatesInAnyLanguage(
	options: LocaleDateOptions = {},
): (text: string) => string | undefined | typeof ambiguous {
	const readers = new Map<string, Read>();
	const readerOf = (language: string): Read => {
		let read = readers.get(language);
		if (read === undefined) {
			const locale = knownLocale(language);
			read = locale === undefined ? () => undefined : compileLocaleDates(locale, options);
			readers.set(language, read);
		}
		return read;
	};
	return (text) => {
		if (text.length > LONGEST_DATE) return undefined;
		const date = agreement(candidates(text), (language) => readerOf(language)(text));
		if (date !== undefined) return date;
		const from = options.reference;
		if (from === undefined || !/\p{L}{2}/u.test(text)) return undefined;
		return agreement(languages.split(' '), (language) => {
			const locale = knownLocale(language);
			const offset = locale === undefined ? undefined : readOffset(text, locale);
			return offset && moveBy(offset, from);
		});
	};
}

/** What all languages that can read it agree on. */
function agreement(
	from: readonly string[],
	read: (language: string) => string | undefined,
): string | undefined | typeof ambiguous {
	let found: string | undefined;
	for (const language of from) {
		const date = read(language);
		if (date === undefined || date === found) continue;
		if (found !== undefined) return ambiguous;
		found = date;
	}
	return found;
}
