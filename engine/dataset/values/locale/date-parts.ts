import { fullYear, isDay, isoDate, isoTime, isTime } from '../calendar';
import { toGregorian } from './calendars';
import type { DateToken } from './date-tokens';
import type { DateWords, Meaning, Order } from './date-words';

/** The pieces of a date, sorted by what they say. */
interface DateParts {
	/** Numbers that are not of the time of day, as written. */
	numbers: string[];
	month?: { month: number; calendar: string; numbersBefore: number };
	weekday?: number;
	era?: NonNullable<Meaning['era']>;
	/** ISO time of day. */
	time?: string;
}

type NumberToken = Extract<DateToken, { kind: 'number' }>;

/** Sorts the pieces; undefined when they say more or other things than a date and a time. */
export function sortTokens(tokens: readonly DateToken[]): DateParts | undefined {
	const meaningful = tokens.filter(({ kind, text }) => kind !== 'sign' || text !== ' ');
	const months = monthsOf(meaningful);
	if (months.length > 1) return undefined;
	const [month] = months;
	const clock = takeClock(meaningful, tokens, month !== undefined);
	if (clock === undefined) return undefined;
	const parts: DateParts = { numbers: [] };
	for (const token of clock.rest) {
		if (token.kind === 'number') parts.numbers.push(token.text);
		if (token.kind !== 'word') continue;
		const { meaning } = token;
		if (token === month && meaning.month !== undefined) {
			parts.month = {
				month: meaning.month,
				calendar: meaning.calendar ?? 'gregory',
				numbersBefore: parts.numbers.length,
			};
		} else if (meaning.weekday !== undefined) {
			parts.weekday = meaning.weekday;
		} else if (meaning.era !== undefined) {
			parts.era = meaning.era;
		} else if (
			meaning.joint !== true &&
			meaning.hours === undefined &&
			meaning.unit === undefined
		) {
			return undefined;
		}
	}
	if (clock.time !== '') parts.time = clock.time;
	return parts;
}

/** The words that name the month. One that may be a weekday as well is one where another word names the month. */
function monthsOf(tokens: readonly DateToken[]): DateToken[] {
	const isMonth = (token: DateToken) => token.kind === 'word' && token.meaning.month !== undefined;
	const isWeekday = (token: DateToken) =>
		token.kind === 'word' && token.meaning.weekday !== undefined;
	let months = tokens.filter(isMonth);
	const first = months.find(isWeekday);
	if (months.length === 2 && first !== undefined) months = months.filter((each) => each !== first);
	return months;
}

interface Clock {
	/** ISO time, or '' when there is none. */
	time: string;
	rest: readonly DateToken[];
}

/** Takes the time of day out of the pieces; undefined when what looks like one is none. */
function takeClock(
	tokens: readonly DateToken[],
	spaced: readonly DateToken[],
	hasMonth: boolean,
): Clock | undefined {
	const hours = tokens.flatMap((token) =>
		token.kind === 'word' &&
		token.meaning.month === undefined &&
		token.meaning.weekday === undefined
			? [token.meaning.hours ?? []]
			: [],
	);
	const [half] = hours.filter((list) => list.length > 0);
	const found =
		clockWithColons(tokens) ??
		clockWithDot(tokens, spaced, hasMonth ? 2 : 3) ??
		clockWithUnits(tokens) ??
		(half === undefined ? undefined : clockWithHalf(tokens));
	if (found === undefined) {
		// a part of the day alone says the time only where it is one hour: noon, midnight
		if (half === undefined) return { time: '', rest: tokens };
		return half.length === 1 ? { time: isoTime(half[0] ?? 0, 0, 0), rest: tokens } : undefined;
	}
	const { numbers, from, to, fraction = '' } = found;
	const [hour = 0, minute = 0, second = 0] = numbers.map(Number);
	const inDay = hourInHalf(hour, half);
	if (inDay === undefined || !isTime(inDay, minute, second)) return undefined;
	return {
		time: isoTime(inDay, minute, second, fraction),
		rest: [...tokens.slice(0, from), ...tokens.slice(to)],
	};
}

function hourInHalf(hour: number, half: readonly number[] | undefined): number | undefined {
	if (half === undefined || half.includes(hour)) return hour;
	const other = (hour + 12) % 24;
	return half.includes(other) ? other : undefined;
}

interface FoundClock {
	numbers: string[];
	fraction?: string;
	from: number;
	to: number;
}

const isNumber = (token: DateToken | undefined): token is NumberToken => token?.kind === 'number';

const isSign = (token: DateToken | undefined, sign: string) =>
	token?.kind === 'sign' && token.text === sign;

function clockWithColons(tokens: readonly DateToken[]): FoundClock | undefined {
	const colon = tokens.findIndex((token) => isSign(token, ':'));
	const [hour, minute] = [tokens[colon - 1], tokens[colon + 1]];
	if (!isNumber(hour) || !isNumber(minute) || minute.text.length !== 2) return undefined;
	const found: FoundClock = { numbers: [hour.text, minute.text], from: colon - 1, to: colon + 2 };
	const second = tokens[colon + 3];
	if (isSign(tokens[colon + 2], ':') && isNumber(second)) {
		found.numbers.push(second.text);
		found.to += 2;
		const fraction = tokens[colon + 5];
		const point = isSign(tokens[colon + 4], '.') || isSign(tokens[colon + 4], ',');
		if (point && isNumber(fraction) && fraction.text.length >= 3) {
			found.fraction = fraction.text;
			found.to += 2;
		}
	}
	return found;
}

const unitOf = (token: DateToken | undefined) =>
	token?.kind === 'word' ? token.meaning.unit : undefined;

/** `18 h 05`, `7 гадзін 10 хвілін`, `8時30分`. */
function clockWithUnits(tokens: readonly DateToken[]): FoundClock | undefined {
	for (const [from, token] of tokens.entries()) {
		if (!isNumber(token) || unitOf(tokens[from + 1]) !== 'hour' || token.text.length > 2) continue;
		const found: FoundClock = { numbers: [token.text], from, to: from + 2 };
		for (const unit of ['minute', 'second'] as const) {
			const next = tokens[found.to];
			if (!isNumber(next) || next.text.length > 2) break;
			const isNamed = unitOf(tokens[found.to + 1]) === unit;
			if (!isNamed && (unit !== 'minute' || next.text.length !== 2)) break;
			found.numbers.push(next.text);
			found.to += isNamed ? 2 : 1;
		}
		return found;
	}
	return undefined;
}

/** `14.12` behind a date, whose numbers are complete without it. */
function clockWithDot(
	tokens: readonly DateToken[],
	spaced: readonly DateToken[],
	dateNumbers: number,
): FoundClock | undefined {
	const numbers = tokens.flatMap((token, index) => (isNumber(token) ? [index] : []));
	const [from = 0, to = 0] = numbers.slice(-2);
	const [hour, minute] = [tokens[from], tokens[to]];
	const hasWord = tokens
		.slice(to)
		.some((token) => token.kind === 'word' && (token.meaning.hours ?? token.meaning.unit));
	const enough =
		numbers.length === dateNumbers + 2 || (hasWord && numbers.length === dateNumbers + 1);
	if (!enough || !isNumber(hour) || !isNumber(minute)) return undefined;
	if (to !== from + 2 || !isSign(tokens[from + 1], '.') || minute.text.length !== 2)
		return undefined;
	// "21.14" is written in one; "10. 21" is of a date
	const at = spaced.indexOf(hour);
	if (spaced[at + 1]?.text !== '.' || spaced[at + 2] !== minute) return undefined;
	return { numbers: [hour.text, minute.text], from, to: to + 1 };
}

/** `9 pm`, `晚上8点` without the last sign. */
function clockWithHalf(tokens: readonly DateToken[]): FoundClock | undefined {
	const half = tokens.findIndex((token) => token.kind === 'word' && token.meaning.hours);
	for (const from of [half - 1, half + 1]) {
		const token = tokens[from];
		if (isNumber(token) && token.text.length <= 2)
			return { numbers: [token.text], from, to: from + 1 };
	}
	return undefined;
}

/** Year, month and day in the calendar that the locale or its words say. */
interface Day {
	year: number;
	month: number;
	day: number;
	calendar: string;
}

/**
 * The Gregorian day that the pieces say, as ISO text. Two orders that both fit give a day only where the locale says
 * which it uses.
 *
 * @param year taken when none is written; a date without one is undefined where this is
 */
export function dayOf(parts: DateParts, words: DateWords, year?: number): string | undefined {
	const day = parts.month === undefined ? numericDay(parts, words) : namedDay(parts, words, year);
	if (day === undefined) return undefined;
	const gregorian = toGregorian(day.calendar, day.year, day.month, day.day);
	return gregorian && isDay(...gregorian) ? isoDate(...gregorian) : undefined;
}

function namedDay(
	{ numbers, month, era }: DateParts,
	{ namedOrder, calendar }: DateWords,
	yearAtHand: number | undefined,
): Day | undefined {
	if (month === undefined) return undefined;
	const [first, second, ...more] = numbers;
	if (first === undefined || more.length > 0) return undefined;
	if (second === undefined) {
		if (yearAtHand === undefined || first.length > 2) return undefined;
		return { year: yearAtHand, month: month.month, day: Number(first), calendar: month.calendar };
	}
	const yearFirst = isYear(first) || (!isYear(second) && namedOrder.startsWith('y'));
	const [yearText, dayText] = yearFirst ? [first, second] : [second, first];
	return dayInEra(yearText, month.month, dayText, era, month.calendar, calendar);
}

const isYear = (digits: string) => digits.length === 4 || Number(digits) > 31;

function numericDay(
	{ numbers, era }: DateParts,
	{ numericOrder, calendar }: DateWords,
): Day | undefined {
	const [first = '', second = '', third = ''] = numbers;
	if (numbers.length !== 3 || second.length > 2) return undefined;
	const order = orderOfNumbers(first, second, third, numericOrder);
	const place = (letter: string) => numbers[order?.indexOf(letter) ?? -1] ?? '';
	return dayInEra(place('y'), Number(place('m')), place('d'), era, calendar, calendar);
}

function orderOfNumbers(
	first: string,
	second: string,
	third: string,
	order: Order,
): Order | undefined {
	if (first.length === 4) return order === 'ydm' ? 'ydm' : 'ymd';
	if (third.length !== 4 || !order.startsWith('y')) return order;
	// where years come first, nothing says what comes first in a date that ends with one
	if (Number(first) > 12 || first === second) return 'dmy';
	return Number(second) > 12 ? 'mdy' : undefined;
}

/** Years of the Persian and Islamic calendars in our time; those of the Buddhist one are above 2400. */
const isOwnYear: Readonly<Record<string, (year: number) => boolean>> = {
	buddhist: (year) => year > 2400,
	roc: () => false,
};
const isYearOfOurTime = (year: number) => year > 1200 && year < 1600;

function dayInEra(
	yearText: string,
	month: number,
	dayText: string,
	era: DateParts['era'],
	monthCalendar: string,
	calendar: string,
): Day | undefined {
	if (!/^\d{1,4}$/.test(yearText) || !/^\d{1,2}$/.test(dayText)) return undefined;
	const written = Number(yearText);
	const day = Number(dayText);
	if (era !== undefined && era.calendar !== 'gregory' && monthsAreGregorian(era.calendar)) {
		return { year: era.before + written, month, day, calendar: 'gregory' };
	}
	if (yearText.length !== 2 && yearText.length !== 4) return undefined;
	if (monthCalendar !== 'gregory' && yearText.length === 4 && !monthsAreGregorian(monthCalendar)) {
		return { year: written, month, day, calendar: monthCalendar };
	}
	const isOwn = isOwnYear[calendar] ?? isYearOfOurTime;
	if (calendar !== 'gregory' && isOwn(written) && era?.calendar !== 'gregory') {
		return { year: written, month, day, calendar };
	}
	const year = yearText.length === 2 ? fullYear(written) : written;
	return { year, month, day, calendar: 'gregory' };
}

const monthsAreGregorian = (calendar: string) => ['buddhist', 'japanese', 'roc'].includes(calendar);
