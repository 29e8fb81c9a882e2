import { compareDates } from './date';
import type { FieldKind } from './field-kind';
import { isOneEditApart, jaroWinkler } from './jaro-winkler';
import type { PreparedValue } from './prepared-value';
import { tokenSimilarity } from './token-similarity';

/** Says how alike two values are, from 0 (nothing in common) to 1 (the same). */
export type Comparator = (a: PreparedValue, b: PreparedValue) => number;

export interface ComparatorOptions {
	/** How far two values of a number field usually are apart. */
	spread?: number;
}

/** Texts that have nothing to do with each other still share letters: below this, likeness means nothing. */
const CHANCE = 0.6;

const aboveChance = (likeness: number): number => Math.max(0, (likeness - CHANCE) / (1 - CHANCE));

/** Letters decide in short texts, words in long ones. */
const LONGEST_BY_LETTERS = 30;

const withoutBlanks = (text: string): string => text.replaceAll(' ', '');

const byWords: Comparator = (a, b) => {
	const words = tokenSimilarity(a, b);
	if (a.text.length > LONGEST_BY_LETTERS || b.text.length > LONGEST_BY_LETTERS) return words;
	if (/\d/.test(a.text) || /\d/.test(b.text)) return words;
	const letters = aboveChance(jaroWinkler(withoutBlanks(a.text), withoutBlanks(b.text)));
	return Math.max(words, letters * 0.98);
};

const OTHER_NUMBER = 0.45;

const numbersOf = (text: string): string => text.replace(/\D/g, '');

const byEmail: Comparator = (a, b) => {
	const [boxA = '', domainA = ''] = a.text.split('@');
	const [boxB = '', domainB = ''] = b.text.split('@');
	if (isOneEditApart(a.text, b.text)) return 0.95;
	// many share a domain: there the mailbox decides
	const isShared = domainA === domainB;
	const whole = aboveChance(isShared ? jaroWinkler(boxA, boxB) : jaroWinkler(a.text, b.text));
	const box = boxA === boxB && boxA.length > 3 ? 0.85 : 0;
	// mailboxes of namesakes differ in their numbers
	const most = isShared && numbersOf(boxA) !== numbersOf(boxB) ? OTHER_NUMBER : 0.98;
	return Math.max(box, Math.min(most, whole));
};

/** Country codes and trunk prefixes are written or left out, so the ends are compared. */
const byPhone: Comparator = ({ text: a }, { text: b }) => {
	const [short, long] = a.length <= b.length ? [a, b] : [b, a];
	const local = short.replace(/^0+/, '');
	if (local.length >= 6 && long.endsWith(local)) return 0.98;
	if (local.length >= 9 && long.endsWith(local.slice(-8))) return 0.95;
	const end = long.slice(-short.length);
	if (short.length >= 6 && isOneEditApart(short, end)) return 0.9;
	return short.slice(-4) === long.slice(-4) ? 0.5 : 0;
};

const byCode: Comparator = ({ text: a }, { text: b }) => {
	const [short, long] = a.length <= b.length ? [a, b] : [b, a];
	if (short.length >= 4 && (long.startsWith(short) || long.endsWith(short))) return 0.85;
	if (short.length >= 4 && isOneEditApart(a, b)) return 0.8;
	if (short.length >= 3 && isOneEditApart(a, b)) return 0.5;
	return short.length < 4 ? 0 : 0.6 * aboveChance(jaroWinkler(a, b));
};

/** In shorter numbers one digit is most of what there is. */
const LEAST_FOR_SLIP = 10_000;

const byNumber =
	(spread = Infinity): Comparator =>
	({ number: a = NaN }, { number: b = NaN }) => {
		const apart = Math.abs(a - b);
		const relative = 1 - (2.5 * apart) / Math.max(Math.abs(a), Math.abs(b));
		const absolute = 1 - apart / spread;
		const near = 0.97 * Math.max(0, Math.min(relative, absolute));
		const isSlip = Math.max(a, b) >= LEAST_FOR_SLIP && isOneEditApart(String(a), String(b));
		return isSlip ? Math.max(near, 0.6) : near;
	};

/** The comparator of a kind; values that are the same are alike whatever they are. */
export function comparatorOf(kind: FieldKind, { spread }: ComparatorOptions = {}): Comparator {
	const compare = comparatorsOf[kind](spread);
	return (a, b) => (a.text === b.text ? 1 : compare(a, b));
}

const comparatorsOf: Readonly<Record<FieldKind, (spread?: number) => Comparator>> = {
	text: () => byWords,
	'first-name': () => byWords,
	'last-name': () => byWords,
	name: () => byWords,
	company: () => byWords,
	address: () => byWords,
	email: () => byEmail,
	phone: () => byPhone,
	code: () => byCode,
	number: byNumber,
	date: () => (a, b) =>
		a.date === undefined || b.date === undefined ? 0 : compareDates(a.date, b.date),
};
