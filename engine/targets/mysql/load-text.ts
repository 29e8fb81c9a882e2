import { RowBytes } from '../sql/row-bytes';
import type { StagedRow } from '../target';

/** Rows as LOAD DATA takes them with tabs, line feeds and backslashes: https://mariadb.com/kb/en/load-data-infile/ */
export const loadRows = () =>
	new RowBytes({
		escapes: { '\\': '\\', '\n': 'n', '\t': 't', '\0': '0' },
		whenTrue: '1',
		whenFalse: '0',
	});

/** The text of a date and a time in the time zone of the session: one that ends in `Z` is in UTC. */
export const momentOf = (text: string): string =>
	`if(right(${text}, 1) = 'Z', convert_tz(left(${text}, char_length(${text}) - 1), '+00:00', @@session.time_zone), ${text})`;

/**
 * A row as the values of an INSERT, for a session in which a backslash is a character like any other.
 *
 * @param moments positions of values that may be in UTC
 */
export function valuesText({ number, values }: StagedRow, moments?: readonly number[]): string {
	let text = `(${number}`;
	for (const [i, value] of values.entries()) {
		if (value === null) text += ',null';
		else if (typeof value === 'string') {
			const quoted = `'${value.replaceAll("'", "''")}'`;
			text += ',' + (moments?.includes(i) === true ? momentOf(quoted) : quoted);
		} else text += `,${Number(value)}`;
	}
	return text + ')';
}
