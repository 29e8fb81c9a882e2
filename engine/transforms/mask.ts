import type { Cell } from '../dataset';
import { changeFields, columnOfType } from './definition/cell-changes';
import { cellText, isEmpty } from './definition/cell-text';
import { defineOperation } from './definition/operation';
import { choice, columns, wholeNumber } from './definition/parameters';

type Form = 'email' | 'end' | 'all' | 'initials';

const STAR = '•';

/** Masked texts have one length, so that the length gives nothing away. */
const STARS = STAR.repeat(6);

export const mask = defineOperation({
	kind: 'mask',
	title: 'Mask Personal Data',
	summary: 'Hide most of a value, so that rows can be shown and tested with',
	parameters: {
		fields: columns({ title: 'Columns', summary: 'Columns whose values are hidden' }),
		form: choice<Form>({
			title: 'What Stays Visible',
			summary: 'The part of the value that can still be read',
			choices: {
				end: 'The Last Characters',
				email: 'The First Letter and the Domain of an E-mail Address',
				initials: 'The First Letter of Each Word',
				all: 'Nothing',
			},
		}),
		visible: wholeNumber({
			title: 'Visible Characters',
			summary: 'How many of the last characters stay visible',
			default: 4,
			least: 0,
			most: 20,
			onlyWhen: { form: ['end'] },
		}),
	},
	example: {
		options: { fields: ['Account'], form: 'end', visible: 4 },
		columns: [{ name: 'Account' }],
		before: [['DE89370400440532013000'], ['12']],
		after: [[`${STARS}3000`], [STARS]],
	},
	compile({ fields, form, visible }, columnsIn) {
		const masks: Record<Form, (text: string) => string> = {
			// a text that would stay whole is hidden whole
			end: (text) =>
				text.length <= visible * 2 ? STARS : STARS + text.slice(text.length - visible),
			email: maskEmail,
			initials: (text) => text.replace(/(\p{L})[\p{L}\p{M}\p{N}'’-]*/gu, `$1${STAR.repeat(3)}`),
			all: () => STARS,
		};
		const hide = masks[form];
		const change = (cell: Cell) => (isEmpty(cell) ? cell : hide(cellText(cell)));
		const columnOut = columnOfType('text');
		return changeFields(fields, columnsIn, change, { columnOut });
	},
});

function maskEmail(text: string): string {
	const at = text.lastIndexOf('@');
	return at < 1
		? STARS
		: `${String.fromCodePoint(text.codePointAt(0) ?? 0)}${STARS}${text.slice(at)}`;
}
