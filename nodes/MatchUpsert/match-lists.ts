import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { chosenTable, isDataTable, openDatabase } from '../shared/database-target';
import { incomingColumns } from '../shared/incoming-columns';

/**
 * Columns that rows can be matched on: those of the table that the rows bring, all of the table's before a run. Of a Data
 * Table, whose columns the editor is not shown, all that the rows bring.
 */
export async function getMatchColumns(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	if (isDataTable(this)) {
		return incomingColumns(this).map(({ name }) => ({ name, value: name }));
	}
	const table = chosenTable(this);
	const target = await openDatabase(this);
	try {
		const { columns, uniqueKeys } = await target.describeTable(table);
		const incoming = new Set(incomingColumns(this).map(({ name }) => name.toLowerCase()));
		const usable = columns.filter(
			({ name }) => incoming.size === 0 || incoming.has(name.toLowerCase()),
		);
		const alone = new Set(uniqueKeys.filter((key) => key.length === 1).flat());
		return usable.map(({ name, databaseType }) => ({
			name,
			value: name,
			description: alone.has(name) ? `${databaseType}, unique` : databaseType,
		}));
	} finally {
		await target.close();
	}
}
