import type { Cell } from '../dataset';
import { trimBlanks } from '../dataset/values';
import { changeFields, columnOfType, Failure, onFailure, quoted } from './definition/cell-changes';
import { cellText, isEmpty } from './definition/cell-text';
import { defineOperation } from './definition/operation';
import { choice, columns } from './definition/parameters';

type Result = 'address' | 'domain';

const hasScheme = /^[a-z][a-z\d+.-]*:\/\//i;
const isHost =
	/^(?:[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}-]*[\p{L}\p{N}\p{M}])?\.)+[\p{L}][\p{L}\p{N}\p{M}-]+$/u;

export const cleanUrl = defineOperation({
	kind: 'clean-url',
	title: 'Clean Web Address',
	summary: 'Give web addresses a scheme and one way of writing, or take their domain',
	parameters: {
		fields: columns({ title: 'Columns', summary: 'Columns that hold web addresses' }),
		result: choice<Result>({
			title: 'Result',
			summary: 'What is written',
			choices: { address: 'The Whole Address', domain: 'The Domain Without www' },
		}),
		onFailure,
	},
	example: {
		options: { fields: ['Site'] },
		columns: [{ name: 'Site' }],
		before: [['WWW.Example.org'], ['http://example.org/a b']],
		after: [['https://www.example.org/'], ['http://example.org/a%20b']],
	},
	compile({ fields, result, onFailure: policy }, columnsIn) {
		const change = (cell: Cell): Cell | Failure => {
			const written = trimBlanks(cellText(cell));
			if (isEmpty(written)) return null;
			const url = parse(hasScheme.test(written) ? written : `https://${written}`);
			if (url === undefined) {
				return new Failure('CELL_URL', `${quoted(cell)} is not a web address`);
			}
			return result === 'address' ? url.href : url.hostname.replace(/^www\./, '');
		};
		const columnOut = columnOfType(result === 'address' ? 'url' : 'text', policy);
		return changeFields(fields, columnsIn, change, { columnOut, policy });
	},
});

function parse(text: string): URL | undefined {
	if (!URL.canParse(text)) return undefined;
	const url = new URL(text);
	const isWeb = /^(?:https?|ftps?):$/.test(url.protocol);
	const host = url.hostname;
	return isWeb && (isHost.test(host) || /^[\d.]+$|^\[/.test(host)) ? url : undefined;
}
