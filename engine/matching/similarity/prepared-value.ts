import { digitsOf, withoutMarks } from '../letters';
import { normalize } from '../normalizers';
import { readDate, type CalendarDate } from './date';
import type { FieldKind } from './field-kind';

/** A value as it is compared, made once for each record. */
export interface PreparedValue {
	/** The words of the value without marks, case and punctuation, with one blank between them. */
	text: string;
	/** The words as they follow each other; of a number, a date, an address of mail or a phone none. */
	tokens: readonly string[];
	/** How much each word says: rare ones say more. */
	weights: readonly number[];
	number?: number;
	date?: CalendarDate;
}

export type Value = string | number | boolean | null | undefined;

export type TokenWeight = (token: string) => number;

/** Longer texts are compared by their first words. */
const MOST_TOKENS = 48;

/** What people write where they have no value. */
const PLACEHOLDERS = new Set(
	'- -- --- . ? n/a na n.a. nan null none nil unknown undefined'.split(' '),
);

const ENTITY = /&(?:#(\d{1,7})|(amp|quot|apos|lt|gt|nbsp));/g;
const NAMED: Readonly<Record<string, string>> = {
	amp: '&',
	quot: '"',
	apos: "'",
	lt: '<',
	gt: '>',
};

/** Entities stand in texts that were taken from web pages. */
const decoded = (text: string): string =>
	text.includes('&')
		? text.replace(ENTITY, (_, code: string | undefined, name: string | undefined) =>
				code === undefined ? (NAMED[name ?? ''] ?? ' ') : charOf(Number(code)),
			)
		: text;

const charOf = (code: number): string =>
	code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ' ';

/** House numbers, streets and directions in the way that most people shorten them. */
const SHORTENED: Readonly<Record<string, string>> = {
	street: 'st',
	strasse: 'str',
	avenue: 'ave',
	av: 'ave',
	road: 'rd',
	drive: 'dr',
	boulevard: 'blvd',
	lane: 'ln',
	la: 'ln',
	court: 'ct',
	place: 'pl',
	square: 'sq',
	highway: 'hwy',
	parkway: 'pkwy',
	terrace: 'ter',
	circle: 'cir',
	circuit: 'cct',
	crescent: 'cres',
	close: 'cl',
	apartment: 'apt',
	suite: 'ste',
	floor: 'fl',
	saint: 'st',
	north: 'n',
	south: 's',
	east: 'e',
	west: 'w',
	northeast: 'ne',
	northwest: 'nw',
	southeast: 'se',
	southwest: 'sw',
	first: '1st',
	second: '2nd',
	third: '3rd',
	fourth: '4th',
	fifth: '5th',
	sixth: '6th',
	seventh: '7th',
	eighth: '8th',
	ninth: '9th',
	tenth: '10th',
};

const addressWord = (word: string): string =>
	SHORTENED[word] ?? word.replace(/(.{3,})strasse$/, '$1str');

/** Scripts without blanks between words are compared by pairs of signs. */
const UNSPACED =
	/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;

function pairsOfSigns(word: string): string[] {
	const signs = Array.from(word);
	return signs.length < 3 ? [word] : signs.slice(1).map((sign, i) => `${signs[i] ?? ''}${sign}`);
}

const tokensOf = (text: string): string[] => {
	const words = text.split(' ');
	const tokens = UNSPACED.test(text)
		? words.flatMap((word) => (UNSPACED.test(word) ? pairsOfSigns(word) : [word]))
		: words;
	return tokens.slice(0, MOST_TOKENS);
};

/**
 * The value as it is compared.
 *
 * @returns undefined for a value that is missing: it speaks neither for nor against a pair
 */
export function prepareValue(
	value: Value,
	kind: FieldKind,
	weightOf: TokenWeight,
	country?: string,
): PreparedValue | undefined {
	if (value === null || value === undefined) return undefined;
	const written = normalize(decoded(String(value)), 'trim');
	if (written === undefined || PLACEHOLDERS.has(written.toLowerCase())) return undefined;
	return prepare[kind](written, weightOf, country) ?? words(written, weightOf);
}

type Prepare = (
	written: string,
	weightOf: TokenWeight,
	country?: string,
) => PreparedValue | undefined;

const bare = (text: string): PreparedValue => ({ text, tokens: [], weights: [] });

function ofText(text: string, weightOf: TokenWeight): PreparedValue {
	const tokens = tokensOf(text);
	return { text, tokens, weights: tokens.map(weightOf) };
}

const words: Prepare = (written, weightOf) => {
	const text = normalize(written, 'words');
	return text === undefined ? undefined : ofText(text, weightOf);
};

const prepare: Readonly<Record<FieldKind, Prepare>> = {
	text: words,
	'first-name': words,
	'last-name': words,
	name: words,
	company: (written, weightOf) => ofText(normalize(written, 'company') ?? '', weightOf),
	address: (written, weightOf) => {
		const text = normalize(written, 'words') ?? '';
		return text === '' ? undefined : ofText(text.split(' ').map(addressWord).join(' '), weightOf);
	},
	number: (written) => {
		const number = readNumber(written);
		return number === undefined ? undefined : { ...bare(String(number)), number };
	},
	date: (written) => {
		const date = readDate(written);
		if (date === undefined) return undefined;
		return { ...bare(`${date.year}-${date.month}-${date.day}`), date };
	},
	email: (written) => bare(normalize(written, 'email') ?? ''),
	phone: (written, _, country) => {
		const digits = digitsOf(normalize(written, 'phone', { country }) ?? '');
		return digits.length < 4 ? undefined : bare(digits);
	},
	code: (written) => {
		const text = withoutMarks(written).replace(/[^\p{L}\p{N}]/gu, '');
		return text === '' ? undefined : bare(text);
	},
};

/** The number in a text with any decimal sign; thousands are told by groups of three. */
function readNumber(text: string): number | undefined {
	const digits = /-?\d[\d.,' ]*/.exec(text)?.[0].replace(/[' ]|[.,]$/g, '');
	if (digits === undefined) return undefined;
	const grouped = digits.replace(/[.,](?=\d{3}(?:[.,]|$))/g, (sign, at: number) =>
		/^-?0$/.test(digits.slice(0, at)) ? sign : '',
	);
	const number = Number(grouped.replace(',', '.'));
	return Number.isFinite(number) ? number : undefined;
}
