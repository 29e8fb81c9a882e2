import type { Cell, Column } from '../dataset';
import { isBlank } from '../dataset/values';
import { changeFields } from './definition/cell-changes';
import { defineOperation } from './definition/operation';
import { columns, value } from './definition/parameters';

export const fillEmpty = defineOperation({
	kind: 'fill-empty',
	title: 'Default Value',
	summary: 'Put a value into empty cells',
	parameters: {
		fields: columns({ title: 'Columns', summary: 'Columns whose empty cells are filled' }),
		value: value({ title: 'Value', summary: 'What an empty cell becomes' }),
	},
	example: {
		options: { fields: ['Country'], value: 'NL' },
		columns: [{ name: 'Country' }],
		before: [['BE'], [''], [null], ['  ']],
		after: [['BE'], ['NL'], ['NL'], ['NL']],
	},
	compile({ fields, value: filling }, columnsIn) {
		const change = (cell: Cell) =>
			cell === null || (typeof cell === 'string' && isBlank(cell)) ? filling : cell;
		// any other value among the cells makes uncertain what they are
		const columnOut = (column: Column): Column =>
			typeof filling === 'string' && holdsTexts(column) ? column : { name: column.name };
		return changeFields(fields, columnsIn, change, { columnOut });
	},
});

/** Whether the cells are texts, be it that their dates or numbers are still to be read. */
const holdsTexts = ({ type = 'text', format }: Column): boolean =>
	type === 'text' || format !== undefined;
