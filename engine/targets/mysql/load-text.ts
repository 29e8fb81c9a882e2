import type { StagedRow, StagedValue } from '../target';

const SPECIAL = /[\\\n\t\0]/;
const EVERY_SPECIAL = /[\\\n\t\0]/g;

const ESCAPES: Readonly<Record<string, string>> = {
	'\\': '\\\\',
	'\n': '\\n',
	'\t': '\\t',
	'\0': '\\0',
};

/**
 * Rows as LOAD DATA takes them with tabs, line feeds and backslashes:
 * https://mariadb.com/kb/en/load-data-infile/ . The row number stands first.
 */
export function loadText(rows: readonly StagedRow[]): string {
	let text = '';
	for (const { number, values } of rows) {
		text += String(number);
		for (const value of values) text += '\t' + loadValue(value);
		text += '\n';
	}
	return text;
}

function loadValue(value: StagedValue): string {
	if (value === null) return '\\N';
	if (typeof value === 'string') {
		return SPECIAL.test(value)
			? value.replace(EVERY_SPECIAL, (char) => ESCAPES[char] ?? char)
			: value;
	}
	return String(Number(value));
}

/** A row as the values of an INSERT, for a session in which a backslash is a character like any other. */
export function valuesText({ number, values }: StagedRow): string {
	let text = `(${number}`;
	for (const value of values) {
		if (value === null) text += ',null';
		else if (typeof value === 'string') text += `,'${value.replaceAll("'", "''")}'`;
		else text += `,${Number(value)}`;
	}
	return text + ')';
}
