import type { Cell } from '../dataset';
import type { SafePattern } from '../dataset/patterns';
import { trimBlanks } from '../dataset/values';
import { ImportError } from '../issues';
import { cellText, isEmpty } from './definition/cell-text';
import { indexOfColumn } from './definition/columns';
import { computeColumns, placesFor } from './definition/computed-columns';
import { defineOperation } from './definition/operation';
import { choice, column, flag, splitList, text, valueOrValues } from './definition/parameters';
import { compilePattern, withinPattern } from './definition/patterns';

type Rest = 'join' | 'drop';

export const split = defineOperation({
	kind: 'split',
	title: 'Split into Columns',
	summary: 'Split the text of a column into several columns',
	parameters: {
		field: column({ title: 'Column', summary: 'Column whose texts are split' }),
		delimiter: text({
			title: 'Delimiter',
			summary: 'What stands between two parts; a blank when it is left out',
			default: ' ',
		}),
		regularExpression: flag({
			title: 'Regular Expression',
			summary: 'Whether Delimiter is a JavaScript regular expression',
			default: false,
		}),
		names: valueOrValues({
			title: 'Names',
			summary: 'Names of the columns for the parts, commas or line breaks between them',
		}),
		rest: choice<Rest>({
			title: 'More Parts Than Names',
			summary: 'What becomes of the parts that no name is left for',
			choices: { join: 'Stay in the Last Column', drop: 'Are Left Out' },
		}),
	},
	example: {
		options: { field: 'Name', names: ['First', 'Last'] },
		columns: [{ name: 'Name' }],
		before: [['Ada Lovelace'], ['Juan Carlos Primero'], ['Plato']],
		columnsAfter: ['Name', 'First', 'Last'],
		after: [
			['Ada Lovelace', 'Ada', 'Lovelace'],
			['Juan Carlos Primero', 'Juan', 'Carlos Primero'],
			['Plato', 'Plato', null],
		],
	},
	compile({ field, delimiter, regularExpression, names, rest }, columnsIn) {
		const index = indexOfColumn(field, columnsIn);
		const wanted = splitList(names);
		if (wanted.length === 0) {
			throw new ImportError('RUN_CONFIG', 'Name the columns for the parts under Names');
		}
		const separator = compilePattern({ find: delimiter, regularExpression, all: true });
		const places = placesFor(
			wanted.map((name) => ({ name, type: 'text' as const })),
			columnsIn,
		);
		return computeColumns(places, ({ cells }) => {
			const cell = cells[index] ?? null;
			if (isEmpty(cell)) return [];
			return withinPattern(() => partsOf(cellText(cell), separator, wanted.length, rest));
		});
	},
});

function partsOf(whole: string, separator: SafePattern, most: number, rest: Rest): Cell[] {
	const parts: string[] = [];
	let start = 0;
	for (const found of separator[Symbol.matchAll](whole)) {
		if (found[0] === '') continue;
		if (rest === 'join' && parts.length === most - 1) break;
		parts.push(whole.slice(start, found.index));
		start = found.index + found[0].length;
	}
	parts.push(whole.slice(start));
	return parts.slice(0, most).map(trimBlanks);
}
