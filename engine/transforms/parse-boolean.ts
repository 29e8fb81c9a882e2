import type { Cell } from '../dataset';
import { readBoolean, trimBlanks } from '../dataset/values';
import { changeFields, columnOfType, Failure, onFailure, quoted } from './definition/cell-changes';
import { cellText, isEmpty } from './definition/cell-text';
import { defineOperation } from './definition/operation';
import { columns, splitList, valueOrValues } from './definition/parameters';

export const parseBoolean = defineOperation({
	kind: 'parse-boolean',
	title: 'Parse Yes and No',
	summary: 'Read words such as yes, ja, oui or x as true and false',
	parameters: {
		fields: columns({ title: 'Columns', summary: 'Columns that hold yes and no' }),
		trueWords: valueOrValues({
			title: 'True',
			summary: 'Words for true beside the usual ones, commas or line breaks between them',
		}),
		falseWords: valueOrValues({
			title: 'False',
			summary: 'Words for false beside the usual ones, commas or line breaks between them',
		}),
		onFailure,
	},
	example: {
		options: { fields: ['Newsletter'], trueWords: 'x', falseWords: '-' },
		columns: [{ name: 'Newsletter' }],
		before: [['Ja'], ['x'], ['-'], ['no']],
		after: [[true], [true], [false], [false]],
	},
	compile({ fields, trueWords, falseWords, onFailure: policy }, columnsIn) {
		const words = new Map<string, boolean>();
		for (const word of splitList(falseWords)) words.set(word.toLowerCase(), false);
		for (const word of splitList(trueWords)) words.set(word.toLowerCase(), true);
		const change = (cell: Cell): Cell | Failure => {
			if (typeof cell === 'boolean') return cell;
			const word = trimBlanks(cellText(cell));
			if (isEmpty(word)) return null;
			const found = words.get(word.toLowerCase()) ?? readBoolean(word);
			return found ?? new Failure('CELL_BOOLEAN', `${quoted(cell)} is neither true nor false`);
		};
		const columnOut = columnOfType('boolean', policy);
		return changeFields(fields, columnsIn, change, { columnOut, policy });
	},
});
