import { ImportError } from '../../issues';
import { nestedTooDeep } from './json-scanner';

/**
 * A number that JavaScript may not hold: whole numbers of 16 digits or more lose the last ones, and an exponent of three
 * digits may lead beyond the largest. What a string holds seldom looks like this.
 */
const DOUBTFUL_NUMBER = /(?:^|[[:,\s])-?(?:\d{16}|\d[\d.]*[eE]\+?\d{3})/;

const LONG_WHOLE_NUMBER = /^-?\d{16,}$/;

/**
 * Parses JSON; numbers that JavaScript cannot hold become their text.
 *
 * @throws SyntaxError; RangeError when it is nested too deep
 */
export function parseJson(text: string): unknown {
	if (!DOUBTFUL_NUMBER.test(text)) return JSON.parse(text);
	return JSON.parse(text, function keepDigits(
		this: unknown,
		_key,
		value: unknown,
		context?: unknown,
	) {
		if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
		const source = (context as { source?: string } | undefined)?.source;
		if (source === undefined) return value;
		return !Number.isFinite(value) || LONG_WHOLE_NUMBER.test(source) ? source : value;
	} as (key: string, value: unknown) => unknown);
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
			`The JSON is broken behind record ${recordsBefore}: ${error.message}`,
			{ row: recordsBefore + 1 },
		);
	}
}
