import { Readable, type Duplex } from 'node:stream';
import type { CompiledQuery } from 'kysely';
import {
	createConnection,
	type Connection,
	type ConnectionOptions,
	type FieldPacket,
	type ResultSetHeader,
} from 'mysql2/promise';
import { ImportError } from '../../issues';
import type { QueryResult, SqlConnection } from '../sql/connection';
import type { StagedRow } from '../target';
import { loadRows, momentOf, valuesText } from './load-text';
import { MySqlWarning } from './mysql-errors';

/** How to reach a MySQL or MariaDB server: what the `mysql2` driver takes. A database must be named. */
export type MySqlConfig = Pick<
	ConnectionOptions,
	'host' | 'port' | 'database' | 'user' | 'password' | 'ssl' | 'stream' | 'connectTimeout'
>;

const CONNECT_TIMEOUT_MS = 15_000;

/** A statement stays this far below the largest that the server takes. */
const LARGEST_INSERT = 1 << 20;

/** Errors of a server that does not take LOAD DATA LOCAL. */
const LOAD_DATA_REFUSED = new Set([1148, 3948, 4166, 2068]);

/**
 * Values that cannot be loaded or compared as they are become errors; a backslash is a character like any other. Zero dates
 * are let be: they come from the table, as its defaults, and never from a file.
 */
const SQL_MODE = [
	'STRICT_ALL_TABLES',
	'ERROR_FOR_DIVISION_BY_ZERO',
	'NO_BACKSLASH_ESCAPES',
	'NO_AUTO_VALUE_ON_ZERO',
	'NO_ENGINE_SUBSTITUTION',
].join(',');

const DECIMAL_TYPES = new Set(['NEWDECIMAL', 'DECIMAL']);

/** Decimals come as text; those that JavaScript holds exactly become numbers. */
const readField: ConnectionOptions['typeCast'] = ({ type }, next): unknown => {
	const value = next();
	return typeof value === 'string' &&
		DECIMAL_TYPES.has(type) &&
		value.replace(/\D/g, '').length <= 15
		? Number(value)
		: value;
};

interface TemporaryColumn {
	name: string;
	/** Undefined where the server reads the text of a value as it is. */
	special?: 'bits' | 'moment';
}

/** Rows that are sent by one statement: each costs the server a millisecond beside its rows. */
const ROWS_AT_ONCE = 4000;

/** A connection to a MySQL or MariaDB server. */
export class MySqlConnection implements SqlConnection {
	readonly #connection: Connection;

	readonly #config: MySqlConfig;

	#lost: unknown;

	/** Set once the server has refused LOAD DATA LOCAL: rows are inserted from then on. */
	#insertsRows = false;

	readonly #tables = new Map<string, readonly TemporaryColumn[]>();

	readonly #rows = loadRows();

	/** Rows that are not sent yet. */
	#gathered: { table: string; rows: StagedRow[] } = { table: '', rows: [] };

	/** What is on its way; gives the error with which it ended. Never rejected. */
	#sending: Promise<{ error: unknown } | undefined> | undefined;

	private constructor(connection: Connection, config: MySqlConfig) {
		this.#connection = connection;
		this.#config = config;
		// without a listener a connection that is cut would end the whole process
		connection.on('error', (error: unknown) => {
			this.#lost = error;
		});
	}

	/** @throws the driver's error when the server does not answer or refuses the login */
	static async open(config: MySqlConfig): Promise<MySqlConnection> {
		if (config.database === undefined || config.database === '') {
			throw new ImportError('RUN_CONFIG', 'The credential names no database', {
				hint: 'Give the database in the credential: rows are staged in temporary tables, which belong to one.',
			});
		}
		const connection = new MySqlConnection(
			await createConnection({
				connectTimeout: CONNECT_TIMEOUT_MS,
				...config,
				charset: 'utf8mb4_bin',
				dateStrings: true,
				jsonStrings: false,
				supportBigNumbers: true,
				typeCast: readField,
				flags: ['LOCAL_FILES'],
				enableKeepAlive: true,
				// the file that the server asks for is never looked at: rows come from memory
				infileStreamFactory: () => Readable.from([]),
			}),
			config,
		);
		try {
			await connection.#query(`set session sql_mode = '${SQL_MODE}'`);
			return connection;
		} catch (error) {
			await connection.close();
			throw error;
		}
	}

	async run({ sql, parameters }: CompiledQuery): Promise<QueryResult> {
		await this.#sending;
		if (this.#lost !== undefined) throw this.#lost as Error;
		return parameters.length === 0
			? await this.#query(sql)
			: // parameters are sent beside the statement: the driver's own way to write them into it counts on backslashes
				queryResult(await this.#connection.execute(sql, [...parameters] as string[]));
	}

	/** Rows are gathered, and sent while the next ones are read. */
	async append(table: string, rows: StagedRow[]): Promise<void> {
		if (this.#lost !== undefined) throw this.#lost as Error;
		if (table !== this.#gathered.table) {
			await this.#sendGathered();
			this.#gathered.table = table;
		}
		for (const row of rows) this.#gathered.rows.push(row);
		if (rows.length === 0) {
			await this.#sendGathered();
			await this.#arrived();
		} else if (this.#gathered.rows.length >= ROWS_AT_ONCE) await this.#sendGathered();
	}

	/** Sends what is gathered, once what was sent before has arrived. @throws the error of what was sent before */
	async #sendGathered(): Promise<void> {
		const { table, rows } = this.#gathered;
		this.#gathered = { table, rows: [] };
		await this.#arrived();
		if (rows.length === 0) return;
		this.#sending = this.#send(table, rows).then(
			() => undefined,
			(error: unknown) => ({ error }),
		);
	}

	async #arrived(): Promise<void> {
		const failure = await this.#sending;
		this.#sending = undefined;
		if (failure === undefined) return;
		this.#gathered.rows = [];
		throw failure.error as Error;
	}

	async #send(table: string, rows: StagedRow[]): Promise<void> {
		if (!this.#insertsRows) {
			try {
				await this.#loadRows(table, rows);
				return;
			} catch (error) {
				const { errno = 0 } = error as { errno?: number };
				if (!LOAD_DATA_REFUSED.has(errno)) throw error;
				this.#insertsRows = true;
			}
		}
		await this.#insertRows(table, rows);
	}

	async cancel(): Promise<void> {
		try {
			const other = await MySqlConnection.open(this.#config);
			try {
				await other.#query(`kill query ${this.#connection.threadId}`);
			} finally {
				await other.close();
			}
		} catch (error) {
			this.#lost = error;
			this.#cut(error as Error);
		}
	}

	/** The driver's own `destroy` would leave the statement that runs without an end. */
	#cut(error: Error): void {
		const { connection } = this.#connection as unknown as { connection: { stream: Duplex } };
		connection.stream.destroy(error);
	}

	async close(): Promise<void> {
		// the server learns later that the connection has ended: a lock would outlive it for that long
		await this.#connection.query('do release_all_locks()').catch(() => undefined);
		await this.#connection.end().catch(() => this.#connection.destroy());
	}

	/** LOAD DATA LOCAL lets values pass that do not fit, with a warning. Here a warning is an error. */
	async #loadRows(table: string, rows: StagedRow[]): Promise<void> {
		const columns = await this.#columnsOf(table);
		const places = columns.map(({ name, special }) => (special === undefined ? name : `@${name}`));
		const set = columns.flatMap(({ name, special }) => {
			if (special === undefined) return [];
			const value = special === 'bits' ? `cast(@${name} as unsigned)` : momentOf(`@${name}`);
			return [`${name} = ${value}`];
		});
		const statement = `load data local infile 'rows' into table \`${table}\` character set utf8mb4 fields terminated by '\t' escaped by '\\' lines terminated by '\n' (${places.join(', ')})${set.length > 0 ? ` set ${set.join(', ')}` : ''}`;
		const [result] = await this.#connection.query<ResultSetHeader>({
			sql: statement,
			infileStreamFactory: () => Readable.from([this.#rows.encode(rows)]),
		});
		if (result.warningStatus === 0) return;
		const { rows: warnings } = await this.#query('show warnings');
		const warning = warnings.find(({ Level }) => Level !== 'Note');
		if (warning !== undefined) {
			throw new MySqlWarning(Number(warning.Code), String(warning.Message));
		}
	}

	async #insertRows(table: string, rows: StagedRow[]): Promise<void> {
		const columns = await this.#columnsOf(table);
		const moments = columns.flatMap(({ special }, i) => (special === 'moment' ? [i - 1] : []));
		const start = `insert into \`${table}\` values `;
		let text = '';
		for (const row of rows) {
			const values = valuesText(row, moments.length === 0 ? undefined : moments);
			if (text !== '' && text.length + values.length > LARGEST_INSERT) {
				await this.#query(start + text);
				text = '';
			}
			text += text === '' ? values : `,${values}`;
		}
		await this.#query(start + text);
	}

	/**
	 * The columns of a temporary table. Bits are told apart, since LOAD DATA would take their digits for characters, and
	 * moments, which may be in UTC.
	 */
	async #columnsOf(table: string): Promise<readonly TemporaryColumn[]> {
		const known = this.#tables.get(table);
		if (known !== undefined) return known;
		const { rows } = await this.#query(`show columns from \`${table}\``);
		const columns = rows.map(({ Field: name, Type: type }) => ({
			name: String(name),
			special: specialOf(String(type)),
		}));
		this.#tables.set(table, columns);
		return columns;
	}

	async #query(statement: string): Promise<QueryResult> {
		return queryResult(await this.#connection.query(statement));
	}
}

function specialOf(type: string): TemporaryColumn['special'] {
	if (type.startsWith('bit')) return 'bits';
	return type.startsWith('timestamp') ? 'moment' : undefined;
}

function queryResult([result]: [unknown, FieldPacket[]]): QueryResult {
	if (Array.isArray(result)) return { rows: result as QueryResult['rows'], changes: 0 };
	return { rows: [], changes: (result as ResultSetHeader).affectedRows };
}
