import type { Batch } from '../dataset';
import { keyPart } from './definition/cell-text';
import { indexOfColumn } from './definition/columns';
import { defineOperation } from './definition/operation';
import { choice, column, list } from './definition/parameters';
import { emptyBatch } from './definition/batches';
import { RowStore } from '../dataset/spill';

export const sort = defineOperation({
	kind: 'sort',
	title: 'Sort',
	summary: 'Put the rows in the order of one or more columns; empty cells come last',
	parameters: {
		by: list({
			title: 'By',
			summary: 'Columns to sort by, the most important first',
			entries: {
				field: column({ title: 'Column', summary: 'Column whose values give the order' }),
				direction: choice({
					title: 'Direction',
					summary: 'Which value comes first',
					choices: { ascending: 'Smallest First', descending: 'Largest First' },
				}),
			},
		}),
	},
	example: {
		options: { by: [{ field: 'Amount', direction: 'descending' }] },
		columns: [{ name: 'Name' }, { name: 'Amount', type: 'integer' }],
		before: [
			['Ada', 9],
			['Bo', 10],
			['Cy', null],
		],
		after: [
			['Bo', 10],
			['Ada', 9],
			['Cy', null],
		],
	},
	compile({ by }, columnsIn) {
		const keys = by.map(({ field }) => {
			const index = indexOfColumn(field, columnsIn);
			return { index, column: columnsIn[index] ?? { name: field } };
		});
		const store = new RowStore(by.map(({ direction }) => direction === 'descending'));
		return {
			columnsOut: columnsIn,
			reorders: true,
			apply(batch) {
				for (const row of batch.rows) {
					const key = keys.map(({ index, column: by }) => keyPart(row.cells[index], by));
					store.add(key, row);
				}
				batch.rows = [];
			},
			*finish(): Generator<Batch> {
				for (const rows of store.batches()) yield { ...emptyBatch(columnsIn), rows };
			},
			close: () => store.close(),
		};
	},
});
