import type { Cell, Column } from '../dataset';
import { indexesOfColumns, indexOfColumn } from './definition/columns';
import { defineOperation } from './definition/operation';
import { choice, column, columns, list, text } from './definition/parameters';
import { Aggregate, aggregations, type Aggregation } from './grouping/aggregate';
import { groupKey, groupRows } from './grouping/group-rows';
import { RowStore } from '../dataset/spill';

export const group = defineOperation({
	kind: 'group',
	title: 'Group and Aggregate',
	summary:
		'Make one row of all rows that are the same in some columns, with sums, counts and the like',
	parameters: {
		fields: columns({
			title: 'Group By',
			summary: 'Columns in which the rows of a group are the same',
		}),
		values: list({
			title: 'Values',
			summary: 'What is computed of each group',
			entries: {
				field: column({ title: 'Column', summary: 'Column whose values are taken together' }),
				aggregation: choice<Aggregation>({
					title: 'Aggregation',
					summary: 'What becomes of the values',
					choices: aggregations,
				}),
				name: text({
					title: 'Name',
					summary: 'Name of the new column; empty: made of both',
					default: '',
				}),
			},
		}),
	},
	example: {
		options: {
			fields: ['Donor'],
			values: [
				{ field: 'Amount', aggregation: 'sum' },
				{ field: 'Amount', aggregation: 'count', name: 'Gifts' },
			],
		},
		columns: [{ name: 'Donor' }, { name: 'Amount', type: 'decimal' }],
		before: [
			['Ada', 10.1],
			['Bo', 5],
			['Ada', 20.2],
		],
		columnsAfter: ['Donor', 'Amount sum', 'Gifts'],
		after: [
			['Ada', 30.3, 2],
			['Bo', 5, 1],
		],
	},
	compile({ fields, values }, columnsIn) {
		const keys = indexesOfColumns(fields, columnsIn);
		const computed = values.map(({ field, aggregation, name }) => {
			const index = indexOfColumn(field, columnsIn);
			const from = columnsIn[index] ?? { name: field };
			return { index, aggregation, from, name: name === '' ? `${field} ${aggregation}` : name };
		});
		const columnsOut: Column[] = [
			...keys.map((index) => columnsIn[index] ?? { name: '' }),
			...computed.map(({ name, aggregation, from }) => Aggregate.column(name, aggregation, from)),
		];
		const store = new RowStore([false]);
		const keyOf = groupKey(keys);
		return {
			columnsOut,
			reorders: true,
			apply(batch) {
				for (const row of batch.rows) store.add([keyOf(row)], row);
				batch.rows = [];
				batch.columns = columnsOut;
			},
			finish: () =>
				groupRows(store, columnsOut, keyOf, (first) => {
					const kept: Cell[] = keys.map((index) => first.cells[index] ?? null);
					const aggregates = computed.map(
						({ aggregation, from }) => new Aggregate(aggregation, from),
					);
					return {
						add: ({ cells }) => {
							for (const [i, { index }] of computed.entries())
								aggregates[i]?.add(cells[index] ?? null);
						},
						cells: () => [...kept, ...aggregates.map(({ value }) => value)],
					};
				}),
			close: () => store.close(),
		};
	},
});
