import type { Cell } from '../../dataset';
import { decimalText } from '../../dataset/values/decimal-text';
import { Misfit, quoted } from '../misfit';
import { coerceWritten, type CompileType } from './coercion';

/** ITU E.164 allows 15 digits; short numbers inside a country have from 3 (emergency) or 4 on. */
const MOST_DIGITS = 15;
const FEWEST_DIGITS = 4;

const written =
	/^(?:tel[.:]?\s*)?\+?[\d\s()[\]./\-‐-–]+(?:\s*(?:ext\.?|x|#|app\.?|durchwahl)\s*\d{1,6})?$/i;

/** Four digits and more in plain signs. Text that is no longer than fifteen characters has no more digits than that. */
const plainShort = /^\+?[ ()./-]*\d[ ()./-]*\d[ ()./-]*\d[ ()./-]*\d[\d ()./-]*$/;

/** The digits of a number in digits, blanks and `+()-./` alone, as nearly every one is; -1 for any other text. */
function countPlainDigits(text: string): number {
	let digits = 0;
	for (let index = text.charCodeAt(0) === 0x2b ? 1 : 0; index < text.length; index++) {
		const code = text.charCodeAt(index);
		if (code >= 0x30 && code <= 0x39) digits++;
		else if (code !== 0x20 && code !== 0x28 && code !== 0x29 && (code < 0x2d || code > 0x2f)) {
			return -1;
		}
	}
	return digits;
}

/** How many digits the number itself has, without an extension. */
export function countPhoneDigits(text: string): number {
	let digits = 0;
	for (let index = 0; index < text.length; index++) {
		const code = text.charCodeAt(index);
		if (code >= 0x30 && code <= 0x39) digits++;
		// Letters before the number say that it is one (`Tel.`), letters and # behind it begin the extension.
		else if (
			digits > 0 &&
			(code === 0x23 || (code >= 0x41 && code <= 0x7a && code !== 0x5b && code !== 0x5d))
		)
			break;
	}
	return digits;
}

/** Whether the text is built like a phone number: digits and the signs between them, an extension, 4 to 15 digits. */
export function isPhone(text: string): boolean {
	if (text.length <= MOST_DIGITS && plainShort.test(text)) return true;
	if (text.length > 50) return false;
	const plain = countPlainDigits(text);
	if (plain === -1 && !written.test(text)) return false;
	const digits = plain === -1 ? countPhoneDigits(text) : plain;
	return digits >= FEWEST_DIGITS && digits <= MOST_DIGITS;
}

/** A phone number as it is written, without the blanks around it. */
export const compilePhone: CompileType = () =>
	coerceWritten(
		(text) => (isPhone(text) ? text : notAPhone(text)),
		(cell) => {
			const digits = typeof cell === 'number' ? decimalText(cell) : '';
			return isPhone(digits) ? digits : notAPhone(cell);
		},
	);

const notAPhone = (cell: Cell) => new Misfit('CELL_PHONE', `${quoted(cell)} is not a phone number`);
