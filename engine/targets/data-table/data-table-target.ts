import { ImportError } from '../../issues';
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
		if (specification.commitInBatches !== undefined) {
			throw new ImportError(
				'RUN_CONFIG',
				'A Data Table has no commits that could be made in batches',
				{
					hint: 'Set Commit to Everything at Once. A Data Table is written in parts in any case, and a part that is written stays; with Match On, a second start leaves its records as they are.',
				},
			);
		}
		const table = await findDataTable(this.#client, specification.table.table);
		return await DataTableSession.start(this.#client, table, specification);
	}

	close(): Promise<void> {
		return Promise.resolve();
	}
}
