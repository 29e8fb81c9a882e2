import type { Cell } from '../dataset';
import { decimalText } from '../dataset/values';
import { changeFields, columnOfType } from './definition/cell-changes';
import { defineOperation } from './definition/operation';
import { columns, flag, text } from './definition/parameters';
import { compilePattern, withinPattern } from './definition/patterns';

export const replace = defineOperation({
	kind: 'replace',
	title: 'Replace',
	summary: 'Replace a text or a regular expression inside of cells',
	parameters: {
		fields: columns({ title: 'Columns', summary: 'Columns in which is replaced' }),
		find: text({ title: 'Find', summary: 'Text or regular expression to look for' }),
		replaceWith: text({
			title: 'Replace With',
			summary: 'What to put in its place; with a regular expression, $1 is its first group',
			default: '',
		}),
		regularExpression: flag({
			title: 'Regular Expression',
			summary: 'Whether Find is a JavaScript regular expression',
			default: false,
		}),
		ignoreCase: flag({
			title: 'Ignore Case',
			summary: 'Whether upper and lower case are the same',
			default: false,
		}),
		all: flag({
			title: 'Replace All',
			summary: 'Whether every occurrence is replaced, or only the first',
			default: true,
		}),
	},
	example: {
		options: { fields: ['Phone'], find: '[ /-]', regularExpression: true },
		columns: [{ name: 'Phone' }],
		before: [['030/123 45-67']],
		after: [['0301234567']],
	},
	compile(options, columnsIn) {
		const pattern = compilePattern(options);
		const replacement = options.regularExpression
			? options.replaceWith
			: options.replaceWith.replaceAll('$', '$$$$');
		const change = (cell: Cell) => {
			const before = textOf(cell);
			if (before === undefined) return cell;
			const after = withinPattern(() => before.replace(pattern as unknown as RegExp, replacement));
			return after === before ? cell : after;
		};
		// after replacing, nothing that was found out about the column need still hold
		const columnOut = columnOfType('text');
		return changeFields(options.fields, columnsIn, change, { columnOut });
	},
});

/** Lists and records hold no text of their own, and an empty cell has nothing to be replaced. */
function textOf(cell: Cell): string | undefined {
	if (typeof cell === 'string') return cell;
	if (typeof cell === 'number') return decimalText(cell);
	return typeof cell === 'boolean' ? String(cell) : undefined;
}
