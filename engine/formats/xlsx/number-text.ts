import type { Cell } from '../../dataset/dataset';

const DECIMAL = /^[+-]?(\d*)(?:\.(\d*))?(?:[eE][+-]?\d{1,3})?$/;

/** With so many digits a text names a floating-point number; with more it names something that only text can hold. */
const DIGITS_OF_A_DOUBLE = 17;

/**
 * The value of a cell that holds a number as text: a number where JavaScript can hold it, else the text, such as for
 * integers above 2^53, decimals of more than 17 digits, and what is no number at all.
 */
export function numberCell(text: string): Cell {
	const trimmed = text.trim();
	if (trimmed === '') return null;
	const match = DECIMAL.exec(trimmed);
	const number = Number(trimmed);
	if (match === null || !Number.isFinite(number)) return text;
	const [, whole = '', fraction] = match;
	if (/^\d+$/.test(trimmed.replace(/^[+-]/, '')) && !Number.isSafeInteger(number)) return trimmed;
	const significant = (whole + (fraction ?? '')).replace(/^0+/, '');
	return significant.length > DIGITS_OF_A_DOUBLE ? trimmed : number;
}
