import type { DataTable, DataTableClient, DataTableRecord } from './data-table-client';

const RECORDS_AT_ONCE = 1000;

/** All records of a table, page by page in the order of their ids. */
export async function* recordPages(
	client: DataTableClient,
	table: DataTable,
): AsyncGenerator<DataTableRecord[]> {
	for (let after = 0; ;) {
		const records = await client.readRows(table, after, RECORDS_AT_ONCE);
		if (records.length > 0) yield records;
		const last = records.at(-1);
		if (last === undefined || records.length < RECORDS_AT_ONCE) return;
		after = last.id;
	}
}
