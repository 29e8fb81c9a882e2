import { ImportError } from '../../issues';
import { nestedTooDeep } from './json-scanner';

/**
 * A number that JavaScript may not hold: from 16 digits on the last ones may change, and an exponent of three digits may
 * lead beyond the largest or the smallest. What a string holds seldom looks like this.
 */
const DOUBTFUL_NUMBER = /(?:^|[[:,\s])-?(?:\d[\d.]{15}|\d[\d.]*[eE][+-]?\d{3})/;

const DOUBTFUL_NUMBERS = /-?\d[\d.eE+-]{15,}|-?\d[\d.]*[eE][+-]?\d{3,}/g;

/** RFC 8259, 6. */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** The shortest number that is doubtful is `1e100`. */
const SHORTEST = 5;

/** The exponent of a doubtful number. */
const LONG_EXPONENT = /\d[eE][+-]?\d{3}/;

/** Characters of the shortest doubtful number without an exponent. */
const LONG_NUMBER = 16;

/**
 * Parses JSON; numbers that JavaScript cannot hold become their text.
 *
 * @throws SyntaxError; RangeError when it is nested too deep
 */
export function parseJson(text: string): unknown {
	const isDoubtful = mayHoldDoubtfulNumbers(text) && DOUBTFUL_NUMBER.test(text);
	return JSON.parse(isDoubtful ? withNumbersAsText(text) : text);
}

/**
 * Whether a text may hold numbers that JavaScript cannot: most texts do not, and are parsed as they are. As many digits in
 * a row cannot be missed by looking at one character of so many.
 */
export function mayHoldDoubtfulNumbers(text: string): boolean {
	for (let at = LONG_NUMBER - 1; at < text.length; at += LONG_NUMBER) {
		if (isDigitOrPoint(text.charCodeAt(at)) && isLongNumberAt(text, at)) return true;
	}
	return LONG_EXPONENT.test(text);
}

const isDigitOrPoint = (code: number) => code <= 0x39 && (code >= 0x30 || code === 0x2e);

function isLongNumberAt(text: string, at: number): boolean {
	let start = at;
	while (start > 0 && isDigitOrPoint(text.charCodeAt(start - 1))) start--;
	let end = at + 1;
	while (end < start + LONG_NUMBER && isDigitOrPoint(text.charCodeAt(end))) end++;
	return end - start >= LONG_NUMBER;
}

/** The same JSON, with quotes around the numbers that would change. Strings are passed over from quote to quote. */
function withNumbersAsText(text: string): string {
	const pieces: string[] = [];
	let done = 0;
	for (let start = 0; start < text.length;) {
		const quote = text.indexOf('"', start);
		const end = quote === -1 ? text.length : quote;
		if (end - start >= SHORTEST) {
			const between = text.slice(start, end);
			const changed = between.replace(DOUBTFUL_NUMBERS, quoted);
			if (changed !== between) {
				pieces.push(text.slice(done, start), changed);
				done = end;
			}
		}
		if (quote === -1) break;
		start = endOfString(text, quote);
	}
	pieces.push(text.slice(done));
	return pieces.join('');
}

/** @returns the place behind the closing quote; the end of the text when there is none */
export function endOfString(text: string, opening: number): number {
	for (let quote = text.indexOf('"', opening + 1); quote !== -1;) {
		let backslashes = 0;
		while (text[quote - 1 - backslashes] === '\\') backslashes++;
		if (backslashes % 2 === 0) return quote + 1;
		quote = text.indexOf('"', quote + 1);
	}
	return text.length;
}

function quoted(source: string): string {
	const value = Number(source);
	const text = String(value);
	// as programs write numbers that they have computed; whole numbers beyond 2^53 may be codes
	if (text === source && (Number.isSafeInteger(value) || source.includes('.'))) return source;
	return NUMBER.test(source) && changes(source, value) ? `"${source}"` : source;
}

function changes(source: string, value: number): boolean {
	if (/^-?\d+$/.test(source)) return !Number.isSafeInteger(value);
	return !Number.isFinite(value) || canonical(source) !== canonical(String(value));
}

/** A number as its digits and the power of ten behind them: 1.50 and 15e-1 are the same. */
function canonical(number: string): string {
	const [, whole = '', decimals = '', exponent = '0'] =
		/^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(number) ?? [];
	const digits = (whole + decimals).replace(/^0+/, '');
	const significant = digits.replace(/0+$/, '');
	const power = Number(exponent) - decimals.length + digits.length - significant.length;
	return significant === '' ? '0' : `${significant}e${power}`;
}

/**
 * Parses text that holds records.
 *
 * @param text a JSON array of records
 * @param recordsBefore how many records of the file came before
 * @throws ImportError FILE_UNREADABLE
 */
export function parseRecords(text: string, recordsBefore: number): unknown[] {
	try {
		return parseJson(text) as unknown[];
	} catch (error) {
		if (error instanceof RangeError) throw nestedTooDeep();
		if (!(error instanceof SyntaxError)) throw error;
		throw new ImportError(
			'FILE_UNREADABLE',
			`The JSON is broken behind record ${recordsBefore}`,
			{ row: recordsBefore + 1 },
			{ cause: error },
		);
	}
}
