import type { Cell } from '../dataset';
import { isEmail, trimBlanks } from '../dataset/values';
import { changeFields, columnOfType, Failure, onFailure, quoted } from './definition/cell-changes';
import { cellText, isEmpty } from './definition/cell-text';
import { defineOperation } from './definition/operation';
import { columns, flag } from './definition/parameters';

const addressInBrackets = /<\s*([^<>\s]+@[^<>\s]+)\s*>\s*$/;

export const cleanEmail = defineOperation({
	kind: 'clean-email',
	title: 'Clean E-mail Address',
	summary: 'Take the bare address out of a cell, in lower case, and check its form',
	parameters: {
		fields: columns({ title: 'Columns', summary: 'Columns that hold e-mail addresses' }),
		lowerCase: flag({
			title: 'Lower Case',
			summary: 'Whether the whole address is written in lower case; the domain always is',
			default: true,
		}),
		onFailure,
	},
	example: {
		options: { fields: ['Mail'] },
		columns: [{ name: 'Mail' }],
		before: [[' Ada Lovelace <Ada@Example.ORG> '], ['mailto:bo@example.org;']],
		after: [['ada@example.org'], ['bo@example.org']],
	},
	compile({ fields, lowerCase, onFailure: policy }, columnsIn) {
		const change = (cell: Cell): Cell | Failure => {
			const written = trimBlanks(cellText(cell));
			if (isEmpty(written)) return null;
			const bare = bareAddress(written);
			if (!isEmail(bare))
				return new Failure('CELL_EMAIL', `${quoted(cell)} is not an e-mail address`);
			const at = bare.lastIndexOf('@');
			const local = lowerCase ? bare.slice(0, at).toLowerCase() : bare.slice(0, at);
			return local + bare.slice(at).toLowerCase();
		};
		const columnOut = columnOfType('email', policy);
		return changeFields(fields, columnsIn, change, { columnOut, policy });
	},
});

/** The address without a name before it, `mailto:`, quotes, and the signs that lists leave behind it. */
function bareAddress(written: string): string {
	const bracketed = addressInBrackets.exec(written)?.[1];
	return (bracketed ?? written)
		.replace(/^mailto:/i, '')
		.replace(/^["'<(]+|[>"'),.;:]+$/g, '')
		.trim();
}
