import type { Cell } from '../dataset';
import { cellText, isEmpty } from './definition/cell-text';
import { indexesOfColumns } from './definition/columns';
import { computeColumns, placesFor } from './definition/computed-columns';
import { defineOperation } from './definition/operation';
import { columns, flag, text } from './definition/parameters';

export const join = defineOperation({
	kind: 'join',
	title: 'Join Columns',
	summary: 'Put the texts of several columns together in one',
	parameters: {
		fields: columns({ title: 'Columns', summary: 'Columns whose texts are joined, in this order' }),
		separator: text({ title: 'Separator', summary: 'What stands between two texts', default: ' ' }),
		field: text({
			title: 'Column',
			summary: 'Column that takes the result; a new one when there is none of that name',
		}),
		skipEmpty: flag({
			title: 'Skip Empty Cells',
			summary: 'Whether an empty cell adds nothing, not even a separator',
			default: true,
		}),
	},
	example: {
		options: { fields: ['Street', 'City'], separator: ', ', field: 'Address' },
		columns: [{ name: 'Street' }, { name: 'City' }],
		before: [
			['Main St 1', 'Leeds'],
			['', 'York'],
		],
		columnsAfter: ['Street', 'City', 'Address'],
		after: [
			['Main St 1', 'Leeds', 'Main St 1, Leeds'],
			['', 'York', 'York'],
		],
	},
	compile({ fields, separator, field, skipEmpty }, columnsIn) {
		const indexes = indexesOfColumns(fields, columnsIn);
		const places = placesFor([{ name: field, type: 'text' }], columnsIn);
		return computeColumns(places, ({ cells }) => {
			const joined: Cell[] = indexes.map((index) => cells[index] ?? null);
			const filled = skipEmpty ? joined.filter((cell) => !isEmpty(cell)) : joined;
			return [filled.length === 0 ? null : filled.map(cellText).join(separator)];
		});
	},
});
