/** What a number stands for when its cell is formatted as a date or time. */
export const TimeKind = { none: 0, date: 1, dateTime: 2, time: 3, duration: 4 } as const;

export type TimeKind = (typeof TimeKind)[keyof typeof TimeKind];

/**
 * The built-in formats that show dates and times (ECMA-376 part 1, 18.8.30). 27 to 36 and 50 to 58 are dates and times of
 * the Chinese, Japanese and Korean editions, 71 to 81 of the Thai one.
 */
const builtIn = new Map<number, TimeKind>([
	...range(14, 17, TimeKind.date),
	...range(18, 21, TimeKind.time),
	[22, TimeKind.dateTime],
	...range(27, 31, TimeKind.date),
	...range(32, 33, TimeKind.time),
	...range(34, 36, TimeKind.date),
	[45, TimeKind.time],
	[46, TimeKind.duration],
	[47, TimeKind.time],
	...range(50, 58, TimeKind.date),
	...range(71, 74, TimeKind.date),
	...range(75, 76, TimeKind.time),
	[77, TimeKind.dateTime],
	[78, TimeKind.time],
	[79, TimeKind.duration],
	[80, TimeKind.time],
	[81, TimeKind.date],
]);

function range(first: number, last: number, kind: TimeKind): [number, TimeKind][] {
	return Array.from({ length: last - first + 1 }, (_, index) => [first + index, kind]);
}

/** What a number format that Excel knows by its number only stands for. */
export function builtInTimeKind(id: number): TimeKind {
	return builtIn.get(id) ?? TimeKind.none;
}

/** Excel takes 255 characters; a code far beyond that is an attack. */
const LONGEST_CODE = 1000;

/** Text that is shown as it stands: quoted, escaped, padded (`_x`, `*x`), and the name of the general format. */
const LITERALS = /"[^"]*(?:"|$)|[\\_*!].|General/gis;
const ELAPSED = /\[(?:h+|m+|s+)\]/i;
const BRACKETED = /\[[^\]]*\]/g;
const HALF_OF_DAY = /am\/pm|a\/p|上午\/下午|午前\/午後|오전\/오후/gi;
const FRACTION_OF_SECOND = /(?<=s)\.0+/gi;
const DIGIT_PLACES = /[0#?]/;
const DATE_AND_TIME_PARTS = /([ymdhsegb])\1*/gi;

/**
 * Decides from a number format code (ECMA-376 part 1, 18.8.31) whether it shows a date, a time, both or a span of time.
 * Of the sections for positive, negative and zero numbers, the first that shows any of them decides.
 */
export function timeKindOfCode(code: string): TimeKind {
	if (code.length > LONGEST_CODE) return TimeKind.none;
	const sections = code.replace(LITERALS, '').split(';');
	return sections.map(timeKindOfSection).find((kind) => kind !== TimeKind.none) ?? TimeKind.none;
}

function timeKindOfSection(section: string): TimeKind {
	if (ELAPSED.test(section)) return TimeKind.duration;
	const parts = section
		.replace(BRACKETED, '')
		.replace(HALF_OF_DAY, 'h')
		.replace(FRACTION_OF_SECOND, '');
	// A unit that its writer forgot to quote, as in `0.0 g`, makes no date.
	if (DIGIT_PLACES.test(parts)) return TimeKind.none;
	const letters = Array.from(parts.matchAll(DATE_AND_TIME_PARTS), ([token]) =>
		token[0]?.toLowerCase(),
	);
	const time = letters.some((letter) => letter === 'h' || letter === 's');
	const date = letters.some((letter, index) => isDatePart(letter, letters, index));
	if (date) return time ? TimeKind.dateTime : TimeKind.date;
	return time ? TimeKind.time : TimeKind.none;
}

/** `m` is a minute after hours or before seconds and a month elsewhere. */
function isDatePart(
	letter: string | undefined,
	letters: readonly (string | undefined)[],
	index: number,
): boolean {
	if (letter !== 'm') return letter !== 'h' && letter !== 's';
	return letters[index - 1] !== 'h' && letters[index + 1] !== 's';
}
