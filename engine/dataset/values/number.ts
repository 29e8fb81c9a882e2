import type { ColumnFormat } from '../dataset';
import { isCurrency } from './currencies';
import { canonicalDecimal, EXACT_DIGITS, exactNumber } from './decimal-text';

export type DecimalSign = NonNullable<ColumnFormat['decimalSign']>;

const ZERO = 0x30;
const NINE = 0x39;
const MINUS = 0x2d;
const DOT = 0x2e;
const COMMA = 0x2c;

/** Fifteen digits with a minus, a decimal sign and four marks of groups. */
const LONGEST_BARE = EXACT_DIGITS + 6;

/** Powers of ten that a double holds exactly, so that a quotient of two exact numbers is rounded once and correctly. */
const powersOfTen = Array.from({ length: EXACT_DIGITS + 1 }, (_, exponent) => 10 ** exponent);

/**
 * Reads a number in the notation of its column: grouped digits, a currency, percent (divided by 100), and a minus before,
 * behind or as parentheses.
 *
 * The sign that is not the decimal sign may group digits, as may blanks and apostrophes: by three, or the Indian way
 * (`12,34,567.00`). A dash may stand for the decimals (`50,-`). An exponent needs a sign or a decimal sign beside it (`1.5E3`, `1E+3`), because `12E45` is an id.
 *
 * @returns a number where a JavaScript number is exact (at most 15 significant digits), decimal text where it is not, or
 *   undefined when the text is not a number
 */
export function readNumber(text: string, decimalSign: DecimalSign): number | string | undefined {
	return readBareNumber(text, decimalSign) ?? readDressedNumber(text, decimalSign);
}

/** The number of up to 15 digits, with or without a minus, which is the same whatever the decimal sign is. */
export function readDigits(text: string): number | undefined {
	const start = text.charCodeAt(0) === MINUS ? 1 : 0;
	const count = text.length - start;
	if (count === 0 || count > EXACT_DIGITS) return undefined;
	let value = 0;
	for (let index = start; index < text.length; index++) {
		const digit = text.charCodeAt(index) - ZERO;
		if (digit < 0 || digit > 9) return undefined;
		value = value * 10 + digit;
	}
	return start === 1 && value !== 0 ? -value : value;
}

/**
 * Digits with at most a minus, groups of three and a decimal sign: what nearly every cell is. One pass without regular
 * expressions, because this runs for every number of every row; what it does not take is left to the patterns below.
 */
export function readBareNumber(text: string, decimalSign: DecimalSign): number | undefined {
	const length = text.length;
	if (length === 0 || length > LONGEST_BARE) return undefined;
	const point = decimalSign.charCodeAt(0);
	const groupMark = point === DOT ? COMMA : DOT;
	const start = text.charCodeAt(0) === MINUS ? 1 : 0;
	let value = 0;
	let digits = 0;
	let pointAt = -1;
	let groupAt = -1;
	for (let index = start; index < length; index++) {
		const code = text.charCodeAt(index);
		if (code >= ZERO && code <= NINE) {
			value = value * 10 + (code - ZERO);
			digits++;
		} else if (code === point && pointAt === -1) {
			if (groupAt !== -1 && index - groupAt !== GROUP) return undefined;
			pointAt = index;
		} else if (code === groupMark && pointAt === -1) {
			const isFirst = groupAt === -1;
			if (isFirst ? !startsGroups(text, start, index) : index - groupAt !== GROUP) return undefined;
			groupAt = index;
		} else {
			return undefined;
		}
	}
	if (digits === 0 || digits > EXACT_DIGITS) return undefined;
	if (pointAt === -1 && groupAt !== -1 && length - groupAt !== GROUP) return undefined;
	if (pointAt !== -1) value /= powersOfTen[length - pointAt - 1] ?? 1;
	return start === 1 && value !== 0 ? -value : value;
}

/** Three digits and the mark before them. */
const GROUP = 4;

/** Whether one to three digits, the first of them no zero, stand before the first mark. */
function startsGroups(text: string, start: number, mark: number): boolean {
	const count = mark - start;
	return count >= 1 && count < GROUP && text.charCodeAt(start) !== ZERO;
}

/** The parts around the digits of a number as people and programs write it. */
export interface NumberParts {
	/** Digits, grouping (blanks and apostrophes in one form) and decimal sign, exponent. */
	digits: string;
	negative: boolean;
	percent: boolean;
	/** The currency as it is written, if any: `€`, `USD`, `kr`. */
	currency: string | undefined;
}

/** What may be the name of a currency; `isCurrency` tells. */
const currency = '[\\p{L}\\p{Sc}.]{1,5}';

const dressedNumber = new RegExp(
	`^(?<open>\\()? ?(?<sign1>[-+−–])? ?(?<percent1>%)?(?<currency1>${currency})? ?(?<sign2>[-+−])? ?` +
		`(?<digits>[.,]?[0-9](?:[0-9.,' ]*[0-9.,])?(?:e[-+]?[0-9]{1,3})?)(?:(?<=[.,])[-–—]{1,2})?` +
		` ?(?<percent2>%)? ?(?<currency2>${currency})? ?(?<sign3>[-−])? ?(?<close>\\))?$`,
	'iu',
);

/** One blank for every run of blanks and direction marks: the patterns then have nothing to try out. */
const blanks = /[\s\u200e\u200f\u061c]+/g;

/** Longer texts are never numbers, and are not worth the search. */
const LONGEST_NUMBER = 100;

/** Takes a number apart without deciding what its signs mean; undefined when the text is not built like a number. */
export function takeNumberApart(text: string): NumberParts | undefined {
	if (text.length > LONGEST_NUMBER) return undefined;
	const tidy = text.replace(blanks, ' ').trim().replaceAll('’', "'");
	const parts = dressedNumber.exec(tidy)?.groups;
	if (parts === undefined) return undefined;
	const { open, close, sign1, sign2, sign3, currency1, currency2, percent1, percent2 } = parts;
	if ((open === undefined) !== (close === undefined)) return undefined;
	const signs = [open, sign1, sign2, sign3].filter((sign) => sign !== undefined);
	if (signs.length > 1) return undefined;
	if (currency1 !== undefined && currency2 !== undefined) return undefined;
	const found = currency1 ?? currency2;
	if (found !== undefined && !isCurrency(found)) return undefined;
	const percent = percent1 !== undefined || percent2 !== undefined;
	return {
		digits: parts.digits ?? '',
		negative: signs.length === 1 && signs[0] !== '+',
		percent,
		currency: found,
	};
}

/** Groups of the Indian lakh and crore, which are written with commas only. */
const indian = '(?!0)[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}';

const groupedDigits: Record<DecimalSign, RegExp> = {
	'.': digitsPattern('\\.', ',', `|${indian}`),
	',': digitsPattern(',', '\\.'),
};

/** Groups never begin with a zero: `0,123` has three decimals and no thousands. */
function digitsPattern(point: string, group: string, otherGroups = ''): RegExp {
	const byThree = `(?!0)[0-9]{1,3}(?<mark>[${group}' ])[0-9]{3}(?:\\k<mark>[0-9]{3})*`;
	return new RegExp(
		`^(?<whole>${byThree}${otherGroups}|[0-9]*)(?<point>${point}(?<fraction>[0-9]*))?(?:e(?<exponent>[-+]?[0-9]{1,3}))?$`,
		'i',
	);
}

function readDressedNumber(text: string, decimalSign: DecimalSign): number | string | undefined {
	const parts = takeNumberApart(text);
	if (parts === undefined) return undefined;
	const groups = groupedDigits[decimalSign].exec(parts.digits)?.groups;
	if (groups === undefined) return undefined;
	const { whole = '', fraction = '', point, exponent } = groups;
	if (whole === '' && fraction === '') return undefined;
	if (exponent !== undefined && point === undefined && !/^[-+]/.test(exponent)) return undefined;
	const shift = Number(exponent ?? 0) - (parts.percent ? 2 : 0);
	const canonical = canonicalDecimal(parts.negative, whole.replace(/[^0-9]/g, ''), fraction, shift);
	return exactNumber(canonical);
}
