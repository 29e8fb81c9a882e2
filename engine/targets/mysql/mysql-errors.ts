import type { IssueCode } from '../../issues';
import type { ErrorReader } from '../sql/connection';
import type { TableDescription } from '../target';

/** A warning of LOAD DATA, which is an error here. */
export class MySqlWarning extends Error {
	override readonly name = 'MySqlWarning';

	readonly sqlState = '22000';

	constructor(
		readonly errno: number,
		message: string,
	) {
		super(message);
	}
}

/**
 * What an error number means for a row: https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html and, from
 * 4000 on, https://mariadb.com/kb/en/mariadb-error-code-reference/
 */
const ROW_CODES: Readonly<Record<number, IssueCode>> = {
	1048: 'WRITE_NOT_NULL',
	1062: 'WRITE_UNIQUE',
	1169: 'WRITE_UNIQUE',
	1216: 'WRITE_FOREIGN_KEY',
	1217: 'WRITE_FOREIGN_KEY',
	1263: 'WRITE_NOT_NULL',
	1264: 'CELL_RANGE',
	1265: 'WRITE_TYPE',
	1292: 'WRITE_TYPE',
	1364: 'WRITE_NOT_NULL',
	1366: 'WRITE_TYPE',
	1369: 'WRITE_CHECK',
	1406: 'CELL_LENGTH',
	1411: 'WRITE_TYPE',
	1416: 'WRITE_TYPE',
	1451: 'WRITE_FOREIGN_KEY',
	1452: 'WRITE_FOREIGN_KEY',
	1644: 'WRITE_REFUSED',
	1690: 'CELL_RANGE',
	3140: 'WRITE_TYPE',
	3819: 'WRITE_CHECK',
	4025: 'WRITE_CHECK',
};

const DENIED = new Set([1044, 1142, 1143, 1227, 1290, 1370, 1792]);

/** A text was given for a geometry, which wants the server's own bytes. */
const GEOMETRY = 1416;

/** Disk full, error while writing a file, table full, no memory for locks. */
const NO_SPACE = new Set([1021, 1026, 1114, 1206]);

const NO_TABLE = new Set([1051, 1146]);

/** Record changed since it was read, a lock that was waited for too long, deadlock. */
const CONFLICTS = new Set([1020, 1205, 1213]);

/** Numbers of faults that lie with the connection, the login or the server. */
const CONNECTION = new Set([
	1040, 1041, 1045, 1049, 1053, 1129, 1130, 1158, 1159, 1160, 1161, 1203,
]);

/** Says what an error of MySQL or MariaDB means for a row. */
export const explainMySqlError: ErrorReader = (error, table) => {
	const { errno, sqlState = '' } = error as { errno?: number; sqlState?: string };
	const message = error instanceof Error ? error.message : String(error);
	const isServerSpeaking = sqlState !== '' && typeof errno === 'number';
	if (isServerSpeaking) {
		// classes of SQLSTATE: 22 data, 23 constraints, 44 view check, 45 raised by a trigger
		const isRowSpoken = /^(22|23|44|45)/.test(sqlState);
		const code = ROW_CODES[errno] ?? (isRowSpoken ? 'WRITE_REFUSED' : undefined);
		if (code !== undefined) {
			const text = errno === GEOMETRY ? `A geometry is not read from text: ${message}` : message;
			return {
				code,
				message: text,
				field: columnOfKey(message, table) ?? columnOf(message),
				rowAtFault: true,
			};
		}
		if (DENIED.has(errno)) {
			return { code: 'WRITE_DENIED', message: `MySQL: ${message}`, rowAtFault: false };
		}
		if (NO_SPACE.has(errno)) {
			return { code: 'WRITE_NO_SPACE', message: `MySQL: ${message}`, rowAtFault: false };
		}
		if (CONFLICTS.has(errno)) {
			return { code: 'RUN_CONFLICT', message: `MySQL: ${message}`, rowAtFault: false };
		}
		if (NO_TABLE.has(errno)) return { code: 'RUN_NO_TABLE', message, rowAtFault: false };
		if (!CONNECTION.has(errno)) {
			return { code: 'WRITE_REFUSED', message: `MySQL: ${message}`, rowAtFault: false };
		}
	}
	return { code: 'RUN_CONNECTION', message: `MySQL: ${describeFailure(error)}`, rowAtFault: false };
};

/** A refused connection may come as a bundle of errors without a text of its own. */
function describeFailure(error: unknown): string {
	if (error instanceof AggregateError) return error.errors.map(describeFailure).join('; ');
	if (!(error instanceof Error)) return String(error);
	return error.message === '' ? String((error as NodeJS.ErrnoException).code) : error.message;
}

const COLUMN_PATTERNS = [
	/\bcolumn '((?:[^']|'')+)'/i,
	/\bcolumn (?:`(?:[^`]|``)*`\.)*`((?:[^`]|``)+)`/i,
	/\bField '((?:[^']|'')+)'/,
	/FOREIGN KEY \(`((?:[^`]|``)+)`/,
];

/**
 * The first column of the key in "Duplicate entry 'a-1' for key 'email_2'", where its name tells it: keys that were not
 * given one are named after their first column. MySQL puts the name of the table before it. Names are not quoted.
 */
function columnOfKey(message: string, table: TableDescription | undefined): string | undefined {
	const key = /.* for key '(.+)'$/s.exec(message)?.[1];
	if (key === undefined || table === undefined) return undefined;
	const name = key.startsWith(`${table.table.name}.`)
		? [key, key.slice(table.table.name.length + 1)]
		: [key];
	if (name.includes('PRIMARY')) return table.uniqueKeys[0]?.[0];
	const own = name.concat(name.map((text) => text.replace(/_\d+$/, '')));
	return table.columns.find((column) => own.includes(column.name))?.name;
}

function columnOf(message: string): string | undefined {
	for (const pattern of COLUMN_PATTERNS) {
		const name = pattern.exec(message)?.[1];
		if (name !== undefined) return name;
	}
	return undefined;
}
