import type { ColumnFormat } from '../dataset';
import { readDate } from './date';
import { readDigits, readNumber } from './number';

/** Stands for a cell that has two readings which differ. */
export const ambiguous = Symbol('ambiguous');

export type DateReading = (text: string) => string | undefined | typeof ambiguous;

/**
 * How the dates of a column are read: in its order where that is decided. Where it is not, a cell counts only when every
 * order that it fits gives the same day.
 */
export function compileDateReading(format: ColumnFormat | undefined): DateReading {
	const order = format?.dateOrder;
	return order === undefined ? readDateInAnyOrder : (text) => readDate(text, order);
}

function readDateInAnyOrder(text: string): string | undefined | typeof ambiguous {
	const dayFirst = readDate(text, 'dmy');
	const monthFirst = readDate(text, 'mdy');
	if (dayFirst === undefined) return monthFirst ?? readDate(text, 'ymd');
	return monthFirst === undefined || monthFirst === dayFirst ? dayFirst : ambiguous;
}

export type NumberReading = (text: string) => number | string | undefined | typeof ambiguous;

/**
 * How the numbers of a column are read: with its decimal sign where that is decided. Where it is not, a cell counts only
 * when both signs give the same number, or only one gives a number at all.
 */
export function compileNumberReading(format: ColumnFormat | undefined): NumberReading {
	const sign = format?.decimalSign;
	return sign === undefined ? readNumberWithAnySign : (text) => readNumber(text, sign);
}

function readNumberWithAnySign(text: string): number | string | undefined | typeof ambiguous {
	const whole = readDigits(text);
	if (whole !== undefined) return whole;
	const withPoint = readNumber(text, '.');
	if (!text.includes('.') && !text.includes(',')) return withPoint;
	const withComma = readNumber(text, ',');
	if (withPoint === undefined) return withComma;
	return withComma === undefined || withComma === withPoint ? withPoint : ambiguous;
}
