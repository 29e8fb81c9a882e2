import { RowBytes } from '../sql/row-bytes';

/** Rows in COPY's text format: https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.2 */
export const copyRows = () =>
	new RowBytes({
		escapes: { '\\': '\\', '\n': 'n', '\r': 'r', '\t': 't' },
		whenTrue: 't',
		whenFalse: 'f',
	});
