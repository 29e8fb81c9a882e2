import type { ReadOptions } from '../dataset';
import { ImportError } from '../issues';

/** Counts and sizes that make no sense below 1. */
const counts = [
	['limit', 'row limit'],
	['maxRecordLength', 'largest record'],
	['maxUnpackedBytes', 'largest unpacked size'],
] as const;

const lineEnd = /[\r\n]/;

/**
 * Refuses settings that no file can be read with, before any of it is read.
 *
 * @throws ImportError RUN_CONFIG
 */
export function checkReadOptions(options: ReadOptions): void {
	for (const [key, name] of counts) {
		const value: unknown = options[key];
		if (value === undefined) continue;
		// sizes in megabytes may come out with a fraction
		const isCount = typeof value === 'number' && value >= 1;
		if (!isCount) {
			throw wrong(`The ${name} is to be a number of at least 1, not ${JSON.stringify(value)}.`);
		}
	}
	checkSigns(options);
}

function checkSigns({ delimiter, quote, comment }: ReadOptions): void {
	if (delimiter === '') throw wrong('The delimiter is empty.');
	for (const [name, sign] of Object.entries({ delimiter, quote, comment })) {
		if (sign !== undefined && lineEnd.test(sign))
			throw wrong(`The ${name} cannot hold a line break.`);
	}
	if (quote !== undefined && quote !== '' && delimiter?.includes(quote) === true) {
		throw wrong(`The sign ${quote} cannot be both the delimiter and the quote.`);
	}
}

const wrong = (message: string): ImportError => new ImportError('RUN_CONFIG', message);
