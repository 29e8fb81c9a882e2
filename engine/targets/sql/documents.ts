import { sql, type RawBuilder } from 'kysely';
import { ImportError } from '../../issues';
import type { TableName } from '../target';
import type { QueryResult, SqlConnection } from './connection';
import type { SqlDialect } from './dialect';

type Sql = RawBuilder<unknown>;

/** A text that is kept under a name. */
export interface Document {
	name: string;
	/** ISO 8601 in UTC. */
	savedAt: string;
	content: string;
	/** Goes up with each save. */
	revision: number;
}

/** Where databases differ, as far as documents are concerned. */
export interface DocumentDialect extends Pick<SqlDialect, 'compile' | 'table' | 'explain'> {
	/**
	 * Makes the table unless it is there: `name` (at most 200 characters, compared exactly, unique), `saved_at`, `content`,
	 * `revision`.
	 */
	createDocuments(table: TableName): Sql;
}

type Connection = Pick<SqlConnection, 'run' | 'close'>;

/**
 * Texts that are kept under names in a table of a database. The table is made when the first one is saved; where it is
 * there already, no right to make one is needed. Each method is a connection and a statement of its own.
 *
 * All methods throw ImportError: RUN_CONNECTION, WRITE_DENIED, or WRITE_REFUSED for what else the database says.
 */
export class SqlDocuments {
	readonly #connect: () => Promise<Connection>;

	readonly #dialect: DocumentDialect;

	readonly #table: TableName;

	constructor(connect: () => Promise<Connection>, dialect: DocumentDialect, table: TableName) {
		this.#connect = connect;
		this.#dialect = dialect;
		this.#table = table;
	}

	async names(): Promise<string[]> {
		const { rows } = await this.#read(sql`select name from ${this.#name}`);
		return rows.map(({ name }) => String(name));
	}

	async list(): Promise<Document[]> {
		const { rows } = await this.#read(
			sql`select name, saved_at, content, revision from ${this.#name}`,
		);
		return rows.map(asDocument);
	}

	async find(name: string): Promise<Document | undefined> {
		const { rows } = await this.#read(
			sql`select name, saved_at, content, revision from ${this.#name} where name = ${name}`,
		);
		return rows[0] && asDocument(rows[0]);
	}

	/** @returns false when there is one of that name already */
	async insert({ name, savedAt, content, revision }: Document): Promise<boolean> {
		const statement = sql`insert into ${this.#name} (name, saved_at, content, revision) values (${name}, ${savedAt}, ${content}, ${revision})`;
		return await this.#withConnection(async (run) => {
			try {
				await this.#withTable(run, () => run(statement));
				return true;
			} catch (error) {
				if (this.#codeOf(error) === 'WRITE_UNIQUE') return false;
				throw error;
			}
		});
	}

	/** @returns false when the one of that name has another revision than `before` by now, or is gone */
	async replace({ name, savedAt, content, revision }: Document, before: number): Promise<boolean> {
		const { changes } = await this.#read(
			sql`update ${this.#name} set saved_at = ${savedAt}, content = ${content}, revision = ${revision} where name = ${name} and revision = ${before}`,
		);
		return changes > 0;
	}

	/** @returns whether there was one */
	async delete(name: string): Promise<boolean> {
		const { changes } = await this.#read(sql`delete from ${this.#name} where name = ${name}`);
		return changes > 0;
	}

	get #name(): Sql {
		return this.#dialect.table(this.#table);
	}

	/** A statement that finds nothing where there is no table. */
	async #read(statement: Sql): Promise<QueryResult> {
		return await this.#withConnection(async (run) => {
			try {
				return await run(statement);
			} catch (error) {
				if (this.#codeOf(error) === 'RUN_NO_TABLE') return { rows: [], changes: 0 };
				throw error;
			}
		});
	}

	/** Makes the table when it is missed: asking for it to be made would need a right even where it is there. */
	async #withTable<T>(run: Run, work: () => Promise<T>): Promise<T> {
		try {
			return await work();
		} catch (error) {
			if (this.#codeOf(error) !== 'RUN_NO_TABLE') throw error;
		}
		const failure = await run(this.#dialect.createDocuments(this.#table)).then(
			() => undefined,
			(error: unknown) => error,
		);
		try {
			return await work();
		} catch (error) {
			// another may have made it at the same moment; only where it is still not there does the failure count
			if (failure === undefined || this.#codeOf(error) !== 'RUN_NO_TABLE') throw error;
			throw failure as Error;
		}
	}

	async #withConnection<T>(work: (run: Run) => Promise<T>): Promise<T> {
		let connection: Connection | undefined;
		try {
			const opened = await this.#connect();
			connection = opened;
			return await work((statement) => opened.run(this.#dialect.compile(statement)));
		} catch (error) {
			if (error instanceof ImportError) throw error;
			const { code, message } = this.#dialect.explain(error);
			throw new ImportError(code, message, {}, { cause: error });
		} finally {
			await connection?.close();
		}
	}

	#codeOf(error: unknown): string {
		return this.#dialect.explain(error).code;
	}
}

type Run = (statement: Sql) => Promise<QueryResult>;

const asDocument = (row: Record<string, unknown>): Document => ({
	name: String(row.name),
	savedAt: String(row.saved_at),
	content: String(row.content),
	revision: Number(row.revision),
});
