/** What a cell holds: a date is ISO 8601 text in UTC. */
export type DataTableValue = string | number | boolean | null;

/** Cells by column, without the columns that the store fills itself. */
export type DataTableValues = Record<string, DataTableValue>;

export interface DataTableColumn {
	name: string;
	type: 'string' | 'number' | 'boolean' | 'date';
}

/** A Data Table, with its columns in their order, without `id`, `createdAt` and `updatedAt`, which every one has. */
export interface DataTable {
	id: string;
	name: string;
	columns: DataTableColumn[];
}

export interface DataTableRecord {
	id: number;
	/** When it was changed last, as ISO 8601 text in UTC. */
	updatedAt: string;
	values: DataTableValues;
}

export interface DataTableUpdate {
	id: number;
	/** The record must not have been changed at this moment or later: ISO 8601 text in UTC. */
	unchangedSince: string;
	/** The cells that change. */
	values: DataTableValues;
}

/** What became of updates, by the ids of the records. What is in neither was changed meanwhile, or is gone. */
export interface DataTableUpdates {
	written: ReadonlySet<number>;
	/** Those that the store refused, each with its error. */
	refused: ReadonlyMap<number, unknown>;
}

/** How Data Tables are reached. Errors are those of the store; `explainDataTableError` understands them. */
export interface DataTableClient {
	/** The most bytes that all Data Tables together may take, where that is known. */
	readonly sizeLimit: number | undefined;
	listTables(): Promise<DataTable[]>;
	createTable(name: string, columns: readonly DataTableColumn[]): Promise<DataTable>;
	/** Records whose id is above `after`, in the order of their ids, at most `limit`. */
	readRows(table: DataTable, after: number, limit: number): Promise<DataTableRecord[]>;
	/** Adds records, all or none of them. */
	insertRows(table: DataTable, rows: readonly DataTableValues[]): Promise<void>;
	/** Changes records one after the other, each on its own. No id is named twice. */
	updateRows(table: DataTable, updates: readonly DataTableUpdate[]): Promise<DataTableUpdates>;
	/** Deletes records one after the other, each on its own. No id is named twice. */
	deleteRows(
		table: DataTable,
		records: ReadonlyArray<Pick<DataTableUpdate, 'id' | 'unchangedSince'>>,
	): Promise<DataTableUpdates>;
}
