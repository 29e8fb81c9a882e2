import type {
	LoadSession,
	LoadSpecification,
	TableDescription,
	TableName,
	Target,
} from '../target';
import type { DataTableClient } from './data-table-client';
import { describeDataTable, findDataTable, listDataTables } from './data-table-introspection';
import { DataTableSession } from './data-table-session';

/** Data Tables, as n8n has them: tables without constraints and without a transaction over several calls. */
export class DataTableTarget implements Target {
	readonly label = 'Data Table';

	readonly #client: DataTableClient;

	constructor(client: DataTableClient) {
		this.#client = client;
	}

	async listTables(): Promise<TableName[]> {
		return (await listDataTables(this.#client)).map(({ name }) => ({ name }));
	}

	async describeTable(table: TableName): Promise<TableDescription> {
		return describeDataTable(await findDataTable(this.#client, table));
	}

	async startLoad(specification: LoadSpecification): Promise<LoadSession> {
		const table = await findDataTable(this.#client, specification.table.table);
		return await DataTableSession.start(this.#client, table, specification);
	}

	close(): Promise<void> {
		return Promise.resolve();
	}
}
