import { readDate, readZone, type DateOrder } from '../date';
import { dayOf, sortTokens } from './date-parts';
import { compileTakeApart, type TakeApart } from './date-tokens';
import { dateWords } from './date-words';
import { perLocale } from './locale';
import { moveBy, readOffset } from './relative-dates';

/** Longer texts are never dates, and are not worth the search. */
export const LONGEST_DATE = 100;

export interface LocaleDateOptions {
	/** Order of day and month in numbers, where it is not the one of the locale. */
	order?: DateOrder;
	/**
	 * ISO date or date-time that `yesterday` counts from. With it, dates without a year are of its year, and a weekday or a
	 * time alone is of the last such day; without it they are no dates.
	 */
	reference?: string;
}

const takeApartIn = perLocale((locale): TakeApart => compileTakeApart(dateWords(locale)));

const isoStart = /^\d{4}-\d{2}-\d{2}(?:$|[T ])/;

/**
 * Reads dates as people of a locale write them: its order of day and month, names of months in all forms, days of the
 * week, eras and calendars, parts of the day, digits of any script, and phrases such as `2 weeks ago`. ISO 8601 is read
 * in every locale.
 *
 * @param locale one that `knownLocale` gave
 * @returns like `readDate`
 */
export function compileLocaleDates(
	locale: string,
	{ order, reference }: LocaleDateOptions = {},
): (text: string) => string | undefined {
	const own = dateWords(locale);
	const words = order === undefined ? own : { ...own, numericOrder: order };
	const takeApart = takeApartIn(locale);
	return (text) => {
		if (text.length > LONGEST_DATE) return undefined;
		if (isoStart.test(text)) return readDate(text, 'ymd');
		const { body, zone } = splitZone(text);
		const tokens = takeApart(body);
		const parts = tokens && sortTokens(tokens);
		if (parts !== undefined) {
			const year = reference === undefined ? undefined : Number(reference.slice(0, 4));
			const noDate = parts.numbers.length === 0 && parts.month === undefined;
			const saysSomething = parts.weekday !== undefined || parts.time !== undefined;
			const day =
				noDate && saysSomething && reference !== undefined
					? lastWeekday(reference, parts.weekday)
					: dayOf(parts, words, year);
			if (day !== undefined) return parts.time === undefined ? day : `${day}T${parts.time}${zone}`;
		}
		if (reference === undefined) return undefined;
		const offset = readOffset(text, locale);
		return offset && moveBy(offset, reference);
	};
}

const zoneBehindTime =
	/(?<=\d:\d\d(?:[.,]\d+)?(?:\s?[ap]\.?m\.?)?)\s?(Z|UTC|GMT)?(?:([-+])(\d{2}):?(\d{2})?)?$/i;

function splitZone(text: string): { body: string; zone: string } {
	const match = zoneBehindTime.exec(text);
	if (match === null || match[0] === '') return { body: text, zone: '' };
	const zone = readZone(match[1], match[2], match[3], match[4]);
	if (zone === undefined || zone === '') return { body: text, zone: '' };
	return { body: text.slice(0, match.index), zone };
}

/** The day itself or the last one before it that is this weekday. */
function lastWeekday(reference: string, weekday: number | undefined): string | undefined {
	if (weekday === undefined) return reference.slice(0, 10);
	const today = new Date(`${reference.slice(0, 10)}T00:00:00Z`).getUTCDay();
	return moveBy({ count: -((today - weekday + 7) % 7), unit: 'day' }, reference);
}
