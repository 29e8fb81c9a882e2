import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { namedWords } from './company-forms';
import { caseless, digitsOf, trimmed, withoutMarks, withPlainDigits } from './letters';

/** How values are made alike before they are compared. */
export const normalizers = [
	'exact',
	'trim',
	'case',
	'accents',
	'words',
	'company',
	'digits',
	'leading-zeros',
	'email',
	'phone',
] as const;

export type Normalizer = (typeof normalizers)[number];

export interface NormalizerOptions {
	/** Country of phone numbers without a country code, by its two letters. */
	country?: string;
}

type Normalize = (text: string, options: NormalizerOptions) => string;

/** Danish and Brazilian companies write their form with a slash. */
const SLASHED = /\b([as])\/([as])\b/gi;

/** Apostrophes and dots stand inside words and names; every other sign between them. */
const INSIDE = /['’‘ʼ`´.]/g;
const BETWEEN = /[^\p{L}\p{M}\p{N}]+/gu;

const words: Normalize = (text) =>
	withoutMarks(text).replace(INSIDE, '').replace(BETWEEN, ' ').trim();

const normalizeBy: Readonly<Record<Normalizer, Normalize>> = {
	exact: (text) => text,
	trim: trimmed,
	case: (text) => caseless(trimmed(text)),
	accents: (text) => withoutMarks(trimmed(text)),
	words,
	company: (text) => {
		const plain = words(text.replace(SLASHED, '$1$2'), {});
		// a company may be called like a form of companies
		return namedWords(plain) || plain;
	},
	digits: digitsOf,
	// a zero before a decimal sign is none that was filled in
	'leading-zeros': (text) =>
		withPlainDigits(caseless(trimmed(text))).replace(/^0+(?=[\p{L}\p{N}])/u, ''),
	email: (text) => caseless(mailbox(trimmed(text.normalize('NFKC')))),
	phone,
};

/** `Ann <ann@x.org>` and `mailto:ann@x.org` name the same mailbox as `ann@x.org`. */
const mailbox = (text: string): string =>
	(/<([^<>]+)>[\s;,]*$/.exec(text)?.[1] ?? text)
		.replace(/^mailto:([^?]*).*$/i, '$1')
		.replace(/[\s;,.]+$/, '')
		.trim();

const KEYPAD = ['abc', 'def', 'ghi', 'jkl', 'mno', 'pqrs', 'tuv', 'wxyz'];

/** `1-800-FLOWERS` is dialled by the letters on the keys (ITU-T E.161); `ext` is no part of the number. */
const dialled = (text: string): string =>
	/^\+?[\d\s().-]+[\s.-](?!ext|anexo|poste|durchwahl)[a-z]{3}[a-z\d-]*$/i.test(text)
		? text.replace(/[a-z]/gi, (letter) =>
				String(2 + KEYPAD.findIndex((key) => key.includes(letter.toLowerCase()))),
			)
		: text;

/** A number in E.164; where it cannot be told what number it is, its digits. Extensions do not count. */
function phone(text: string, { country }: NormalizerOptions): string {
	const region = country?.toUpperCase();
	const known = region !== undefined && isSupportedCountry(region) ? region : undefined;
	const written = dialled(withPlainDigits(trimmed(text).normalize('NFKC'))).replace(
		/^00(?=[1-9])/,
		'+',
	);
	const found = parsePhoneNumberFromString(written, known);
	if (found !== undefined) return found.number;
	return digitsOf(written.replace(/(?:ext\.?|x|#|durchwahl)\s*\d{1,6}\s*$/i, ''));
}

/**
 * The value as it is compared; two values are the same when their keys are. The same for every database, because it is
 * computed here and never there.
 *
 * @returns undefined where nothing is left that could be compared
 */
export function normalize(
	value: string | number | boolean | null,
	normalizer: Normalizer,
	options: NormalizerOptions = {},
): string | undefined {
	if (value === null) return undefined;
	const key = normalizeBy[normalizer](String(value), options);
	return key === '' ? undefined : key;
}
