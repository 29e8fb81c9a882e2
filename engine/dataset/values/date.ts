import type { ColumnFormat } from '../dataset';
import { fullYear, isDay, isoDate, isTime } from './calendar';
import { isWeekday, mentionsMonth, monthNumber } from './month-names';
import { timeFromParts, timePattern } from './time';

export type DateOrder = NonNullable<ColumnFormat['dateOrder']>;

/** Longer texts are never dates, and are not worth the search. */
const LONGEST_DATE = 60;

/**
 * Reads a date, with or without a time of day, in the order of its column. The text has no blanks around it.
 *
 * Read in any order: ISO 8601 and other dates that begin with a four-digit year, and dates with the name of a month.
 * Days are checked against the calendar. Nothing is moved between time zones: a zone stays as it is written.
 *
 * @returns `YYYY-MM-DD`; with a time of day `YYYY-MM-DDTHH:MM:SS[.fff][Z|±hh:mm]`; undefined when it is no date
 */
export function readDate(text: string, order: DateOrder): string | undefined {
	const fixed = readFixedDate(text, order);
	if (fixed !== undefined) return fixed;
	if (text.length < 6 || text.length > LONGEST_DATE) return undefined;
	return readNumericDate(text, order) ?? readNamedDate(text);
}

/**
 * The dates of `readDate` whose parts stand at fixed positions, which are nearly all; undefined for all others. It runs for
 * every date of every row.
 */
export function readFixedDate(text: string, order: DateOrder): string | undefined {
	const { length } = text;
	if (length === DATE_LENGTH) return readTenCharacters(text, order);
	if (length === WITH_SECONDS && isoSecond.test(text)) {
		if (text.charCodeAt(DATE_LENGTH) === T) return text;
		return `${text.slice(0, DATE_LENGTH)}T${text.slice(DATE_LENGTH + 1)}`;
	}
	if (length === WITH_SECONDS || length === WITH_MINUTES) return readDateAndTime(text, order);
	return undefined;
}

/** ISO 8601 on days that every month has: a pattern takes half the time of a look at each character. */
const isoSecond =
	/^[1-9]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])[ T](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/;

/** Whether a result of `readDate` carries a time of day. */
export function hasTimeOfDay(iso: string): boolean {
	return iso.length > 10;
}

/** The digits from `start` to before `end` as a number; -1 when one of them is no digit. */
function digitsAt(text: string, start: number, end: number): number {
	let value = 0;
	for (let index = start; index < end; index++) {
		const digit = text.charCodeAt(index) - 0x30;
		if (digit < 0 || digit > 9) return -1;
		value = value * 10 + digit;
	}
	return value;
}

const SLASH = 0x2f;
const DOT = 0x2e;
const HYPHEN = 0x2d;

const isSeparator = (code: number) => code === HYPHEN || code === DOT || code === SLASH;

const DATE_LENGTH = 'YYYY-MM-DD'.length;
const WITH_MINUTES = 'YYYY-MM-DD HH:MM'.length;
const WITH_SECONDS = 'YYYY-MM-DD HH:MM:SS'.length;

/**
 * `2024-12-31` and `31.12.2024` at the start of a text: nearly every date of nearly every file. Without regular expressions, because it runs for
 * every date of every row. What does not fit is left to the patterns below.
 */
function readTenCharacters(text: string, order: DateOrder): string | undefined {
	const fifth = text.charCodeAt(4);
	if (isSeparator(fifth) && fifth === text.charCodeAt(7)) {
		const year = digitsAt(text, 0, 4);
		const month = digitsAt(text, 5, 7);
		const day = digitsAt(text, 8, 10);
		if (!isDay(year, month, day)) return undefined;
		if (fifth !== HYPHEN) return isoDate(year, month, day);
		return text.length === DATE_LENGTH ? text : text.slice(0, DATE_LENGTH);
	}
	const third = text.charCodeAt(2);
	if (order === 'ymd' || !isSeparator(third) || third !== text.charCodeAt(5)) return undefined;
	const first = digitsAt(text, 0, 2);
	const second = digitsAt(text, 3, 5);
	const year = digitsAt(text, 6, 10);
	const day = order === 'dmy' ? first : second;
	const month = order === 'dmy' ? second : first;
	return isDay(year, month, day) ? isoDate(year, month, day) : undefined;
}

const BLANK = 0x20;
const T = 0x54;
const COLON = 0x3a;

/** A date as above with `09:30` or `09:30:00` behind it. `2024-12-31T09:30:00` is a result already: it costs no new text. */
function readDateAndTime(text: string, order: DateOrder): string | undefined {
	const joint = text.charCodeAt(10);
	if ((joint !== BLANK && joint !== T) || text.charCodeAt(13) !== COLON) return undefined;
	const withSeconds = text.length === WITH_SECONDS;
	if (withSeconds && text.charCodeAt(16) !== COLON) return undefined;
	const second = withSeconds ? digitsAt(text, 17, 19) : 0;
	if (!isTime(digitsAt(text, 11, 13), digitsAt(text, 14, 16), second)) return undefined;
	const date = readTenCharacters(text, order);
	if (date === undefined) return undefined;
	if (joint === T && withSeconds && text.charCodeAt(4) === HYPHEN) return text;
	const iso = `${date}T${text.slice(11)}`;
	return withSeconds ? iso : `${iso}:00`;
}

const zonePattern = '(?:\\s?(Z|UTC|GMT)?(?:([-+])(\\d{2}):?(\\d{2})?)?)';
const timeAndZone = `(?:(?:T|,?\\s+|,)${timePattern}${zonePattern})?`;

const numericDate = new RegExp(
	`^(\\d{1,4})(\\s?[-./]\\s?)(\\d{1,2})\\2(\\d{4}|\\d{1,2})\\.?${timeAndZone}$`,
	'i',
);

function readNumericDate(text: string, order: DateOrder): string | undefined {
	const match = numericDate.exec(text);
	if (match === null) return readCompactDate(text, order);
	const date = orderParts(match[1] ?? '', match[3] ?? '', match[4] ?? '', order);
	return date && withTime(date, match, 5);
}

/** ISO 8601 basic format, `20241231`. Only where nothing speaks for another order. */
function readCompactDate(text: string, order: DateOrder): string | undefined {
	if (order !== 'ymd' || text.length !== 8) return undefined;
	const year = digitsAt(text, 0, 4);
	const month = digitsAt(text, 4, 6);
	const day = digitsAt(text, 6, 8);
	return year >= 1900 && isDay(year, month, day) ? isoDate(year, month, day) : undefined;
}

function orderParts(
	first: string,
	second: string,
	third: string,
	order: DateOrder,
): string | undefined {
	if (first.length === 4) {
		return third.length <= 2 ? checkedDate(first, second, third) : undefined;
	}
	if (first.length > 2) return undefined;
	switch (order) {
		case 'dmy':
			return checkedDate(third, second, first);
		case 'mdy':
			return checkedDate(third, first, second);
		case 'ymd':
			return third.length <= 2 ? checkedDate(first, second, third) : undefined;
	}
}

function checkedDate(yearText: string, monthText: string, dayText: string): string | undefined {
	return checkedDay(yearText, Number(monthText), Number(dayText));
}

function checkedDay(yearText: string, month: number, day: number): string | undefined {
	if (yearText.length !== 4 && yearText.length !== 2) return undefined;
	const year = yearText.length === 2 ? fullYear(Number(yearText)) : Number(yearText);
	return isDay(year, month, day) ? isoDate(year, month, day) : undefined;
}

/** Adds the time of day and the zone, whose ten groups begin at `group`, if there is one. */
function withTime(date: string, match: RegExpExecArray, group: number): string | undefined {
	const hour = match[group];
	if (hour === undefined) return date;
	const half = match[group + 4] ?? match[group + 5];
	const time = timeFromParts(hour, match[group + 1], match[group + 2], match[group + 3], half);
	if (time === undefined) return undefined;
	const zone = readZone(match[group + 6], match[group + 7], match[group + 8], match[group + 9]);
	return zone === undefined ? undefined : `${date}T${time}${zone}`;
}

/** '' without a zone, `Z`, `+hh:mm` or `-hh:mm`; undefined when there is no such zone (ISO 8601, RFC 3339). */
export function readZone(
	name: string | undefined,
	sign: string | undefined,
	hours: string | undefined,
	minutes = '00',
): string | undefined {
	if (sign === undefined || hours === undefined) return name === undefined ? '' : 'Z';
	if (Number(hours) > 15 || Number(minutes) > 59) return undefined;
	return `${sign}${hours}:${minutes}`;
}

const namedDate = new RegExp(`^(.*?\\p{L}{3}.*?)${timeAndZone}$`, 'iu');

/** Words that join the parts of a date and say nothing. */
const joints = new Set(['of', 'the', 'de', 'del', 'den', 'der', 'le', 'am', 'on']);

const ordinal = /^(\d{1,2})(?:st|nd|rd|th|er|º|°|\.)?$/i;

/** `31 Dec 2024`, `December 31st, 2024`, `Dienstag, 31. Dezember 2024`, `31-Dec-24`, each with an optional time. */
function readNamedDate(text: string): string | undefined {
	if (!/\d/.test(text) || !mentionsMonth(text)) return undefined;
	const match = namedDate.exec(text);
	if (match === null) return undefined;
	const words = (match[1] ?? '').split(
		/[\s,/]+|(?<=[\d.\p{L}])-(?=[\d\p{L}])|(?<=\d\.)(?=\p{L})|(?<=\p{L}\.)(?=\d)/u,
	);
	const parts = words.filter(
		(word) => word !== '' && !joints.has(word.toLowerCase()) && !isWeekday(word),
	);
	if (parts.length !== 3) return undefined;
	const date = dateFromWords(parts);
	return date && withTime(date, match, 2);
}

function dateFromWords(parts: string[]): string | undefined {
	const monthIndex = parts.findIndex((part) => monthNumber(part) !== undefined);
	const month = monthNumber(parts[monthIndex] ?? '');
	if (month === undefined || monthIndex === 2) return undefined;
	const [first = '', last = ''] = parts.filter((_, index) => index !== monthIndex);
	const yearFirst = /^\d{4}$/.test(first);
	const day = ordinal.exec(yearFirst ? last : first)?.[1];
	const year = yearFirst ? first : last.replace(/\.$/, '');
	if (day === undefined || !/^\d+$/.test(year)) return undefined;
	return checkedDay(year, month, Number(day));
}

const orderNames: Record<DateOrder, string> = {
	ymd: 'year first',
	dmy: 'day first',
	mdy: 'month first',
};

/** The order as a person calls it: `day first`. */
export function nameOfOrder(order: DateOrder): string {
	return orderNames[order];
}
