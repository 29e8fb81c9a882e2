import type { Cell } from '../dataset';
import { trimBlanks, trimBlanksEnd, trimBlanksStart } from '../dataset/values';
import { changeFields } from './definition/cell-changes';
import { defineOperation } from './definition/operation';
import { choice, columns, flag } from './definition/parameters';

type Sides = 'both' | 'start' | 'end';

const trims: Record<Sides, (text: string) => string> = {
	both: trimBlanks,
	start: trimBlanksStart,
	end: trimBlanksEnd,
};

const innerBlanks = /\s+/g;

/** Removes what a person does not see: white space, non-breaking blanks, zero-width characters. */
export const trim = defineOperation({
	kind: 'trim',
	title: 'Trim',
	summary: 'Remove blanks around texts, also non-breaking and zero-width ones',
	parameters: {
		fields: columns({
			title: 'Columns',
			summary: 'Columns to trim; all when none is chosen',
			emptyMeansAll: true,
		}),
		sides: choice<Sides>({
			title: 'Sides',
			summary: 'Where blanks are removed',
			choices: { both: 'Start and End', start: 'Start', end: 'End' },
		}),
		collapse: flag({
			title: 'Collapse Blanks Inside',
			summary: 'Whether several blanks between words become one',
			default: false,
		}),
	},
	example: {
		options: { fields: ['Name'] },
		columns: [{ name: 'Name' }, { name: 'City' }],
		before: [['  Ada\u00a0', ' London']],
		after: [['Ada', ' London']],
	},
	compile({ fields, sides, collapse }, columnsIn) {
		const trimSides = trims[sides];
		const change = (cell: Cell) => {
			if (typeof cell !== 'string') return cell;
			const trimmed = trimSides(cell);
			return collapse ? trimmed.replace(innerBlanks, ' ') : trimmed;
		};
		return changeFields(fields, columnsIn, change);
	},
});
