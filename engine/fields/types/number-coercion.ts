import type { Cell, Column } from '../../dataset';
import { decimalText } from '../../dataset/values/decimal-text';
import { compileLocaleNumbers, knownLocale } from '../../dataset/values/locale';
import {
	readBareNumber,
	readDigits,
	readNumber,
	type DecimalSign,
} from '../../dataset/values/number';
import { ambiguous, compileNumberReading, type NumberReading } from '../../dataset/values/reading';
import type { FieldSpec } from '../field';
import { Misfit, quoted } from '../misfit';
import { coerceWritten, type Coercion } from './coercion';

const nameOfSign = (sign: DecimalSign) => (sign === '.' ? 'decimal point' : 'decimal comma');

/** The coercion of both number types. `accept` gets every number that was read, with the cell as it stands in the file. */
export function compileNumber(
	field: FieldSpec,
	column: Column,
	accept: (value: number | string, cell: Cell) => Cell | Misfit,
): Coercion {
	const locale = localeOf(field);
	const decimalSign =
		locale === undefined ? (field.format?.decimalSign ?? column.format?.decimalSign) : undefined;
	const read: NumberReading =
		locale === undefined ? compileNumberReading({ decimalSign }) : compileLocaleNumbers(locale);
	const notation = notationOf(locale, decimalSign);
	const notANumber = (cell: Cell) =>
		new Misfit('CELL_NUMBER', `${quoted(cell)} is not a number${notation}`);

	const coerce = coerceWritten(
		(text) => {
			const value = read(text);
			if (value === undefined) return notANumber(text);
			return value === ambiguous ? ambiguousNumber(text) : accept(value, text);
		},
		(cell) =>
			typeof cell === 'number' && Number.isFinite(cell) ? accept(cell, cell) : notANumber(cell),
	);
	// digits alone are nearly every cell, so they are looked for before anything else
	if (decimalSign === undefined) {
		return (cell) => (typeof cell === 'string' ? readDigits(cell) : undefined) ?? coerce(cell);
	}
	return (cell) => {
		const value = typeof cell === 'string' ? readBareNumber(cell, decimalSign) : undefined;
		return value === undefined ? coerce(cell) : accept(value, cell);
	};
}

/** The locale that numbers are read in; a decimal sign that is set for the field says more. */
function localeOf({ format }: FieldSpec): string | undefined {
	if (format?.locale === undefined || format.decimalSign !== undefined) return undefined;
	return knownLocale(format.locale);
}

function notationOf(locale: string | undefined, sign: DecimalSign | undefined): string {
	if (locale !== undefined) return ` (${locale})`;
	return sign === undefined ? '' : ` (${nameOfSign(sign)})`;
}

function ambiguousNumber(text: string): Misfit {
	const [withPoint, withComma] = [readNumber(text, '.'), readNumber(text, ',')].map((value) =>
		typeof value === 'number' ? decimalText(value) : value,
	);
	return new Misfit(
		'CELL_NUMBER_AMBIGUOUS',
		`${quoted(text)} is ${withPoint} with a decimal point and ${withComma} with a decimal comma`,
	);
}
