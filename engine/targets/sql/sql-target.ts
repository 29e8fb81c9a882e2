import type {
	LoadSession,
	LoadSpecification,
	TableDescription,
	TableName,
	Target,
} from '../target';
import type { SqlConnection } from './connection';
import type { SqlDialect } from './dialect';
import { asImportError } from './load-connection';
import { SqlLoadSession } from './load-session';

/** A database that speaks SQL: what differs is how it is reached and what it says of its tables. */
export abstract class SqlTarget<Connection extends SqlConnection> implements Target {
	abstract readonly label: string;

	protected abstract readonly dialect: SqlDialect;

	/** @throws the driver's own error */
	protected abstract open(): Promise<Connection>;

	protected abstract tablesOf(connection: Connection): Promise<TableName[]>;

	protected abstract descriptionOf(
		connection: Connection,
		table: TableName,
	): Promise<TableDescription>;

	listTables(): Promise<TableName[]> {
		return this.withConnection((connection) => this.tablesOf(connection));
	}

	describeTable(table: TableName): Promise<TableDescription> {
		return this.withConnection((connection) => this.descriptionOf(connection, table));
	}

	async startLoad(specification: LoadSpecification): Promise<LoadSession> {
		return await SqlLoadSession.start(await this.#connect(), this.dialect, specification);
	}

	close(): Promise<void> {
		return Promise.resolve();
	}

	/** Adds to an error what a person needs to know of this database. */
	protected explained(error: unknown): Error {
		return asImportError(error, this.dialect.explain);
	}

	async #connect(): Promise<Connection> {
		try {
			return await this.open();
		} catch (error) {
			throw this.explained(error);
		}
	}

	protected async withConnection<T>(use: (connection: Connection) => Promise<T>): Promise<T> {
		const connection = await this.#connect();
		try {
			return await use(connection);
		} catch (error) {
			throw this.explained(error);
		} finally {
			await connection.close();
		}
	}
}
