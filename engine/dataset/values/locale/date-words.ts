import { foldWords } from './characters';
import { perLocale } from './locale';

/** All that a word may mean in a date: `mar` is March and Tuesday in some languages. */
export interface Meaning {
	/** 1 to 12, and the calendar that it is a month of. */
	month?: number;
	calendar?: string;
	/** 0 is Sunday. */
	weekday?: number;
	/** The hours, 0 to 23, that a part of the day such as PM or `вечера` covers. */
	hours?: number[];
	/** What the number before it counts in a time of day: `7 гадзін 10 хвілін`. */
	unit?: 'hour' | 'minute' | 'second';
	/** The calendar of an era, and the Gregorian year before its year 1. */
	era?: { calendar: string; before: number };
	/** It joins the parts and says nothing: `de`, `г.`, `at`. */
	joint?: boolean;
}

export type Order = 'dmy' | 'mdy' | 'ymd' | 'ydm';

/** How the dates of a locale are written, as the CLDR data of the runtime has it. */
export interface DateWords {
	words: ReadonlyMap<string, Meaning>;
	/** Order of the parts where the month is a number, and where it is a name. */
	numericOrder: Order;
	namedOrder: Order;
	/** The calendar that the locale uses if nothing else is said. */
	calendar: string;
}

/** A year with no day that two calendars number alike. */
const YEAR = 2023;

const utc = (month: number, day: number, hour = 0) => Date.UTC(YEAR, month - 1, day, hour);

/** Written everywhere, whatever the language; and words that people use and CLDR does not have. */
const everywhere: ReadonlyArray<readonly [string, Meaning]> = [
	['am', { hours: range(0, 12) }],
	['a.m', { hours: range(0, 12) }],
	['pm', { hours: range(12, 24) }],
	['p.m', { hours: range(12, 24) }],
];

const joints: Readonly<Record<string, string>> = {
	en: 'st nd rd th of the on',
	de: 'den dem der am',
	fr: 'le er',
	es: 'el del a las en º',
	it: 'il alle ore º',
	pt: 'as º',
	nl: 'de om',
	da: 'd den kl',
	vi: 'ngày năm lúc',
	hi: 'सन् को',
	ru: 'год года г',
	uk: 'року рік',
	bg: 'год година',
	pl: 'roku r',
	cs: 'roku',
};

/** Parts of the day that people write and CLDR does not have. */
const partsOfDay: Readonly<Record<string, ReadonlyArray<readonly [string, number[]]>>> = {
	hi: [
		['पूर्वाह्न', range(0, 12)],
		['अपराह्न', range(12, 24)],
	],
	hr: [['ponoć', [0]]],
	sr: [['поноћ', [0]]],
};

/** Calendars that dates of a language are written in beside the one that it uses by default. */
const otherCalendars: Readonly<Record<string, readonly string[]>> = {
	ar: ['islamic-umalqura'],
	fa: ['persian'],
	ps: ['persian'],
};

function range(from: number, to: number): number[] {
	return Array.from({ length: to - from }, (_, index) => from + index);
}

/** The words of dates in a locale that `knownLocale` gave. */
export const dateWords = perLocale((locale): DateWords => {
	const words = new Map<string, Meaning>();
	const add = (word: string, meaning: Meaning) => {
		const key = foldName(word);
		if (key !== '' && !/^\d+$/.test(key)) words.set(key, { ...meaning, ...words.get(key) });
	};
	const { calendar } = new Intl.DateTimeFormat(locale).resolvedOptions();
	const { language } = new Intl.Locale(locale);
	const calendars = new Set(['gregory', calendar, ...(otherCalendars[language] ?? [])]);
	for (const each of calendars) addMonths(inCalendar(locale, each), each, add);
	addWeekdays(locale, add);
	addTimes(locale, add);
	addEras(locale, calendars, add);
	for (const [word, hours] of partsOfDay[language] ?? []) add(word, { hours });
	for (const joint of joints[language]?.split(' ') ?? []) add(joint, { joint: true });
	for (const [word, meaning] of everywhere) add(word, meaning);
	return {
		words,
		calendar,
		numericOrder: orderOf(locale, { dateStyle: 'short' }),
		namedOrder: orderOf(locale, { dateStyle: 'long' }),
	};
});

const foldName = (word: string) => foldWords(word).replace(/^[.\s]+|[.\s]+$/g, '');

const inCalendar = (locale: string, calendar: string) =>
	new Intl.Locale(locale, { calendar }).toString();

type Add = (word: string, meaning: Meaning) => void;
type Part = Intl.DateTimeFormatPart;

const monthStyles: readonly Intl.DateTimeFormatOptions[] = [
	{ month: 'long' },
	{ month: 'short' },
	{ month: 'long', day: 'numeric' },
	{ month: 'short', day: 'numeric' },
	{ dateStyle: 'full' },
	{ dateStyle: 'long' },
	{ dateStyle: 'medium' },
	{ dateStyle: 'short' },
];

/** A day in each month of the calendars whose months do not begin with the Gregorian ones: one in ten days. */
function daysOfYear(calendar: string): number[] {
	if (calendar === 'gregory' || calendar === 'buddhist') return range(1, 13).map((m) => utc(m, 15));
	return range(0, 37).map((step) => utc(1, 1 + step * 10));
}

function addMonths(locale: string, calendar: string, add: Add): void {
	const days = daysOfYear(calendar);
	const numeric = new Intl.DateTimeFormat(withLatinDigits(locale), {
		month: 'numeric',
		timeZone: 'UTC',
	});
	const numbers = days.map((day) => Number(partOf(numeric.formatToParts(day), 'month')));
	for (const style of monthStyles) {
		const format = new Intl.DateTimeFormat(locale, { ...style, timeZone: 'UTC' });
		for (const [index, day] of days.entries()) {
			const parts = format.formatToParts(day);
			for (const name of namesOfMonth(parts)) add(name, { month: numbers[index], calendar });
			addJoints(parts, add);
		}
	}
}

const withLatinDigits = (locale: string) =>
	new Intl.Locale(locale, { numberingSystem: 'latn' }).toString();

const partOf = (parts: readonly Part[], type: Intl.DateTimeFormatPartTypes) =>
	parts.find((part) => part.type === type)?.value.replace(/\D/g, '');

/** The name as it stands alone and with what is written together with it: `ינואר`, `בינואר`, `martxoaren`, `12月`, `tháng 12`. */
function namesOfMonth(parts: readonly Part[]): string[] {
	const at = parts.findIndex(({ type }) => type === 'month');
	const name = parts[at]?.value;
	if (name === undefined) return [];
	const before = literalAt(parts, at - 1);
	const behind = literalAt(parts, at + 1);
	if (/\p{L}/u.test(name)) {
		const prefix = /\p{L}+$/u.exec(before)?.[0] ?? '';
		const ending = /^\p{L}+/u.exec(behind)?.[0] ?? '';
		return [name, prefix + name, name + ending];
	}
	const counter = /^\p{L}+/u.exec(behind)?.[0];
	if (counter !== undefined) return [name + counter];
	const word = /(\p{L}+)\.? $/u.exec(before)?.[1];
	return word === undefined ? [] : [`${word} ${name}`];
}

function literalAt(parts: readonly Part[], index: number): string {
	const part = parts[index];
	return part?.type === 'literal' ? part.value : '';
}

function addJoints(parts: readonly Part[], add: Add): void {
	for (const { type, value } of parts) {
		if (type !== 'literal') continue;
		for (const [word] of value.matchAll(/[\p{L}\p{M}]+/gu)) add(word, { joint: true });
	}
}

function addWeekdays(locale: string, add: Add): void {
	for (const weekday of ['long', 'short'] as const) {
		const format = new Intl.DateTimeFormat(locale, { weekday, timeZone: 'UTC' });
		// 1 January 2023 is a Sunday
		for (let day = 0; day < 7; day++) add(format.format(utc(1, 1 + day)), { weekday: day });
	}
	const dated = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone: 'UTC' });
	for (let day = 0; day < 7; day++) {
		const name = dated.formatToParts(utc(1, 1 + day)).find(({ type }) => type === 'weekday');
		if (name !== undefined) add(name.value, { weekday: day });
	}
}

function addTimes(locale: string, add: Add): void {
	const halves = new Intl.DateTimeFormat(locale, {
		hour: 'numeric',
		hour12: true,
		timeZone: 'UTC',
	});
	for (const [hour, hours] of [
		[9, range(0, 12)],
		[15, range(12, 24)],
	] as const) {
		const parts = halves.formatToParts(utc(1, 1, hour));
		const name = parts.find(({ type }) => type === 'dayPeriod');
		if (name !== undefined) add(name.value, { hours });
	}
	for (const dayPeriod of ['long', 'narrow'] as const) addPartsOfDay(locale, dayPeriod, add);
	const glue = { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' } as const;
	addJoints(new Intl.DateTimeFormat(locale, glue).formatToParts(utc(1, 1, 9)), add);
	const hourOnly = { hour: 'numeric', hour12: false, timeZone: 'UTC' } as const;
	for (const { type, value } of new Intl.DateTimeFormat(locale, hourOnly).formatToParts(
		utc(1, 1, 9),
	)) {
		if (type === 'literal') add(value, { unit: 'hour' });
	}
	for (const unit of ['hour', 'minute', 'second'] as const) addUnit(locale, unit, add);
}

function addPartsOfDay(locale: string, dayPeriod: 'long' | 'narrow', add: Add): void {
	const options = { hour: 'numeric', dayPeriod, hour12: true, timeZone: 'UTC' } as const;
	const format = new Intl.DateTimeFormat(locale, options);
	const hoursOf = new Map<string, number[]>();
	for (let hour = 0; hour < 24; hour++) {
		const parts = format.formatToParts(utc(1, 1, hour));
		const name = parts.find(({ type }) => type === 'dayPeriod')?.value;
		if (name !== undefined) hoursOf.set(name, [...(hoursOf.get(name) ?? []), hour]);
	}
	for (const [name, hours] of hoursOf) add(name, { hours });
}

function addUnit(locale: string, unit: 'hour' | 'minute' | 'second', add: Add): void {
	for (const unitDisplay of ['long', 'short', 'narrow'] as const) {
		const format = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay });
		// words change with the number: one, two, few, many
		for (const value of [1, 2, 5, 10]) {
			const name = format.formatToParts(value).find(({ type }) => type === 'unit');
			if (name !== undefined) add(name.value, { unit });
		}
	}
}

/** Calendars that a language counts eras in beside the one it uses by default. */
const otherEras: Readonly<Record<string, string>> = { ja: 'japanese', 'zh-TW': 'roc' };

function addEras(locale: string, own: ReadonlySet<string>, add: Add): void {
	const { language, region } = new Intl.Locale(locale).maximize();
	const other = otherEras[language] ?? otherEras[`${language}-${region}`];
	for (const each of [...own, ...(other === undefined ? [] : [other])]) {
		for (const era of ['long', 'short'] as const) {
			const options = { era, year: 'numeric', timeZone: 'UTC' } as const;
			const format = new Intl.DateTimeFormat(inCalendar(locale, each), options);
			for (const year of each === 'japanese' ? [1880, 1920, 1950, 2000, YEAR] : [YEAR]) {
				const parts = format.formatToParts(Date.UTC(year, 6, 1));
				const name = parts.find(({ type }) => type === 'era')?.value;
				const count = Number(foldWords(partOfEra(parts)));
				if (name !== undefined) add(name, { era: { calendar: each, before: year - count } });
			}
		}
	}
}

const partOfEra = (parts: readonly Part[]) =>
	parts.find(({ type }) => /^(?:year|relatedYear)$/.test(type))?.value ?? '';

function orderOf(locale: string, style: Intl.DateTimeFormatOptions): Order {
	const format = new Intl.DateTimeFormat(inCalendar(locale, 'gregory'), style);
	const letters = format
		.formatToParts(utc(6, 15))
		.map(({ type }) => type)
		.filter((type) => type === 'year' || type === 'month' || type === 'day')
		.map((type) => type.charAt(0))
		.join('');
	return letters as Order;
}
