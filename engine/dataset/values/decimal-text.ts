/**
 * Decimal text: numbers that a JavaScript number cannot hold exactly, written as `-1234567890.123456789`: no exponent, no
 * groups, no leading zeros, no trailing zeros behind the point.
 */

/** More significant digits than this may change when a JavaScript number (IEEE 754 double) holds them. */
export const EXACT_DIGITS = 15;

/** The decimal text of a finite number: never with an exponent. */
export function decimalText(value: number): string {
	const text = String(value);
	const mark = text.indexOf('e');
	if (mark === -1) return text;
	const negative = text.startsWith('-');
	const mantissa = text.slice(negative ? 1 : 0, mark);
	const [whole = '', fraction = ''] = mantissa.split('.');
	return canonicalDecimal(negative, whole, fraction, Number(text.slice(mark + 1)));
}

/**
 * Puts a number together from its digits.
 *
 * @param shift places by which the decimal point moves to the right
 */
export function canonicalDecimal(
	negative: boolean,
	whole: string,
	fraction: string,
	shift = 0,
): string {
	let left = whole;
	let right = fraction;
	if (shift > 0) {
		right = right.padEnd(shift, '0');
		left += right.slice(0, shift);
		right = right.slice(shift);
	} else if (shift < 0) {
		left = left.padStart(-shift, '0');
		right = left.slice(left.length + shift) + right;
		left = left.slice(0, left.length + shift);
	}
	left = left.replace(/^0+/, '') || '0';
	right = right.replace(/0+$/, '');
	const digits = right === '' ? left : `${left}.${right}`;
	return negative && digits !== '0' ? `-${digits}` : digits;
}

/** A JavaScript number where it is exact (at most 15 significant digits), else the decimal text itself. */
export function exactNumber(canonical: string): number | string {
	let digits = 0;
	for (let index = 0; index < canonical.length; index++) {
		const code = canonical.charCodeAt(index);
		const isDigit = code >= 0x30 && code <= 0x39;
		if (isDigit && (digits > 0 || code !== 0x30)) digits++;
	}
	return digits <= EXACT_DIGITS ? Number(canonical) : canonical;
}

/** Digits before and behind the decimal point of a number or decimal text; a zero before the point does not count. */
export function countDigits(value: number | string): { whole: number; fraction: number } {
	const text = typeof value === 'number' ? decimalText(value) : value;
	const start = text.startsWith('-') ? 1 : 0;
	const point = text.indexOf('.');
	const whole = point === -1 ? text.slice(start) : text.slice(start, point);
	return {
		whole: whole === '0' ? 0 : whole.length,
		fraction: point === -1 ? 0 : text.length - point - 1,
	};
}

/** Negative, zero or positive as `a` is less than, equal to or greater than `b`; exact for decimal text of any length. */
export function compareDecimals(a: number | string, b: number | string): number {
	if (typeof a === 'number' && typeof b === 'number') return a - b;
	const left = typeof a === 'number' ? decimalText(a) : a;
	const right = typeof b === 'number' ? decimalText(b) : b;
	const negative = left.startsWith('-');
	if (negative !== right.startsWith('-')) return negative ? -1 : 1;
	const order = compareMagnitudes(
		negative ? left.slice(1) : left,
		negative ? right.slice(1) : right,
	);
	return negative ? 0 - order : order;
}

function compareMagnitudes(left: string, right: string): number {
	const [leftWhole = '', leftFraction = ''] = left.split('.');
	const [rightWhole = '', rightFraction = ''] = right.split('.');
	if (leftWhole.length !== rightWhole.length) return leftWhole.length - rightWhole.length;
	if (leftWhole !== rightWhole) return leftWhole < rightWhole ? -1 : 1;
	if (leftFraction === rightFraction) return 0;
	return leftFraction < rightFraction ? -1 : 1;
}
