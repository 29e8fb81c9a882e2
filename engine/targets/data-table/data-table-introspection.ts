import { ImportError } from '../../issues';
import type { ColumnDescription, TableDescription, TableName, ValueType } from '../target';
import type { DataTable, DataTableClient, DataTableColumn } from './data-table-client';
import { asDataTableImportError } from './data-table-errors';
import { HASHES } from '../sql/row-ledger';
import { LEDGER } from './data-table-ledger';

const VALUE_TYPES: Readonly<Record<DataTableColumn['type'], ValueType>> = {
	string: 'text',
	number: 'decimal',
	boolean: 'boolean',
	date: 'date-time',
};

/** Every record's number, which the store gives. */
export const ID = 'id';

/** Tables by name, without those that the imports keep. */
export async function listDataTables(client: DataTableClient): Promise<DataTable[]> {
	try {
		const tables = (await client.listTables()).filter(
			({ name }) => name !== LEDGER && name !== HASHES,
		);
		return tables.sort((a, b) => a.name.localeCompare(b.name));
	} catch (error) {
		throw asDataTableImportError(error);
	}
}

/** Finds a table by its id, its name, or its name in other case where that is unique. @throws ImportError RUN_NO_TABLE */
export async function findDataTable(
	client: DataTableClient,
	{ name }: TableName,
): Promise<DataTable> {
	const tables = await listDataTables(client);
	const exact = tables.find((table) => table.id === name || table.name === name);
	if (exact !== undefined) return exact;
	const alike = tables.filter((table) => table.name.toLowerCase() === name.toLowerCase());
	if (alike.length === 1 && alike[0] !== undefined) return alike[0];
	const names = tables.map((table) => table.name).join(', ');
	throw new ImportError('RUN_NO_TABLE', `There is no Data Table "${name}" in this project`, {
		value: name,
		hint: names === '' ? 'The project has no Data Tables yet.' : `Its Data Tables are: ${names}.`,
	});
}

/** Nothing but the id is unique, and every column may be empty: Data Tables know no constraints. */
export function describeDataTable({ name, columns }: DataTable): TableDescription {
	return {
		table: { name },
		columns: [
			systemColumn(ID, 'number', { nullable: false, type: 'integer', matchOnly: true }),
			...columns.map((column) => ({
				name: column.name,
				type: VALUE_TYPES[column.type],
				databaseType: column.type,
				nullable: true,
				hasDefault: false,
				generated: false,
			})),
			...['createdAt', 'updatedAt'].map((moment) =>
				systemColumn(moment, 'date', { type: 'date-time', generated: true }),
			),
		],
		uniqueKeys: [[ID]],
	};
}

const systemColumn = (
	name: string,
	databaseType: DataTableColumn['type'],
	more: Partial<ColumnDescription>,
): ColumnDescription => ({
	name,
	databaseType,
	nullable: true,
	hasDefault: true,
	generated: false,
	...more,
});
