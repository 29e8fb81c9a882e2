import type { IssueCode } from '../../issues';
import type { ErrorReader } from '../sql/connection';

interface PostgresError extends Error {
	/** Set where it is the server that speaks; a broken connection has a code too, such as `EPIPE`. */
	severity?: string;
	code?: string;
	detail?: string;
	column?: string;
	constraint?: string;
	where?: string;
	/** The function of the server that speaks: tells what has one code and, in the server's language, any message. */
	routine?: string;
}

/** What a SQLSTATE means for a row: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const ROW_CODES: Readonly<Record<string, IssueCode>> = {
	'22001': 'CELL_LENGTH',
	'22003': 'CELL_RANGE',
	'23502': 'WRITE_NOT_NULL',
	'23503': 'WRITE_FOREIGN_KEY',
	'23505': 'WRITE_UNIQUE',
	'23514': 'WRITE_CHECK',
};

/** Classes of SQLSTATE that speak of the values of a row: data, constraints, view check. */
const ROW_CLASSES: Readonly<Record<string, IssueCode>> = {
	22: 'WRITE_TYPE',
	23: 'WRITE_REFUSED',
	44: 'WRITE_CHECK',
};

/**
 * Classes that speak of the connection, the transaction, the statement or the server. In any other, the codes that
 * triggers make up among them, the fault lies with a row.
 */
const OTHER_CLASSES = /^(08|0A|25|26|28|2B|2D|34|3B|3D|3F|40|42|53|55|57|58|F0|XX)/;

/** Checks rows against the policies of row-level security, which refuses with the code of missing rights. */
const POLICY_CHECK = 'ExecWithCheckOptions';

/** Disk full, out of memory, configuration limit exceeded. */
const NO_SPACE = new Set(['53100', '53200', '53400']);

/** Serialization failure, deadlock, a lock that was waited for too long. */
const CONFLICTS = new Set(['40001', '40P01', '55P03']);

/** Says what a PostgreSQL error means for a row. */
export const explainPostgresError: ErrorReader = (error) => {
	const { code = '', severity, message, detail, column, where, routine } = error as PostgresError;
	const isServerSpeaking = severity !== undefined && /^[0-9A-Z]{5}$/.test(code);
	const isRowSpoken = isServerSpeaking && !OTHER_CLASSES.test(code);
	const rowCode =
		ROW_CODES[code] ?? ROW_CLASSES[code.slice(0, 2)] ?? (isRowSpoken ? 'WRITE_REFUSED' : undefined);
	if (rowCode !== undefined) {
		return {
			code: rowCode,
			message: detail === undefined ? message : `${message}: ${detail}`,
			field: column ?? columnOfDetail(detail) ?? columnOfCopy(where),
			rowAtFault: true,
		};
	}
	if (code === '42501' && routine === POLICY_CHECK) {
		return { code: 'WRITE_CHECK', message, rowAtFault: true };
	}
	if (code === '42501' || code === '25006') {
		return { code: 'WRITE_DENIED', message: `PostgreSQL: ${message}`, rowAtFault: false };
	}
	if (NO_SPACE.has(code)) {
		return { code: 'WRITE_NO_SPACE', message: `PostgreSQL: ${message}`, rowAtFault: false };
	}
	if (CONFLICTS.has(code)) {
		return { code: 'RUN_CONFLICT', message: `PostgreSQL: ${message}`, rowAtFault: false };
	}
	if (code === '42P01') return { code: 'RUN_NO_TABLE', message, rowAtFault: false };
	const isAnswer = isServerSpeaking && !/^(08|28|3D|53|57)/.test(code);
	return {
		code: isAnswer ? 'WRITE_REFUSED' : 'RUN_CONNECTION',
		message: `PostgreSQL: ${describeFailure(error)}`,
		rowAtFault: false,
	};
};

/** A refused connection may come as a bundle of errors without a text of its own. */
function describeFailure(error: unknown): string {
	if (error instanceof AggregateError) return error.errors.map(describeFailure).join('; ');
	return error instanceof Error ? error.message : String(error);
}

/** "Key (email)=(a@b.c) already exists." An index over an expression, `lower(email)`, names no column. */
function columnOfDetail(detail: string | undefined): string | undefined {
	const name = /^Key \(("(?:[^"]|"")*"|[^,()"]+)[,)]/.exec(detail ?? '')?.[1];
	return name?.startsWith('"') === true ? name.slice(1, -1).replaceAll('""', '"') : name;
}

/** "COPY data_import_stage, line 3, column c5: ..." */
function columnOfCopy(where: string | undefined): string | undefined {
	return /, column ([^:]+):/.exec(where ?? '')?.[1];
}
