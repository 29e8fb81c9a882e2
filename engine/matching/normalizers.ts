import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { caseless, digitsOf, trimmed, withoutMarks } from './letters';

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

/** Forms of companies, which people write or leave out as they please. */
const COMPANY_FORMS = new Set(
	(
		'inc incorporated corp corporation co company llc llp lp ltd limited plc pllc pc gmbh mbh ag kg kgaa ohg gbr ug ev eg se ' +
		'sa sas sarl sasu eurl snc spa srl srls sl slu sc scop bv nv vof cv ab as asa aps oy oyj kft zrt sro doo ooo oao ' +
		'pty pte sdn bhd kk the und and et y e haftungsbeschrankt'
	).split(' '),
);

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
		const plain = words(text, {});
		const named = plain.split(' ').filter((word) => !COMPANY_FORMS.has(word));
		// a company may be called like a form of companies
		return named.length > 0 ? named.join(' ') : plain;
	},
	digits: digitsOf,
	'leading-zeros': (text) => caseless(trimmed(text)).replace(/^0+(?=.)/, ''),
	email: (text) => caseless(mailbox(trimmed(text))),
	phone,
};

/** `Ann <ann@x.org>` and `mailto:ann@x.org` name the same mailbox as `ann@x.org`. */
const mailbox = (text: string): string =>
	(/<([^<>]+)>\s*$/.exec(text)?.[1] ?? text).replace(/^mailto:/i, '').trim();

/** A number in E.164; where it cannot be told what number it is, its digits. Extensions do not count. */
function phone(text: string, { country }: NormalizerOptions): string {
	const region = country?.toUpperCase();
	const known = region !== undefined && isSupportedCountry(region) ? region : undefined;
	const written = trimmed(text).replace(/^00(?=[1-9])/, '+');
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
