import type { Cell, Column } from '../../dataset';
import { nameOfOrder, readDate, readFixedDate, type DateOrder } from '../../dataset/values/date';
import { compileDatePattern } from '../../dataset/values/date-pattern';
import { compileLocaleDates, knownLocale } from '../../dataset/values/locale';
import { ambiguous, compileDateReading, type DateReading } from '../../dataset/values/reading';
import type { FieldSpec } from '../field';
import { Misfit, quoted } from '../misfit';
import { coerceWritten, type Coercion } from './coercion';

/** The coercion of both date types. `accept` gets every date that was read as ISO text, with the text of the cell. */
export function compileDateType(
	field: FieldSpec,
	column: Column,
	accept: (iso: string, text: string) => Cell | Misfit,
): Coercion {
	const { read, notation, order } = readingOf(field, column);
	const coerce = coerceWritten(
		(text) => {
			const iso = read(text);
			if (iso === undefined) {
				return new Misfit('CELL_DATE', `${quoted(text)} is not a date${notation}`);
			}
			return iso === ambiguous ? ambiguousDate(text) : accept(iso, text);
		},
		(cell) => new Misfit('CELL_DATE', `${quoted(cell)} is a ${kindOf(cell)} and not a date`),
	);
	if (order === undefined) return coerce;
	// nearly every cell, so it is tried before anything else
	return (cell) => {
		const iso = typeof cell === 'string' ? readFixedDate(cell, order) : undefined;
		return iso === undefined ? coerce(cell) : accept(iso, cell as string);
	};
}

interface Reading {
	read: DateReading;
	/** How dates are written, for messages. */
	notation: string;
	/** Their order, where it is decided and no pattern says more. */
	order?: DateOrder;
}

function readingOf(field: FieldSpec, column: Column): Reading {
	const pattern = field.format?.datePattern;
	if (pattern !== undefined) {
		const { read } = compileDatePattern(pattern);
		return { read, notation: ` (${pattern})` };
	}
	const locale = field.format?.locale && knownLocale(field.format.locale);
	if (locale) {
		const order = field.format?.dateOrder;
		return { read: compileLocaleDates(locale, { order }), notation: ` (${locale})` };
	}
	const dateOrder = field.format?.dateOrder ?? column.format?.dateOrder;
	return {
		read: compileDateReading({ dateOrder }),
		order: dateOrder,
		notation: dateOrder === undefined ? '' : ` (${nameOfOrder(dateOrder)})`,
	};
}

function ambiguousDate(text: string): Misfit {
	const dayFirst = readDate(text, 'dmy');
	const monthFirst = readDate(text, 'mdy');
	return new Misfit(
		'CELL_DATE_AMBIGUOUS',
		`${quoted(text)} is ${dayFirst} with the day first and ${monthFirst} with the month first`,
	);
}

function kindOf(cell: Exclude<Cell, string | null>): string {
	if (Array.isArray(cell)) return 'list';
	return typeof cell === 'object' ? 'record' : typeof cell;
}
