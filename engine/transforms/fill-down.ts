import type { Cell } from '../dataset';
import { isBlank } from '../dataset/values';
import { indexesOfColumns } from './definition/columns';
import { defineOperation } from './definition/operation';
import { choice, columns } from './definition/parameters';

type Direction = 'down' | 'right';

export const fillDown = defineOperation({
	kind: 'fill-down',
	title: 'Fill Down',
	summary:
		'Put the value above, or to the left, into empty cells, as merged cells and groups of rows need it',
	parameters: {
		fields: columns({ title: 'Columns', summary: 'Columns whose empty cells are filled' }),
		direction: choice<Direction>({
			title: 'From',
			summary: 'Where the value comes from',
			choices: { down: 'The Row Above', right: 'The Column to the Left' },
		}),
	},
	example: {
		options: { fields: ['Class'] },
		columns: [{ name: 'Class' }, { name: 'Student' }],
		before: [
			['5a', 'Ada'],
			['', 'Bo'],
			['5b', 'Cy'],
		],
		after: [
			['5a', 'Ada'],
			['5a', 'Bo'],
			['5b', 'Cy'],
		],
	},
	compile({ fields, direction }, columnsIn) {
		const indexes = indexesOfColumns(fields, columnsIn);
		const above = new Map<number, Cell>();
		return {
			columnsOut: columnsIn,
			apply(batch) {
				for (const row of batch.rows) {
					let left: Cell = null;
					for (const index of indexes) {
						const cell = row.cells[index] ?? null;
						const isFilled = cell !== null && !(typeof cell === 'string' && isBlank(cell));
						if (isFilled) {
							above.set(index, cell);
							left = cell;
							continue;
						}
						const filling = direction === 'down' ? (above.get(index) ?? null) : left;
						if (filling === null) continue;
						row.source ??= row.cells.slice();
						row.cells[index] = filling;
					}
				}
			},
		};
	},
});
