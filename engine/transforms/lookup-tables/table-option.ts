import type { AttachedTable, Batch, Column, StepContext } from '../../dataset';
import { ReadRow } from '../../dataset';
import { table, type TableReference } from '../definition/parameters';

/** The parameter of operations that look into a second table. */
export const lookupTable = table({
	title: 'Lookup Table',
	summary: 'The rows that come in by the input Lookup',
});

/** The table that a step names. @throws ImportError RUN_CONFIG when it does not come with the rows */
export function openTable(reference: TableReference, context: StepContext): AttachedTable {
	if ('attachment' in reference) return context.attachment(reference.attachment);
	const columns: Column[] = reference.columns.map((name) => ({ name }));
	const rows = reference.rows.map((cells, index) => new ReadRow(index + 1, cells));
	return {
		columns,
		// eslint-disable-next-line @typescript-eslint/require-await -- a table like any other, which happens to be in memory
		async *batches(): AsyncGenerator<Batch> {
			yield { columns, rows, rejected: [], issues: [] };
		},
	};
}
