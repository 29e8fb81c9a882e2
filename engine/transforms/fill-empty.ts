import type { Cell, Column } from '../dataset';
import { isBlank } from '../dataset/values';
import { changeCells } from './definition/cell-changes';
import { changeColumns, indexesOfColumns } from './definition/columns';
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
		const indexes = indexesOfColumns(fields, columnsIn);
		const change = (cell: Cell) =>
			cell === null || (typeof cell === 'string' && isBlank(cell)) ? filling : cell;
		// a number among texts, or a text among numbers, makes the type uncertain
		const columnOut = (column: Column): Column =>
			typeof filling === 'string' && column.format !== undefined ? column : mixed(column, filling);
		return changeCells(
			indexes.map((index) => ({ index, change })),
			changeColumns(columnsIn, indexes, columnOut),
		);
	},
});

function mixed(column: Column, filling: Cell): Column {
	const isText = column.type === 'text' || column.type === undefined;
	return typeof filling === 'string' && isText ? column : { name: column.name };
}
