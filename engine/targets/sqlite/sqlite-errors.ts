import type { ErrorReader } from '../sql/connection';
import type { TableDescription } from '../target';
import { SqliteError } from './sqlite-error';

/** Extended result codes: https://www.sqlite.org/rescode.html */
const CONSTRAINTS = {
	1299: { code: 'WRITE_NOT_NULL', says: 'must not be empty' },
	1555: { code: 'WRITE_UNIQUE', says: 'must be unique, and the value is taken' },
	2067: { code: 'WRITE_UNIQUE', says: 'must be unique, and the value is taken' },
	2579: { code: 'WRITE_UNIQUE', says: 'must be unique, and the value is taken' },
} as const;

const CONNECTION: Readonly<Record<number, string>> = {
	6: 'The SQLite file is locked by another connection',
	11: 'The SQLite file is damaged',
	14: 'The SQLite file cannot be opened',
	26: 'The file is not an SQLite database',
};

/** Says what an SQLite error means for a row. */
export const explainSqliteError: ErrorReader = (error, table) => {
	const message = error instanceof Error ? error.message : String(error);
	const resultCode = error instanceof SqliteError ? (error.resultCode ?? 0) : 0;
	const primary = resultCode & 0xff;

	const constraint = CONSTRAINTS[resultCode as keyof typeof CONSTRAINTS] as
		(typeof CONSTRAINTS)[keyof typeof CONSTRAINTS] | undefined;
	if (constraint !== undefined) {
		const columns = columnsOf(message.replace(/^.*? failed: /, ''), table);
		const name = columns.length > 0 ? columns.join(', ') : 'The column';
		return {
			code: constraint.code,
			message: `${name} ${constraint.says}`,
			field: columns[0],
			rowAtFault: true,
		};
	}
	if (resultCode === 787) {
		const text = 'A record that the row refers to does not exist';
		return { code: 'WRITE_FOREIGN_KEY', message: text, rowAtFault: true };
	}
	if (resultCode === 275) {
		const rule = message.replace(/^.*failed: /, '');
		return { code: 'WRITE_CHECK', message: `The rule "${rule}" does not hold`, rowAtFault: true };
	}
	if (resultCode === 3091 || primary === 20) {
		return { code: 'WRITE_TYPE', message: `SQLite: ${message}`, rowAtFault: true };
	}
	if (primary === 19)
		return { code: 'WRITE_REFUSED', message: `SQLite: ${message}`, rowAtFault: true };
	if (primary === 8) {
		return {
			code: 'WRITE_DENIED',
			message: 'The SQLite file may not be written',
			rowAtFault: false,
		};
	}
	if (primary === 13) {
		return {
			code: 'WRITE_NO_SPACE',
			message: 'The SQLite file cannot grow: its disk is full, or its largest size is reached',
			rowAtFault: false,
		};
	}
	if (primary === 5) {
		return {
			code: 'RUN_LOCKED',
			message: 'Another program writes into the SQLite file',
			rowAtFault: false,
		};
	}
	if (primary === 1 && message.startsWith('no such table')) {
		return { code: 'RUN_NO_TABLE', message: `SQLite: ${message}`, rowAtFault: false };
	}
	const connection = CONNECTION[primary];
	return {
		code: connection === undefined ? 'WRITE_REFUSED' : 'RUN_CONNECTION',
		message: connection === undefined ? `SQLite: ${message}` : `${connection} (${message})`,
		rowAtFault: false,
	};
};

/**
 * The columns of `contacts.email, contacts.site`. The names are not quoted and may hold dots, commas and blanks, so they are
 * told by those of the table where it is known.
 */
function columnsOf(text: string, table: TableDescription | undefined): string[] {
	if (table === undefined) {
		return [...text.matchAll(/[^\s,:]+\.([^\s,]+)/g)].map((match) => match[1] ?? '');
	}
	const { name } = table.table;
	if (text.slice(0, name.length + 1).toLowerCase() !== `${name}.`.toLowerCase()) return [];
	const rest = text.slice(name.length + 1);
	for (const column of table.columns) {
		if (rest === column.name) return [column.name];
		if (!rest.startsWith(`${column.name}, `)) continue;
		const others = columnsOf(rest.slice(column.name.length + 2), table);
		if (others.length > 0) return [column.name, ...others];
	}
	return [];
}
