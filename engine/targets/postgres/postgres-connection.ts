import { once } from 'node:events';
import type { CompiledQuery } from 'kysely';
import { Client, type ClientConfig } from 'pg';
import { from as copyFrom, type CopyStreamQuery } from 'pg-copy-streams';
import type { QueryResult, SqlConnection } from '../sql/connection';
import type { StagedRow } from '../target';
import { copyRows } from './copy-text';

/**
 * How to reach a PostgreSQL server: what the `pg` driver takes. With `ssl: 'allow'` the connection is encrypted only if the
 * server insists on it, as libpq's sslmode has it: https://www.postgresql.org/docs/current/libpq-ssl.html
 */
export type PostgresConfig = Pick<
	ClientConfig,
	'host' | 'port' | 'database' | 'user' | 'password' | 'stream'
> & { ssl?: ClientConfig['ssl'] | 'allow' };

/** SQLSTATE of a login that pg_hba.conf does not let in, for instance because it is not encrypted. */
const NOT_LET_IN = '28000';

const CONNECT_TIMEOUT_MS = 15_000;

/**
 * How often a server looks whether its client is still there while it runs a statement, or waits for a lock: a client that
 * died must not keep its locks.
 */
const CLIENT_CHECK_MS = 1000;

/** Bytes that may wait to be sent while more rows are read. */
const COPY_AHEAD = 1 << 20;

/** Type ids of pg_type that are given as JavaScript values; everything else stays the text the server sent. */
const PARSERS = new Map<number, (text: string) => unknown>([
	[16, (text) => text === 't'],
	[20, exactNumber],
	[21, Number],
	[23, Number],
	[114, (text) => JSON.parse(text) as unknown],
	[700, Number],
	[701, Number],
	[1700, exactNumber],
	[3802, (text) => JSON.parse(text) as unknown],
]);

function exactNumber(text: string): number | string {
	return text.replace(/\D/g, '').length <= 15 ? Number(text) : text;
}

/** Own parsers for this connection alone: the driver's global ones belong to n8n. */
const types = {
	getTypeParser: (id: number) => PARSERS.get(id) ?? ((text: string) => text),
};

/** A connection to a PostgreSQL server. */
export class PostgresConnection implements SqlConnection {
	readonly #client: Client;

	readonly #config: ClientConfig;

	/** Process of the server that serves this connection. */
	#process = 0;

	#copy: CopyStreamQuery | undefined;

	#copiedTable = '';

	readonly #rows = copyRows();

	#copyFailure: unknown;

	#lost: unknown;

	private constructor(client: Client, config: ClientConfig) {
		this.#client = client;
		this.#config = config;
		// without a listener a connection that is cut would end the whole process
		client.on('error', (error) => {
			this.#lost = error;
		});
	}

	/** @throws the driver's error when the server does not answer or refuses the login */
	static async open({ ssl, ...config }: PostgresConfig): Promise<PostgresConnection> {
		if (ssl !== 'allow') return await PostgresConnection.#connect({ ...config, ssl });
		try {
			return await PostgresConnection.#connect({ ...config, ssl: false });
		} catch (error) {
			if ((error as { code?: unknown }).code !== NOT_LET_IN) throw error;
			const unverified = { rejectUnauthorized: false };
			return await PostgresConnection.#connect({ ...config, ssl: unverified });
		}
	}

	static async #connect(config: ClientConfig): Promise<PostgresConnection> {
		const client = new Client({
			...config,
			types,
			keepAlive: true,
			connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
			application_name: 'n8n data import',
		});
		const connection = new PostgresConnection(client, config);
		try {
			await client.connect();
			await connection.#introduce();
			return connection;
		} catch (error) {
			await client.end().catch(() => undefined);
			throw error;
		}
	}

	async #introduce(): Promise<void> {
		// servers before 14, and those on some systems, cannot look
		const check = `set client_connection_check_interval = ${CLIENT_CHECK_MS}`;
		await this.#client.query(check).catch(() => undefined);
		const { rows } = await this.#client.query<{ pid: number }>('select pg_backend_pid() as pid');
		this.#process = rows[0]?.pid ?? 0;
	}

	async run({ sql, parameters }: CompiledQuery): Promise<QueryResult> {
		if (this.#lost !== undefined) throw this.#lost as Error;
		this.#abandonCopy();
		const result = await this.#client.query<Record<string, unknown>>({
			text: sql,
			values: [...parameters],
		});
		return { rows: result.rows, changes: result.rowCount ?? 0 };
	}

	/** Rows flow through one COPY until an empty batch, or an error, ends it. */
	async append(table: string, rows: StagedRow[]): Promise<void> {
		if (rows.length === 0 || table !== this.#copiedTable) await this.#endCopy();
		if (rows.length === 0) return;
		const copy = (this.#copy ??= this.#startCopy(table));
		if (this.#copyFailure === undefined && !copy.write(this.#rows.encode(rows))) {
			await untilWritable(copy);
		}
		if (this.#copyFailure !== undefined) await this.#endCopy();
	}

	async cancel(): Promise<void> {
		try {
			const other = await PostgresConnection.#connect(this.#config);
			try {
				await other.#client.query('select pg_cancel_backend($1)', [this.#process]);
			} finally {
				await other.close();
			}
		} catch (error) {
			this.#lost = error;
			await this.#client.end().catch(() => undefined);
		}
	}

	async close(): Promise<void> {
		this.#abandonCopy();
		await this.#client.end().catch(() => undefined);
	}

	#startCopy(table: string): CopyStreamQuery {
		this.#copyFailure = undefined;
		this.#copiedTable = table;
		const copy = this.#client.query(
			copyFrom(`copy pg_temp.${table} from stdin`, { highWaterMark: COPY_AHEAD }),
		);
		copy.on('error', (error) => {
			this.#copyFailure = error;
		});
		return copy;
	}

	/** A statement that is sent while a COPY waits for rows would wait for ever: the COPY is given up. */
	#abandonCopy(): void {
		this.#copy?.destroy();
		this.#copy = undefined;
		this.#copyFailure = undefined;
	}

	async #endCopy(): Promise<void> {
		const copy = this.#copy;
		this.#copy = undefined;
		if (copy === undefined) return;
		if (this.#copyFailure === undefined) {
			const ended = once(copy, 'finish').catch((error: unknown) => {
				this.#copyFailure = error;
			});
			copy.end();
			await ended;
		}
		const failure = this.#copyFailure;
		this.#copyFailure = undefined;
		if (failure !== undefined) throw failure as Error;
	}
}

/** Resolves when more can be written, or when nothing ever will be. */
function untilWritable(copy: CopyStreamQuery): Promise<void> {
	return new Promise((resolve) => {
		const events = ['drain', 'close', 'error'] as const;
		const done = () => {
			for (const event of events) copy.off(event, done);
			resolve();
		};
		for (const event of events) copy.on(event, done);
	});
}
