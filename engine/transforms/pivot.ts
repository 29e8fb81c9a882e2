import type { Batch, Cell, Column, Row } from '../dataset';
import { ImportError, issue, quoteValue } from '../issues';
import { quoted, reject } from './definition/cell-changes';
import { cellText, foldText } from './definition/cell-text';
import { indexesOfColumns, indexOfColumn } from './definition/columns';
import { defineOperation } from './definition/operation';
import { choice, column, columns, splitList, valueOrValues } from './definition/parameters';
import { Aggregate, aggregations, type Aggregation } from './grouping/aggregate';
import { groupKey, groupRows } from './grouping/group-rows';
import { RowStore } from '../dataset/spill';

export const pivot = defineOperation({
	kind: 'pivot',
	title: 'Rows to Columns',
	summary: 'Make one row of the rows of a group, with a column for each of several names',
	parameters: {
		fields: columns({
			title: 'Group By',
			summary: 'Columns in which the rows of a group are the same',
		}),
		nameField: column({ title: 'Name Column', summary: 'Column whose values become columns' }),
		valueField: column({ title: 'Value Column', summary: 'Column whose values fill them' }),
		names: valueOrValues({
			title: 'Names',
			summary: 'Values of the name column that become columns, commas or line breaks between them',
		}),
		aggregation: choice<Aggregation>({
			title: 'Several Values',
			summary: 'What becomes of several values for one name in a group',
			choices: { ...aggregations },
		}),
	},
	example: {
		options: {
			fields: ['Student'],
			nameField: 'Term',
			valueField: 'Points',
			names: ['Fall', 'Winter'],
			aggregation: 'last',
		},
		columns: [{ name: 'Student' }, { name: 'Term' }, { name: 'Points', type: 'integer' }],
		before: [
			['Ada', 'Fall', 12],
			['Bo', 'Fall', 9],
			['Ada', 'winter', 15],
		],
		columnsAfter: ['Student', 'Fall', 'Winter'],
		after: [
			['Ada', 12, 15],
			['Bo', 9, null],
		],
	},
	compile({ fields, nameField, valueField, names, aggregation }, columnsIn) {
		const keys = indexesOfColumns(fields, columnsIn);
		const nameIndex = indexOfColumn(nameField, columnsIn);
		const valueIndex = indexOfColumn(valueField, columnsIn);
		const from = columnsIn[valueIndex] ?? { name: valueField };
		const wanted = splitList(names);
		if (wanted.length === 0) {
			throw new ImportError('RUN_CONFIG', 'Name the values that become columns under Names');
		}
		const places = new Map(wanted.map((name, i) => [foldText(name), i]));
		const columnsOut: Column[] = [
			...keys.map((index) => columnsIn[index] ?? { name: '' }),
			...wanted.map((name) => Aggregate.column(name, aggregation, from)),
		];
		const store = new RowStore([false]);
		const keyOf = groupKey(keys);
		return {
			columnsOut,
			reorders: true,
			apply(batch) {
				const kept: Row[] = [];
				for (const row of batch.rows) {
					const name = cellText(row.cells[nameIndex] ?? null);
					if (places.has(foldText(name.trim()))) store.add([keyOf(row)], row);
					else kept.push(row);
				}
				batch.rows = [];
				for (const row of kept) rejectUnknown(batch, row, nameField, row.cells[nameIndex] ?? null);
				batch.columns = columnsOut;
			},
			finish: () =>
				groupRows(store, columnsOut, keyOf, (first) => {
					const kept: Cell[] = keys.map((index) => first.cells[index] ?? null);
					const aggregates = wanted.map(() => new Aggregate(aggregation, from));
					return {
						add: ({ cells }) => {
							const place = places.get(foldText(cellText(cells[nameIndex] ?? null).trim()));
							aggregates[place ?? 0]?.add(cells[valueIndex] ?? null);
						},
						cells: () => [...kept, ...aggregates.map(({ value }) => value)],
					};
				}),
			close: () => store.close(),
		};
	},
});

/** A name that no column was made for: its row fails, so that its value is not lost in silence. */
function rejectUnknown(batch: Batch, row: Row, column: string, cell: Cell): void {
	reject(batch, row, [
		issue('CELL_OPTION', `${quoted(cell)} is not among the names that become columns`, {
			row: row.number,
			column,
			value: quoteValue(cell),
		}),
	]);
}
