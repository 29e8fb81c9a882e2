import type { Cell } from '../dataset';
import { decimalText } from '../dataset/values';
import { changeFields, columnOfType, Failure, onFailure, quoted } from './definition/cell-changes';
import { cellText, isEmpty } from './definition/cell-text';
import { defineOperation } from './definition/operation';
import { choice, columns, text, wholeNumber } from './definition/parameters';

type Sign = 'point' | 'comma';
type Grouping = 'none' | 'sign' | 'blank';

const decimal = /^(-?)(\d+)(?:\.(\d+))?$/;

export const formatNumber = defineOperation({
	kind: 'format-number',
	title: 'Format Number',
	summary: 'Write numbers as a text with fixed decimals, groups of digits, a prefix and a suffix',
	parameters: {
		fields: columns({ title: 'Columns', summary: 'Columns that hold numbers' }),
		decimals: wholeNumber({
			title: 'Decimals',
			summary: 'How many decimals are written',
			default: 2,
			least: 0,
			most: 15,
		}),
		decimalSign: choice<Sign>({
			title: 'Decimal Sign',
			summary: 'Sign before the decimals',
			choices: { point: 'Point (1,234.50)', comma: 'Comma (1.234,50)' },
		}),
		grouping: choice<Grouping>({
			title: 'Groups of Three Digits',
			summary: 'What stands between them',
			choices: { none: 'Nothing', sign: 'The Other Sign', blank: 'A Blank' },
		}),
		prefix: text({ title: 'Prefix', summary: 'Text in front of the number', default: '' }),
		suffix: text({ title: 'Suffix', summary: 'Text behind the number', default: '' }),
		onFailure,
	},
	example: {
		options: { fields: ['Fee'], decimalSign: 'comma', grouping: 'sign', suffix: ' €' },
		columns: [{ name: 'Fee', type: 'decimal' }],
		before: [[1234.5], [-0.005]],
		after: [['1.234,50 €'], ['-0,01 €']],
	},
	compile(
		{ fields, decimals, decimalSign, grouping, prefix, suffix, onFailure: policy },
		columnsIn,
	) {
		const [point, separator] = decimalSign === 'point' ? ['.', ','] : [',', '.'];
		const between = { none: '', sign: separator, blank: ' ' }[grouping];
		const change = (cell: Cell): Cell | Failure => {
			if (isEmpty(cell)) return cell;
			const written = typeof cell === 'number' ? decimalText(cell) : cellText(cell);
			const match = decimal.exec(written);
			if (match === null) {
				return new Failure(
					'CELL_NUMBER',
					`${quoted(cell)} is not a number; use Parse Number first`,
				);
			}
			const [, minus = '', whole = '', fraction = ''] = match;
			const digits = roundedDigits(whole, fraction, decimals);
			const left = digits.slice(0, digits.length - decimals).replace(/\B(?=(?:\d{3})+$)/g, between);
			const right = decimals === 0 ? '' : point + digits.slice(digits.length - decimals);
			return `${prefix}${/[1-9]/.test(digits) ? minus : ''}${left}${right}${suffix}`;
		};
		const columnOut = columnOfType('text', policy);
		return changeFields(fields, columnsIn, change, { columnOut, policy });
	},
});

/** All digits of a decimal with so many behind the point, rounded half away from zero: exact for any length. */
function roundedDigits(whole: string, fraction: string, decimals: number): string {
	const kept = BigInt(whole + fraction.slice(0, decimals).padEnd(decimals, '0'));
	const isUp = (fraction[decimals] ?? '0') >= '5';
	return String(isUp ? kept + 1n : kept).padStart(decimals + 1, '0');
}
