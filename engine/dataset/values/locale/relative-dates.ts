import { foldWords } from './characters';
import { perLocale } from './locale';

/** A span of time before (negative) or after now. */
interface Offset {
	count: number;
	unit: Intl.RelativeTimeFormatUnitSingular;
}

const units = ['year', 'month', 'week', 'day', 'hour', 'minute', 'second'] as const;

/** Numbers that bring out every form of a word: one, two, few, many, other. */
const counts = [1, 2, 3, 5, 11, 100];

/** Words for one that phrases have instead of the digit. */
const ones: Readonly<Record<string, string>> = {
	en: 'a an one',
	de: 'einem einer einen ein eine',
	fr: 'un une',
	es: 'un una',
	it: 'un una uno',
	pt: 'um uma',
	nl: 'een',
};

interface Phrases {
	/** Phrases by their folded text, a number in them as `#`; `count` is what the number is multiplied by, or the whole. */
	offsets: ReadonlyMap<string, Offset>;
	ones: ReadonlySet<string>;
}

const phrasesOf = perLocale((locale): Phrases => {
	const offsets = new Map<string, Offset>();
	const conflicts = new Set<string>();
	const add = (phrase: string, offset: Offset) => {
		const key = foldWords(phrase).replace(/\d+/g, '#');
		const known = offsets.get(key);
		if (known === undefined) offsets.set(key, offset);
		else if (known.count !== offset.count || known.unit !== offset.unit) conflicts.add(key);
	};
	for (const style of ['long', 'short', 'narrow'] as const) {
		const named = new Intl.RelativeTimeFormat(locale, { style, numeric: 'auto' });
		// only the day has names that say a day: "last week" is no date
		for (let count = -3; count <= 3; count++) {
			const phrase = named.format(count, 'day');
			if (!/\p{Nd}/u.test(phrase)) add(phrase, { count, unit: 'day' });
		}
		const counted = new Intl.RelativeTimeFormat(locale, { style, numeric: 'always' });
		for (const unit of units) {
			for (const count of counts) {
				for (const sign of [-1, 1]) {
					const phrase = counted.format(sign * count, unit);
					if (/\p{Nd}/u.test(phrase)) add(phrase, { count: sign, unit });
				}
			}
		}
	}
	for (const key of conflicts) offsets.delete(key);
	const { language } = new Intl.Locale(locale);
	return { offsets, ones: new Set(ones[language]?.split(' ')) };
});

/** `yesterday`, `vor 2 Wochen`, `in a month`: how far a phrase of the locale is from now; undefined for all else. */
export function readOffset(text: string, locale: string): Offset | undefined {
	const { offsets, ones: wordsForOne } = phrasesOf(locale);
	return lookUp(text, (phrase) => offsets.get(phrase), wordsForOne);
}

let phrasesOfAll: Map<string, Offset[]> | undefined;
let onesOfAll: ReadonlySet<string> = new Set();

/** The same in many languages at once, whose phrases are looked up together. The locales are those of the first call. */
export function compileOffsets(locales: readonly string[]): (text: string) => readonly Offset[] {
	if (phrasesOfAll === undefined) {
		phrasesOfAll = new Map();
		for (const locale of locales) {
			for (const [phrase, offset] of phrasesOf(locale).offsets) {
				const found = phrasesOfAll.get(phrase);
				if (found === undefined) phrasesOfAll.set(phrase, [offset]);
				else found.push(offset);
			}
		}
		onesOfAll = new Set(Object.values(ones).flatMap((words) => words.split(' ')));
	}
	const all = phrasesOfAll;
	return (text) => {
		let counts: readonly Offset[] = [];
		lookUp(
			text,
			(phrase) => {
				const found = all.get(phrase);
				if (found !== undefined) counts = found;
				return found?.[0];
			},
			onesOfAll,
		);
		const [number = '1'] = /\d+/.exec(foldWords(text)) ?? [];
		return counts.map(({ unit, count }) => ({ unit, count: count * Number(number) }));
	};
}

function lookUp(
	text: string,
	offsetOf: (phrase: string) => Offset | undefined,
	wordsForOne: ReadonlySet<string>,
): Offset | undefined {
	const folded = foldWords(text);
	const direct = offsetOf(folded);
	if (direct !== undefined) return direct;
	const numbers = folded.match(/\d+/g) ?? [];
	if (numbers.length > 1) return undefined;
	const counted =
		numbers.length === 1
			? folded.replace(/\d+/, '#')
			: folded.replace(/\p{L}+/gu, (word) => (wordsForOne.has(word) ? '#' : word));
	const offset = counted === folded ? undefined : offsetOf(counted);
	return offset && { unit: offset.unit, count: offset.count * Number(numbers[0] ?? 1) };
}

/**
 * The moment so far from another.
 *
 * @param reference ISO date, or date-time without a zone
 * @returns a date for days and longer units, a date-time for shorter ones; undefined when the reference has no time of
 *   day for those, or the day is out of the calendar
 */
export function moveBy({ count, unit }: Offset, reference: string): string | undefined {
	const isDay = unit === 'year' || unit === 'month' || unit === 'week' || unit === 'day';
	if (!isDay && reference.length <= DATE_LENGTH) return undefined;
	const date = new Date(`${isDay ? reference.slice(0, DATE_LENGTH) : reference.slice(0, 19)}Z`);
	switch (unit) {
		case 'year':
			moveMonths(date, count * 12);
			break;
		case 'month':
			moveMonths(date, count);
			break;
		case 'week':
			date.setUTCDate(date.getUTCDate() + count * 7);
			break;
		case 'day':
			date.setUTCDate(date.getUTCDate() + count);
			break;
		default:
			date.setTime(date.getTime() + count * (milliseconds[unit] ?? 0));
	}
	if (Number.isNaN(date.getTime()) || date.getUTCFullYear() < 1 || date.getUTCFullYear() > 9999) {
		return undefined;
	}
	return date.toISOString().slice(0, isDay ? DATE_LENGTH : 19);
}

const DATE_LENGTH = 'YYYY-MM-DD'.length;

const milliseconds: Readonly<Record<string, number>> = {
	hour: 3_600_000,
	minute: 60_000,
	second: 1000,
};

/** The same day of another month, or its last day where it is shorter. */
function moveMonths(date: Date, months: number): void {
	const day = date.getUTCDate();
	date.setUTCDate(1);
	date.setUTCMonth(date.getUTCMonth() + months);
	const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
	date.setUTCDate(Math.min(day, last));
}
