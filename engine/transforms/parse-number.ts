import type { Cell } from '../dataset';
import {
	ambiguous,
	compileLocaleNumbers,
	compileNumberReading,
	knownLocale,
	trimBlanks,
	type DecimalSign,
	type NumberReading,
} from '../dataset/values';
import { ImportError } from '../issues';
import { changeCells, columnOfType, Failure, onFailure, quoted } from './definition/cell-changes';
import { changeColumns, indexesOfColumns } from './definition/columns';
import { defineOperation } from './definition/operation';
import { choice, columns, text } from './definition/parameters';

type Sign = 'auto' | 'point' | 'comma';

const signs: Record<Sign, DecimalSign | undefined> = { auto: undefined, point: '.', comma: ',' };

export const parseNumber = defineOperation({
	kind: 'parse-number',
	title: 'Parse Number',
	summary: 'Read numbers with grouped digits, currencies, percent and any decimal sign',
	parameters: {
		fields: columns({ title: 'Columns', summary: 'Columns that hold numbers' }),
		decimalSign: choice<Sign>({
			title: 'Decimal Sign',
			summary: 'Sign before the decimals',
			choices: {
				auto: 'As Found in the Column',
				point: 'Point (1,234.50)',
				comma: 'Comma (1.234,50)',
			},
		}),
		language: text({
			title: 'Language',
			summary:
				'Language or locale that the numbers are written in, such as de-CH or ar-EG; reads its signs, digits and words such as Mio.; a decimal sign that is set goes before it',
			default: '',
		}),
		onFailure,
	},
	example: {
		options: { fields: ['Price'], decimalSign: 'comma' },
		columns: [{ name: 'Price' }],
		before: [['1.234,50 €'], ['(12,00)'], ['12,5 %']],
		after: [[1234.5], [-12], [0.125]],
	},
	compile({ fields, decimalSign, language, onFailure: policy }, columnsIn) {
		const locale = decimalSign === 'auto' ? localeOf(language) : undefined;
		const indexes = indexesOfColumns(fields, columnsIn);
		const changes = indexes.map((index) => {
			const sign = signs[decimalSign] ?? columnsIn[index]?.format?.decimalSign;
			const read =
				locale === undefined
					? compileNumberReading({ decimalSign: sign })
					: compileLocaleNumbers(locale);
			const notation = locale ?? (sign && (sign === '.' ? 'decimal point' : 'decimal comma'));
			return { index, change: (cell: Cell) => readCell(cell, read, notation) };
		});
		const columnsOut = changeColumns(columnsIn, indexes, columnOfType('decimal', policy));
		return changeCells(changes, columnsOut, policy);
	},
});

/** @throws ImportError RUN_CONFIG when there is no such language */
function localeOf(language: string): string | undefined {
	if (language.trim() === '') return undefined;
	const locale = knownLocale(language);
	if (locale !== undefined) return locale;
	throw new ImportError('RUN_CONFIG', `"${language}" is not a language such as de or pt-BR`);
}

function readCell(cell: Cell, read: NumberReading, notation: string | undefined): Cell | Failure {
	if (cell === null || typeof cell === 'number') return cell;
	const written = typeof cell === 'string' ? trimBlanks(cell) : undefined;
	if (written === '') return null;
	const value = written === undefined ? undefined : read(written);
	if (value === undefined) {
		const suffix = notation === undefined ? '' : ` (${notation})`;
		return new Failure('CELL_NUMBER', `${quoted(cell)} is not a number${suffix}`);
	}
	if (value === ambiguous) {
		return new Failure(
			'CELL_NUMBER_AMBIGUOUS',
			`${quoted(cell)} is one number with a decimal point and another with a decimal comma`,
		);
	}
	return value;
}
