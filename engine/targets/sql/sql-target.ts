import type {
	LoadSession,
	LoadSpecification,
	TableDescription,
	TableName,
	Target,
} from '../target';
import type { UndoSession, UndoSpecification } from '../undo';
import type { SqlConnection } from './connection';
import type { SqlDialect } from './dialect';
import { prepareJournal, requireUndoable } from './journal';
import { asImportError } from './load-connection';
import { SqlLoadSession } from './load-session';
import { SqlUndoSession } from './undo-session';

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
		requireUndoable(specification);
		const { journal, table } = specification;
		if (journal !== undefined) {
			await this.withConnection((connection) =>
				prepareJournal(connection, this.dialect, table.table),
			);
		}
		return await SqlLoadSession.start(await this.#connect(), this.dialect, specification);
	}

	async startUndo(specification: UndoSpecification): Promise<UndoSession> {
		return await SqlUndoSession.start(await this.#connect(), this.dialect, specification);
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
