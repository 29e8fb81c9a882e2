import { isoTime, isTime } from './calendar';

/**
 * `9:30`, `09:30:15.250`, `9:30 PM`, `9 p.m.`: the time of day in patterns of this folder. Its five groups are hour,
 * minute, second, fraction, and a or p.
 */
export const timePattern =
	'(\\d{1,2})(?::(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?(?:\\s?([ap])\\.?m\\.?)?|\\s?([ap])\\.?m\\.?)';

const timeOfDay = new RegExp(`^${timePattern}$`, 'i');

/**
 * Reads a time of day, without blanks around it.
 *
 * @returns `HH:MM:SS`, with `.fff` when there is a fraction of a second, or undefined when it is none
 */
export function readTime(text: string): string | undefined {
	if (text.length > 40) return undefined;
	const match = timeOfDay.exec(text);
	if (match === null) return undefined;
	return timeFromParts(match[1], match[2], match[3], match[4], match[5] ?? match[6]);
}

/** The ISO time of the parts that `timePattern` finds; undefined when there is no such time. */
export function timeFromParts(
	hourText: string | undefined,
	minuteText: string | undefined,
	secondText: string | undefined,
	fraction: string | undefined,
	half: string | undefined,
): string | undefined {
	const hour = hourOfDay(Number(hourText), half);
	const minute = Number(minuteText ?? 0);
	const second = Number(secondText ?? 0);
	if (hour === undefined || !isTime(hour, minute, second)) return undefined;
	return isoTime(hour, minute, second, fraction);
}

/** The hour from 0 to 23; `half` is a or p for an hour of the twelve-hour clock. */
export function hourOfDay(hour: number, half: string | undefined): number | undefined {
	if (half === undefined) return hour;
	if (hour < 1 || hour > 12) return undefined;
	const isAfternoon = half === 'p' || half === 'P';
	return (hour % 12) + (isAfternoon ? 12 : 0);
}
