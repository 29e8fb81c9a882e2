import type { Cell, Column } from '../../dataset';
import {
	ambiguous,
	compileDatePattern,
	compileDateReading,
	nameOfOrder,
	readDate,
	type DateReading,
} from '../../dataset/values';
import type { FieldSpec } from '../field';
import { Misfit, quoted } from '../misfit';
import { coerceWritten, type Coercion } from './coercion';

/** The coercion of both date types. `accept` gets every date that was read as ISO text, with the text of the cell. */
export function compileDateType(
	field: FieldSpec,
	column: Column,
	accept: (iso: string, text: string) => Cell | Misfit,
): Coercion {
	const { read, notation } = readingOf(field, column);
	return coerceWritten(
		(text) => {
			const iso = read(text);
			if (iso === undefined) {
				return new Misfit('CELL_DATE', `${quoted(text)} is not a date${notation}`);
			}
			return iso === ambiguous ? ambiguousDate(text) : accept(iso, text);
		},
		(cell) => new Misfit('CELL_DATE', `${quoted(cell)} is a ${kindOf(cell)} and not a date`),
	);
}

function readingOf(field: FieldSpec, column: Column): { read: DateReading; notation: string } {
	const pattern = field.format?.datePattern;
	if (pattern !== undefined) {
		const { read } = compileDatePattern(pattern);
		return { read, notation: ` (${pattern})` };
	}
	const dateOrder = field.format?.dateOrder ?? column.format?.dateOrder;
	return {
		read: compileDateReading({ dateOrder }),
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
