export interface CalendarDate {
	year: number;
	month: number;
	day: number;
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** Two digits of a year: up to this one they are of this century. */
const LATEST_SHORT_YEAR = 40;

const fullYear = (year: number, digits: number): number =>
	digits > 2 ? year : year + (year <= LATEST_SHORT_YEAR ? 2000 : 1900);

const checked = (year: number, month: number, day: number): CalendarDate | undefined => {
	// a month beyond 12 is a day, whose place was mistaken
	const [m, d] = month > 12 ? [day, month] : [month, day];
	const isDate = m >= 1 && m <= 12 && d >= 1 && d <= 31 && year >= 1000 && year < 3000;
	return isDate ? { year, month: m, day: d } : undefined;
};

/**
 * A date in ISO 8601, in eight digits, or in numbers with a sign between them, or with an English month; day and month in
 * either order. Good enough to compare: where the order is wrong, it is for both.
 */
export function readDate(text: string): CalendarDate | undefined {
	const value = text.trim().toLowerCase();
	if (value.length > 30) return undefined;
	const packed = /^(\d{4})(\d\d)(\d\d)$/.exec(value);
	if (packed !== null) return checked(Number(packed[1]), Number(packed[2]), Number(packed[3]));
	const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:$|[t ])/.exec(value);
	if (iso !== null) return checked(Number(iso[1]), Number(iso[2]), Number(iso[3]));
	const numbers = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{2}|\d{4})(?:$| )/.exec(value);
	if (numbers !== null) {
		const [, day = '', month = '', year = ''] = numbers;
		return checked(fullYear(Number(year), year.length), Number(month), Number(day));
	}
	return withMonthName(value);
}

function withMonthName(value: string): CalendarDate | undefined {
	const name = /\p{L}{3,}/u.exec(value)?.[0].slice(0, 3);
	const month = name === undefined ? 0 : MONTHS.indexOf(name) + 1;
	const numbers = value.match(/\d+/g) ?? [];
	if (month === 0 || numbers.length !== 2) return undefined;
	const [first = '', second = ''] = numbers;
	const [day, year] = first.length === 4 ? [second, first] : [first, second];
	return checked(fullYear(Number(year), year.length), month, Number(day));
}

/** The days since 1970, by a calendar whose months are all alike: for differences that need not be exact. */
const roughDays = ({ year, month, day }: CalendarDate): number => year * 365 + month * 30.4 + day;

const digits = ({ year, month, day }: CalendarDate): string =>
	`${year}${String(month).padStart(2, '0')}${String(day).padStart(2, '0')}`;

function countWrongDigits(a: string, b: string): number {
	let wrong = 0;
	for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) wrong++;
	return wrong;
}

const sorted = (text: string): string => Array.from(text).sort().join('');

/** How alike two dates are, from 0 to 1: a digit that is wrong, or day and month swapped, leaves them close. */
export function compareDates(a: CalendarDate, b: CalendarDate): number {
	const textA = digits(a);
	const textB = digits(b);
	if (textA === textB) return 1;
	if (a.year === b.year && a.month === b.day && a.day === b.month) return 0.95;
	const wrong = countWrongDigits(textA, textB);
	if (wrong === 1) return 0.9;
	const isSwapped = wrong === 2 && sorted(textA) === sorted(textB);
	if (isSwapped) return 0.9;
	if (Math.abs(roughDays(a) - roughDays(b)) <= 31) return 0.75;
	const same = Number(a.year === b.year) + Number(a.month === b.month) + Number(a.day === b.day);
	if (same === 2) return 0.75;
	return a.year === b.year ? 0.5 : wrong === 2 ? 0.4 : 0;
}
