import Papa from 'papaparse';
import type { SoundRecords } from './sound-records';
import type { Dialect } from './tokenizer';

/** Whether Papa Parse's core can read a dialect at all. */
export function suitsPapaParse({ delimiter, quote, escape, newline, padded }: Dialect): boolean {
	return (
		newline !== 'any' &&
		!padded &&
		quote.length <= 1 &&
		escape.length <= 1 &&
		!Papa.BAD_DELIMITERS.includes(delimiter) &&
		(quote === '' || !delimiter.includes(quote))
	);
}

/**
 * Splits a text into records with Papa Parse's core. The last record is left out, as it may go on behind the text.
 *
 * @returns undefined where quotes are not as RFC 4180 has them
 */
export function parseFast(
	text: string,
	{ delimiter, quote, escape, newline }: Dialect,
): SoundRecords | undefined {
	const parser = new Papa.Parser({
		delimiter,
		newline: newline === '\r' ? '\r' : '\n',
		quoteChar: quote,
		escapeChar: escape,
		...(quote === '' && { fastMode: true }),
	});
	const { data, errors, meta } = parser.parse(text, 0, true) as Papa.ParseResult<string[]>;
	if (errors.length > 0) return undefined;
	const records: string[][] = [];
	let hasReturn = false;
	for (const cells of data) {
		// a copy: the arrays that the parser makes then die young, see `ReadRow` for what would happen otherwise
		const copy = cells.slice();
		const last = copy.length - 1;
		const cell = copy[last];
		if (cell?.endsWith('\r')) {
			// a return before a closing quote belongs to the cell, one before a line feed does not
			if (!hasReturn && quote !== '' && text.includes(`\r${quote}`)) return undefined;
			hasReturn = true;
			copy[last] = cell.slice(0, -1);
		}
		records.push(copy);
		cells.length = 0; // should the parser's array be old already, it holds on to nothing
	}
	return { records, length: meta.cursor };
}
