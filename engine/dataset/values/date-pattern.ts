import { fullYear, isDay, isoDate, isoTime, isTime } from './calendar';
import { readZone } from './date';
import { isWeekday, monthNumber } from './month-names';
import { hourOfDay } from './time';

/** Reads the dates that one pattern describes; undefined for a text that does not fit it. */
export interface DatePattern {
	/** Whether the pattern holds an hour, so that its dates are date-times. */
	readonly hasTime: boolean;
	/** Gives ISO text like `readDate`. */
	readonly read: (text: string) => string | undefined;
}

/** Where the parts of a date are collected while a text is read. */
interface Parts {
	year: number;
	month: number;
	day: number;
	hour: number;
	minute: number;
	second: number;
	fraction: string;
	half: string | undefined;
	zone: string;
}

/** Reads one field at a position and returns the position behind it, or -1. */
type ReadField = (text: string, position: number, parts: Parts) => number;

type NumberPart = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second';

/** Between `least` and `most` digits into a part of the date. */
function digits(part: NumberPart, least: number, most: number): ReadField {
	return (text, position, parts) => {
		let value = 0;
		let end = position;
		while (end < text.length && end - position < most) {
			const digit = text.charCodeAt(end) - 0x30;
			if (digit < 0 || digit > 9) break;
			value = value * 10 + digit;
			end++;
		}
		if (end - position < least) return -1;
		parts[part] = value;
		return end;
	};
}

function literal(expected: string): ReadField {
	return (text, position) =>
		text.startsWith(expected, position) ? position + expected.length : -1;
}

const letters = /[\p{L}.]+/uy;

function wordAt(text: string, position: number): string {
	letters.lastIndex = position;
	return letters.exec(text)?.[0] ?? '';
}

const monthName: ReadField = (text, position, parts) => {
	const word = wordAt(text, position);
	const withoutDot = word.replace(/\.$/, '');
	const month = monthNumber(withoutDot);
	if (month === undefined) return -1;
	parts.month = month;
	return position + withoutDot.length;
};

const weekdayName: ReadField = (text, position) => {
	const word = wordAt(text, position).replace(/\.$/, '');
	return isWeekday(word) ? position + word.length : -1;
};

const twoDigitYear: ReadField = (text, position, parts) => {
	const end = digits('year', 2, 2)(text, position, parts);
	if (end !== -1) parts.year = fullYear(parts.year);
	return end;
};

const fractionOfSecond: ReadField = (text, position, parts) => {
	const found = /^\d{1,9}/.exec(text.slice(position, position + 9))?.[0];
	if (found === undefined) return -1;
	parts.fraction = found;
	return position + found.length;
};

const halfOfDay: ReadField = (text, position, parts) => {
	const found = /^([ap])\.?m\.?/i.exec(text.slice(position, position + 4));
	if (found === null) return -1;
	parts.half = found[1];
	return position + found[0].length;
};

const zoneOffset: ReadField = (text, position, parts) => {
	const found = /^(?:(Z|UTC|GMT)|([-+])(\d{2}):?(\d{2})?)/i.exec(
		text.slice(position, position + 6),
	);
	if (found === null) return -1;
	const zone = readZone(found[1], found[2], found[3], found[4]);
	if (zone === undefined) return -1;
	parts.zone = zone;
	return position + found[0].length;
};

/**
 * The fields of Unicode Technical Standard 35 that dates in files are made of. `YYYY`, `DD` and `A`, which other programs
 * use for the same, are understood too.
 */
const fields: Record<string, ReadField> = {
	yyyy: digits('year', 4, 4),
	yy: twoDigitYear,
	MMMM: monthName,
	MMM: monthName,
	MM: digits('month', 2, 2),
	M: digits('month', 1, 2),
	dd: digits('day', 2, 2),
	d: digits('day', 1, 2),
	EEEE: weekdayName,
	EEE: weekdayName,
	HH: digits('hour', 2, 2),
	H: digits('hour', 1, 2),
	hh: digits('hour', 2, 2),
	h: digits('hour', 1, 2),
	mm: digits('minute', 2, 2),
	m: digits('minute', 1, 2),
	ss: digits('second', 2, 2),
	s: digits('second', 1, 2),
	a: halfOfDay,
	Z: zoneOffset,
	XXX: zoneOffset,
};

const aliases: Record<string, string> = {
	YYYY: 'yyyy',
	YY: 'yy',
	DD: 'dd',
	D: 'd',
	A: 'a',
	X: 'Z',
};

/**
 * Compiles a pattern such as `dd.MM.yyyy HH:mm`.
 *
 * Letters are fields, text in single quotes and every other character stand for themselves. A single letter (`d`, `M`,
 * `H`) reads one or two digits.
 *
 * @throws RangeError with a message for a person when the pattern has an unknown field, or no year, month or day
 */
export function compileDatePattern(pattern: string): DatePattern {
	const tokens = pattern.match(/'[^']*'|([A-Za-z])\1*|[^A-Za-z']+/g) ?? [];
	const names = tokens.map((token) => aliases[token] ?? token);
	const readers = names.map(fieldReader);
	const has = (letter: string) => names.some((name) => name.startsWith(letter));
	for (const letter of ['y', 'M', 'd']) {
		if (!has(letter)) {
			throw new RangeError(`The date pattern "${pattern}" has no ${nameOfLetter(letter)}`);
		}
	}
	const hasTime = has('H') || has('h');
	return { hasTime, read: (text) => readWith(readers, text, hasTime) };
}

const nameOfLetter = (letter: string) =>
	letter === 'y' ? 'year (yyyy)' : letter === 'M' ? 'month (MM)' : 'day (dd)';

function fieldReader(token: string): ReadField {
	if (token.startsWith("'")) return literal(token === "''" ? "'" : token.slice(1, -1));
	if (!/^[A-Za-z]/.test(token)) return literal(token);
	if (/^S+$/.test(token)) return fractionOfSecond;
	const field = fields[token];
	if (field === undefined) {
		throw new RangeError(
			`The date pattern has an unknown field "${token}"; known are ${Object.keys(fields).join(', ')}`,
		);
	}
	return field;
}

function readWith(
	readers: readonly ReadField[],
	text: string,
	hasTime: boolean,
): string | undefined {
	const parts: Parts = {
		year: 0,
		month: 0,
		day: 0,
		hour: 0,
		minute: 0,
		second: 0,
		fraction: '',
		half: undefined,
		zone: '',
	};
	let position = 0;
	for (const read of readers) {
		position = read(text, position, parts);
		if (position === -1) return undefined;
	}
	if (position !== text.length || !isDay(parts.year, parts.month, parts.day)) return undefined;
	const date = isoDate(parts.year, parts.month, parts.day);
	if (!hasTime) return date;
	const hour = hourOfDay(parts.hour, parts.half);
	if (hour === undefined || !isTime(hour, parts.minute, parts.second)) return undefined;
	return `${date}T${isoTime(hour, parts.minute, parts.second, parts.fraction)}${parts.zone}`;
}
