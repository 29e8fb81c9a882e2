import type { Cell } from '../dataset';
import { sentenceCase, titleCase } from './casing/proper-names';
import { changeFields } from './definition/cell-changes';
import { defineOperation } from './definition/operation';
import { choice, columns } from './definition/parameters';

type LetterCase = 'lower' | 'upper' | 'title' | 'sentence';

const writers: Record<LetterCase, (text: string) => string> = {
	lower: (text) => text.toLowerCase(),
	upper: (text) => text.toUpperCase(),
	title: titleCase,
	sentence: sentenceCase,
};

export const changeCase = defineOperation({
	kind: 'change-case',
	title: 'Change Case',
	summary: 'Write texts in lower case, upper case, as names and titles, or as sentences',
	parameters: {
		fields: columns({ title: 'Columns', summary: 'Columns whose texts are changed' }),
		case: choice<LetterCase>({
			title: 'Case',
			summary: 'How the letters are written',
			choices: {
				lower: 'lower case',
				upper: 'UPPER CASE',
				title: "Names and Titles (O'Brien, McDonald, van der Berg)",
				sentence: 'As a sentence',
			},
		}),
	},
	example: {
		options: { fields: ['Name'], case: 'title' },
		columns: [{ name: 'Name' }],
		before: [["SEAN O'BRIEN"], ['JAN VAN DER BERG'], ['ronald mcdonald']],
		after: [["Sean O'Brien"], ['Jan van der Berg'], ['Ronald McDonald']],
	},
	compile(options, columnsIn) {
		const write = writers[options.case];
		const change = (cell: Cell) => (typeof cell === 'string' ? write(cell) : cell);
		return changeFields(options.fields, columnsIn, change);
	},
});
