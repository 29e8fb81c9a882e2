import { trimBlanks } from '../../dataset/values';
import { countPhoneDigits, isPhone } from '../types/phone';
import { countCells, weighEach } from './verdict';

/** A number in full, with its area. Shorter ones are too much like other numbers. */
const FEWEST_DIGITS = 7;

/**
 * The marks of a phone number: the plus of the country, the area in parentheses or after a zero, the groups of North
 * America, or at least three groups.
 */
const marked =
	/^(?:tel\b.*|\+.*|00\d[\s/.-].*|\(\d.*|0\d+[\s/.()-].*|(?:1[\s.-])?\d{3}[\s.-]\d{3}[\s.-]\d{4}.*|\d{1,4}(?:[\s./-]\d{2,5}){2,}(?:\s*(?:x|ext).*)?)$/i;

/** What has groups too: US social security numbers, ZIP+4, IP addresses, dates, ISBN. */
const otherNumber =
	/^(?:\d{3}-\d{2}-\d{4}|\d{5}-\d{4}|\d{1,3}(?:\.\d{1,3}){3}|\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{2,4}|97[89][\d -]{10,14})$/;

export const weighPhones = weighEach(
	(cell) => typeof cell === 'string' && looksDialled(trimBlanks(cell)),
	(fitting) => ({ type: 'phone', evidence: `phone numbers in ${countCells(fitting)}` }),
);

function looksDialled(text: string): boolean {
	return (
		isPhone(text) &&
		countPhoneDigits(text) >= FEWEST_DIGITS &&
		marked.test(text) &&
		!otherNumber.test(text)
	);
}
