import type { StagedRow, StagedValue } from '../target';

const SPECIAL = /[\\\n\r\t]/;
const EVERY_SPECIAL = /[\\\n\r\t]/g;

const ESCAPES: Readonly<Record<string, string>> = {
	'\\': '\\\\',
	'\n': '\\n',
	'\r': '\\r',
	'\t': '\\t',
};

/**
 * Rows in COPY's text format: https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.2
 * The row number stands first. Built by concatenation: this is the hot path of a load.
 */
export function copyText(rows: readonly StagedRow[]): string {
	let text = '';
	for (const { number, values } of rows) {
		text += String(number);
		for (const value of values) text += '\t' + copyValue(value);
		text += '\n';
	}
	return text;
}

function copyValue(value: StagedValue): string {
	if (value === null) return '\\N';
	if (typeof value === 'string') {
		return SPECIAL.test(value)
			? value.replace(EVERY_SPECIAL, (char) => ESCAPES[char] ?? char)
			: value;
	}
	if (typeof value === 'boolean') return value ? 't' : 'f';
	return String(value);
}
