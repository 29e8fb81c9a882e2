import { canonicalDecimal, exactNumber } from '../decimal-text';
import { asciiDigits, plainBlanks, withoutMarks } from './characters';
import { foldMultiplier, numberNotation, type NumberNotation } from './number-notation';

/** Longer texts are never numbers, and are not worth the search. */
const LONGEST_NUMBER = 100;

/** What stands around the digits of a number. */
interface Dress {
	negative: boolean;
	/** Places by which the decimal point moves: percent 2 to the left, a million 6 to the right. */
	shift: number;
	isAmount: boolean;
}

/**
 * Reads numbers as people of a locale write them: its decimal and group signs, the digits of any script, percent
 * (divided by 100), currencies in signs and words, `1,2 Mio.`, `1.5E3`, a minus of any form before or behind, accounting
 * parentheses, and direction marks.
 *
 * @param locale one that `knownLocale` gave
 * @returns like `readNumber`: a number where it is exact, else decimal text; undefined when the text is not a number
 */
export function compileLocaleNumbers(
	locale: string,
): (text: string) => number | string | undefined {
	const notation = numberNotation(locale);
	const exponent = new RegExp(
		`\\s?(?:${notation.exponents.map(escaped).join('|')})\\s?([-+−]?)(\\d{1,3})(?!\\d)`,
		'u',
	);
	return (text) => (text.length > LONGEST_NUMBER ? undefined : readIn(notation, exponent, text));
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** From the first digit, with a decimal sign before it, to the last. */
const digitsInside = /[.,٫]?\d(?:[\d.,٫٬'’\s]*\d)?[.,٫]?/;

function readIn(
	notation: NumberNotation,
	exponentPattern: RegExp,
	text: string,
): number | string | undefined {
	let rest = asciiDigits(plainBlanks(withoutMarks(text))).replaceAll('’', "'");
	let exponent = 0;
	const scientific = /\d/.test(rest) ? exponentPattern.exec(rest) : null;
	if (scientific !== null && scientific.index > 0) {
		// like 12E45, which is an id
		const isId = /^\d+e\d+$/i.test(rest.trim());
		if (isId) return undefined;
		exponent = Number(scientific[2]) * (scientific[1] === '' || scientific[1] === '+' ? 1 : -1);
		rest = rest.slice(0, scientific.index) + rest.slice(scientific.index + scientific[0].length);
	}
	const core = digitsInside.exec(rest);
	if (core === null) return undefined;
	const before = rest.slice(0, core.index);
	// a point behind the digits belongs to a word or ends the number
	const dress = readDress(notation, before, rest.slice(core.index + core[0].length));
	if (dress === undefined) return undefined;
	const digits = takeDigits(notation, core[0], dress.isAmount);
	if (digits === undefined) return undefined;
	const { whole, fraction } = digits;
	return exactNumber(canonicalDecimal(dress.negative, whole, fraction, dress.shift + exponent));
}

function readDress(notation: NumberNotation, before: string, behind: string): Dress | undefined {
	const dress: Dress = { negative: false, shift: 0, isAmount: false };
	const open = before.includes('(');
	if (open !== behind.includes(')')) return undefined;
	let signs = open ? 1 : 0;
	dress.negative = open;
	let percents = 0;
	const words: string[] = [];
	for (const side of [before, behind]) {
		let word = '';
		for (const character of side) {
			if (notation.minuses.has(character) || character === '+') {
				signs++;
				dress.negative = character !== '+';
			} else if (notation.percents.has(character)) percents++;
			else if (character !== '(' && character !== ')') word += character;
		}
		if (word.trim() !== '') words.push(word.trim());
	}
	if (signs > 1 || percents > 1) return undefined;
	if (percents === 1) dress.shift = -2;
	for (const word of words) if (!readWords(notation, word, dress)) return undefined;
	return dress;
}

/** A currency, a word for a power of ten, or both in any order. */
function readWords(notation: NumberNotation, text: string, dress: Dress): boolean {
	const power = notation.multipliers.get(foldMultiplier(text));
	if (power !== undefined && dress.shift === 0) {
		dress.shift = power;
		return true;
	}
	if (!dress.isAmount && notation.isCurrency(text)) {
		dress.isAmount = true;
		return true;
	}
	const blank = text.indexOf(' ');
	if (blank !== -1) {
		return (
			readWords(notation, text.slice(0, blank), dress) &&
			readWords(notation, text.slice(blank + 1), dress)
		);
	}
	const sign = /\p{Sc}/u.exec(text)?.[0];
	if (sign === undefined || sign === text) return false;
	return readWords(notation, sign, dress) && readWords(notation, text.replace(sign, ''), dress);
}

/** Groups of three, or the last of three and those before it of two, as in India; never with a zero at the start. */
const grouped = /^[1-9]\d{0,2}(?:(?: \d{3})+|(?: \d{2})+ \d{3})$/;

function takeDigits(
	notation: NumberNotation,
	core: string,
	isAmount: boolean,
): { whole: string; fraction: string } | undefined {
	const own = split(notation, core, notation.decimal);
	if (!isAmount || notation.currencyDecimal === notation.decimal) return own;
	return split(notation, core, notation.currencyDecimal) ?? own;
}

function split(
	{ groups, decimal, currencyDecimal }: NumberNotation,
	core: string,
	sign: string,
): { whole: string; fraction: string } | undefined {
	const [whole = '', fraction = '', ...more] = core.split(sign);
	if (more.length > 0 || !/^\d*$/.test(fraction)) return undefined;
	const digits = whole.trim();
	if (/^\d*$/.test(digits)) {
		return digits === '' && fraction === '' ? undefined : { whole: digits, fraction };
	}
	const marks = new Set(digits.replace(/\d/g, ''));
	const [mark = ''] = marks;
	// blanks and apostrophes group digits everywhere; a sign that may be the decimal one does not
	const groups3 = mark === ' ' || mark === "'" || groups.has(mark);
	const isDecimal = mark === decimal && mark === currencyDecimal;
	if (marks.size > 1 || !groups3 || isDecimal || mark === sign) return undefined;
	if (!grouped.test(digits.replaceAll(mark, ' '))) return undefined;
	return { whole: digits.replaceAll(mark, ''), fraction };
}
