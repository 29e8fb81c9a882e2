const daysOfMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether the day exists in the proleptic Gregorian calendar, years 1 to 9999. */
export function isDay(year: number, month: number, day: number): boolean {
	if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) return false;
	if (day <= 28) return true;
	if (month === 2 && day === 29) {
		return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
	}
	return day <= (daysOfMonth[month - 1] ?? 0);
}

/** Whether the time of day exists; leap seconds and 24:00 are none. */
export function isTime(hour: number, minute: number, second: number): boolean {
	return inRange(hour, 23) && inRange(minute, 59) && inRange(second, 59);
}

const inRange = (value: number, most: number) => value >= 0 && value <= most;

/**
 * The year meant by two digits: 1950 to 2049, the rule of current Windows, Excel and .NET 8
 * (`Calendar.TwoDigitYearMax` = 2049).
 */
export function fullYear(year: number): number {
	return year < 50 ? 2000 + year : 1900 + year;
}

const twoDigits = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, '0'));

const padTwo = (value: number) => twoDigits[value] ?? '00';

/** ISO 8601 date of a day that was checked. */
export function isoDate(year: number, month: number, day: number): string {
	return `${padTwo(Math.trunc(year / 100))}${padTwo(year % 100)}-${padTwo(month)}-${padTwo(day)}`;
}

/**
 * ISO 8601 time of day that was checked.
 *
 * @param fraction digits behind the second; written as milliseconds at least, not at all when they are zero
 */
export function isoTime(hour: number, minute: number, second: number, fraction = ''): string {
	const time = `${padTwo(hour)}:${padTwo(minute)}:${padTwo(second)}`;
	const digits = fraction.replace(/0+$/, '');
	return digits === '' ? time : `${time}.${digits.padEnd(3, '0')}`;
}
