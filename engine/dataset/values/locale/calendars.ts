import { isDay } from '../calendar';

/** Calendars whose months are those of the Gregorian calendar: only their years are counted from elsewhere. */
const yearOffsets: Readonly<Record<string, number>> = { gregory: 0, buddhist: -543, roc: 1911 };

/** Days in a mean year, and the first day of year 1 as days since 1970-01-01. */
const lengths: Readonly<Record<string, { year: number; start: number }>> = {
	persian: { year: 365.2422, start: -492_268 },
	'islamic-umalqura': { year: 354.367, start: -492_148 },
	'islamic-civil': { year: 354.367, start: -492_148 },
	'islamic-tbla': { year: 354.367, start: -492_149 },
};

const MS_PER_DAY = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function partsIn(calendar: string, day: number): [year: number, month: number, day: number] {
	let format = formats.get(calendar);
	if (format === undefined) {
		const options = { year: 'numeric', month: 'numeric', day: 'numeric', timeZone: 'UTC' } as const;
		format = new Intl.DateTimeFormat(`en-u-ca-${calendar}-nu-latn`, options);
		formats.set(calendar, format);
	}
	const parts = format.formatToParts(day * MS_PER_DAY);
	const number = (type: Intl.DateTimeFormatPartTypes) =>
		Number(parts.find((part) => part.type === type)?.value);
	return [number('year'), number('month'), number('day')];
}

/** Steps that the search for a day may take; two or three are usual. */
const MOST_STEPS = 8;

/**
 * The Gregorian year, month and day of a day in another calendar, by what the runtime says of that calendar.
 *
 * @returns undefined when there is no such day, or the calendar is not understood
 */
export function toGregorian(
	calendar: string,
	year: number,
	month: number,
	day: number,
): [number, number, number] | undefined {
	const offset = yearOffsets[calendar];
	if (offset !== undefined) {
		return isDay(year + offset, month, day) ? [year + offset, month, day] : undefined;
	}
	const length = lengths[calendar];
	if (length === undefined) return undefined;
	const perMonth = length.year / 12;
	let guess = Math.round(length.start + (year - 1) * length.year + (month - 1) * perMonth + day);
	for (let step = 0; step < MOST_STEPS; step++) {
		const [y, m, d] = partsIn(calendar, guess);
		if (y === year && m === month && d === day) {
			const found = new Date(guess * MS_PER_DAY);
			return [found.getUTCFullYear(), found.getUTCMonth() + 1, found.getUTCDate()];
		}
		guess += Math.round((year - y) * length.year + (month - m) * perMonth) + (day - d);
	}
	return undefined;
}
