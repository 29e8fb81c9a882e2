import type { DataTable, DataTableClient, DataTableColumn } from './data-table-client';
import { recordPages } from './record-pages';

/** The Data Table that remembers imported files. */
export const LEDGER = 'data_import_files';

const COLUMNS: readonly DataTableColumn[] = [
	{ name: 'fingerprint', type: 'string' },
	{ name: 'table_id', type: 'string' },
	{ name: 'table_name', type: 'string' },
	{ name: 'file_name', type: 'string' },
	{ name: 'imported_at', type: 'date' },
];

/** Remembers which files were imported into which table, in a Data Table of its own, after their rows are written. */
export class DataTableLedger {
	readonly #client: DataTableClient;

	readonly #table: DataTable;

	constructor(client: DataTableClient, table: DataTable) {
		this.#client = client;
		this.#table = table;
	}

	async knows(fingerprint: string): Promise<boolean> {
		const ledger = await this.#ledger();
		if (ledger === undefined) return false;
		for await (const records of recordPages(this.#client, ledger)) {
			const known = records.some(
				({ values }) => values.fingerprint === fingerprint && values.table_id === this.#table.id,
			);
			if (known) return true;
		}
		return false;
	}

	async remember(fingerprint: string, fileName: string): Promise<void> {
		const ledger = (await this.#ledger()) ?? (await this.#client.createTable(LEDGER, COLUMNS));
		await this.#client.insertRows(ledger, [
			{
				fingerprint,
				table_id: this.#table.id,
				table_name: this.#table.name,
				file_name: fileName,
				imported_at: new Date().toISOString(),
			},
		]);
	}

	async #ledger(): Promise<DataTable | undefined> {
		return (await this.#client.listTables()).find(({ name }) => name === LEDGER);
	}
}
