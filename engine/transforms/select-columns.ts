import { ImportError } from '../issues';
import { indexesOfColumns } from './definition/columns';
import { defineOperation } from './definition/operation';
import { choice, columns } from './definition/parameters';

type Action = 'keep' | 'drop' | 'first';

export const selectColumns = defineOperation({
	kind: 'select-columns',
	title: 'Select Columns',
	summary: 'Keep some columns, drop some, or put some in front',
	parameters: {
		fields: columns({ title: 'Columns', summary: 'Columns that are meant, in the order wanted' }),
		action: choice<Action>({
			title: 'Action',
			summary: 'What is done with them',
			choices: {
				keep: 'Keep Only Them, in This Order',
				drop: 'Drop Them',
				first: 'Put Them in Front',
			},
		}),
	},
	example: {
		options: { fields: ['c', 'a'], action: 'keep' },
		columns: [{ name: 'a' }, { name: 'b' }, { name: 'c' }],
		before: [[1, 2, 3]],
		columnsAfter: ['c', 'a'],
		after: [[3, 1]],
	},
	compile({ fields, action }, columnsIn) {
		const chosen = indexesOfColumns(fields, columnsIn);
		const others = columnsIn.map((_, index) => index).filter((index) => !chosen.includes(index));
		const orders: Record<Action, number[]> = {
			keep: chosen,
			drop: others,
			first: [...chosen, ...others],
		};
		const order = orders[action];
		if (order.length === 0) throw new ImportError('RUN_CONFIG', 'No column would be left');
		const columnsOut = order.map((index) => columnsIn[index] ?? { name: '' });
		return {
			columnsOut,
			apply(batch) {
				for (const row of batch.rows) {
					row.source ??= row.cells;
					row.cells = order.map((index) => row.cells[index] ?? null);
				}
				batch.columns = columnsOut;
			},
		};
	},
});
