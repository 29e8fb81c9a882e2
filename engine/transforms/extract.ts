import { ImportError } from '../issues';
import { Failure, quoted } from './definition/cell-changes';
import { cellText, isEmpty } from './definition/cell-text';
import { indexOfColumn } from './definition/columns';
import { computeColumns, placesFor } from './definition/computed-columns';
import { defineOperation } from './definition/operation';
import { choice, column, flag, splitList, text, valueOrValues } from './definition/parameters';
import { compilePattern, withinPattern } from './definition/patterns';

export const extract = defineOperation({
	kind: 'extract',
	title: 'Extract',
	summary: 'Take the parts of a text that a regular expression finds into columns',
	parameters: {
		field: column({ title: 'Column', summary: 'Column whose texts are searched' }),
		pattern: text({
			title: 'Pattern',
			summary: 'JavaScript regular expression; each group in parentheses gives a column',
		}),
		names: valueOrValues({
			title: 'Names',
			summary: 'Names of the columns for the groups, commas or line breaks between them',
		}),
		ignoreCase: flag({
			title: 'Ignore Case',
			summary: 'Whether upper and lower case are the same',
			default: false,
		}),
		noMatch: choice({
			title: 'Nothing Found',
			summary: 'What becomes of a row whose text does not fit the pattern',
			choices: { empty: 'Leave the Columns Empty', fail: 'Fail the Row' },
		}),
	},
	example: {
		options: { field: 'Order', pattern: '^([A-Z]+)-(\\d+)', names: ['Series', 'Number'] },
		columns: [{ name: 'Order' }],
		before: [['INV-0042/b'], ['none']],
		columnsAfter: ['Order', 'Series', 'Number'],
		after: [
			['INV-0042/b', 'INV', '0042'],
			['none', null, null],
		],
	},
	compile({ field, pattern, names, ignoreCase, noMatch }, columnsIn) {
		const index = indexOfColumn(field, columnsIn);
		const wanted = splitList(names);
		if (wanted.length === 0) {
			throw new ImportError('RUN_CONFIG', 'Name the columns for the groups under Names');
		}
		const search = compilePattern({ find: pattern, regularExpression: true, ignoreCase });
		const places = placesFor(
			wanted.map((name) => ({ name, type: 'text' as const })),
			columnsIn,
		);
		const compute = (cell: string) => {
			const found = withinPattern(() => search.exec(cell));
			if (found instanceof Failure) return found;
			if (found !== null) {
				// without a group, the whole of what was found
				const groups = found.length === 1 ? [found[0]] : found.slice(1);
				return wanted.map((_, i) => groups[i] ?? null);
			}
			if (noMatch === 'empty') return [];
			return new Failure('CELL_PATTERN', `${quoted(cell)} does not fit the pattern ${pattern}`);
		};
		return computeColumns(
			places,
			({ cells }) => {
				const cell = cells[index] ?? null;
				return isEmpty(cell) ? [] : compute(cellText(cell));
			},
			{ from: { name: field, index } },
		);
	},
});
