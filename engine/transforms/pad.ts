import type { Cell } from '../dataset';
import { changeFields, columnOfType } from './definition/cell-changes';
import { cellText, isEmpty } from './definition/cell-text';
import { defineOperation } from './definition/operation';
import { choice, columns, text, wholeNumber } from './definition/parameters';

type Side = 'start' | 'end';

export const pad = defineOperation({
	kind: 'pad',
	title: 'Pad',
	summary: 'Fill texts up to a length, for instance with the zeros that a spreadsheet took away',
	parameters: {
		fields: columns({ title: 'Columns', summary: 'Columns whose texts are filled up' }),
		length: wholeNumber({
			title: 'Length',
			summary: 'Characters that a text has at least',
			least: 1,
			most: 1000,
		}),
		fill: text({ title: 'Fill With', summary: 'What is put in front or behind', default: '0' }),
		side: choice<Side>({
			title: 'Side',
			summary: 'Where the text is filled up',
			choices: { start: 'In Front', end: 'Behind' },
		}),
	},
	example: {
		options: { fields: ['Zip'], length: 5 },
		columns: [{ name: 'Zip', type: 'integer' }],
		before: [[1067], ['99423']],
		after: [['01067'], ['99423']],
	},
	compile({ fields, length, fill, side }, columnsIn) {
		const change = (cell: Cell) => {
			if (isEmpty(cell)) return cell;
			const written = cellText(cell);
			return side === 'start' ? written.padStart(length, fill) : written.padEnd(length, fill);
		};
		const columnOut = columnOfType('text');
		return changeFields(fields, columnsIn, change, { columnOut });
	},
});
