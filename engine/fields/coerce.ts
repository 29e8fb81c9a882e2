import type { Cell, Column } from '../dataset';
import { compileLimits } from './constraints';
import type { FieldSpec } from './field';
import { Misfit } from './misfit';
import { types, type Coercion } from './types';

const unchanged: Coercion = (cell) => cell;

/**
 * Makes the function that brings the cells of a column into the type of a field and checks its limits.
 *
 * The results are canonical: integers and decimals as numbers or, where a JavaScript number is not exact, as decimal
 * text; dates as ISO 8601 text in no other zone than the one written; blank cells as null, for every type. A field
 * without a type and limits gets its cells as they are.
 *
 * @param column the column that holds the cells; its format counts where the field sets none
 * @returns a function that gives the value or a Misfit: CELL_NUMBER, CELL_NUMBER_AMBIGUOUS, CELL_DATE,
 *   CELL_DATE_AMBIGUOUS, CELL_BOOLEAN, CELL_TIME, CELL_EMAIL, CELL_PHONE, CELL_URL, CELL_JSON, CELL_FORMULA_ERROR,
 *   CELL_OPTION, CELL_LENGTH, CELL_RANGE
 * @throws RangeError when the field's date pattern is not one
 */
export function compileCoercion(field: FieldSpec, column: Column): Coercion {
	const coerce = field.type === undefined ? unchanged : types[field.type](field, column);
	const limit = compileLimits(field);
	if (limit === undefined) return coerce;
	return (cell: Cell) => {
		const value = coerce(cell);
		return value instanceof Misfit ? value : limit(value);
	};
}
