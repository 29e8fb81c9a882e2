import type { Cell } from '../../dataset';
import { decimalText } from '../../dataset/values';
import { Misfit, quoted } from '../misfit';
import { coerceWritten, type CompileType } from './coercion';

/** ITU E.164 allows 15 digits; short numbers inside a country have from 3 (emergency) or 4 on. */
const MOST_DIGITS = 15;
const FEWEST_DIGITS = 4;

const written =
	/^(?:tel[.:]?\s*)?\+?[\d\s()[\]./\-‐-–]+(?:\s*(?:ext\.?|x|#|app\.?|durchwahl)\s*\d{1,6})?$/i;

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
	if (text.length > 50 || !written.test(text)) return false;
	const digits = countPhoneDigits(text);
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
