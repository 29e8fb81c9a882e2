import type { Cell, ColumnType } from '../../../engine/dataset';
import { compileCoercion, Misfit, type FieldFormat } from '../../../engine/fields';
import { readFieldSpecs } from '../../../engine/fields/field-options';

const coerce = (type: ColumnType, cell: Cell, format: FieldFormat): unknown => {
	const value = compileCoercion({ name: 'field', type, format }, { name: 'column' })(cell);
	return value instanceof Misfit ? `${value.code}: ${value.message}` : value;
};

test.each<[ColumnType, FieldFormat, Cell, unknown]>([
	['decimal', { locale: 'de' }, '1.234,5', 1234.5],
	['decimal', { locale: 'de' }, '12,5 %', 0.125],
	['integer', { locale: 'de' }, '1.234', 1234],
	['integer', { locale: 'de' }, '1,5', 'CELL_NUMBER: "1,5" is not a whole number'],
	['integer', { locale: 'ar-EG' }, '١٢٬٣٤٥', 12345],
	['decimal', { locale: 'de' }, '1,234.5', 'CELL_NUMBER: "1,234.5" is not a number (de)'],
	['decimal', { locale: 'de', decimalSign: '.' }, '1,234.5', 1234.5],
	['decimal', { locale: 'de' }, 7.5, 7.5],
	['date', { locale: 'pt-BR' }, '4 de jul. de 1999', '1999-07-04'],
	['date', { locale: 'en-US' }, '12/05/2023', '2023-12-05'],
	['date', { locale: 'en-US', dateOrder: 'dmy' }, '12/05/2023', '2023-05-12'],
	['date', { locale: 'de', datePattern: 'yyyyMMdd' }, '20240605', '2024-06-05'],
	['date', { locale: 'de' }, 'gestern', 'CELL_DATE: "gestern" is not a date (de)'],
	['date', { locale: 'de' }, ' ', null],
	['date-time', { locale: 'ko' }, '2024년 1월 31일 오후 2:30', '2024-01-31T14:30:00'],
])('as %s in %j, %j becomes %j', (type, format, cell, expected) => {
	expect(coerce(type, cell, format)).toEqual(expected);
});

test('a locale that is none is refused', () => {
	const fields = [{ name: 'a', format: { locale: 'no locale' } }];
	expect(() => readFieldSpecs(fields, 'fields')).toThrow(
		'"locale" of the field "a" must be a language or locale such as de or pt-BR',
	);
});
