import type { Cell, Column } from '../dataset';
import { issue, quoteValue, type Issue } from '../issues';
import type { FieldSpec } from './field';
import { compileSlot } from './field-slot';
import { Misfit } from './misfit';
import { isEmpty } from './row-coercion';

/**
 * Looks whether the columns at hand hold what their fields are to be, over the first rows: one warning HEADER_TYPE for a
 * field with values that do not fit, with their count and the first of them.
 *
 * @param fields fields with their columns; those with a column and a type are looked at
 * @param rows the first rows, cells in the order of the columns
 * @throws ImportError as the `map` step when a field does not fit the columns
 */
export function typeClashes(
	columns: readonly Column[],
	fields: readonly FieldSpec[],
	rows: readonly (readonly Cell[])[],
): Issue[] {
	return fields.flatMap((field) => {
		const { column, type } = field;
		if (!column || type === undefined || type === 'text') return [];
		const { index, coerce, others } = compileSlot(field, columns);
		const cells = rows.map((row) => row[index] ?? null).filter((cell) => !isEmpty(cell));
		const misfits = cells.filter((cell) => {
			const value = coerce(cell);
			// values that are not in the list fail only where the field says so
			return value instanceof Misfit && (value.code !== 'CELL_OPTION' || others === 'fail');
		});
		const [first] = misfits;
		if (first === undefined) return [];
		const value = quoteValue(first);
		const found = columns[index]?.type;
		const kind = found === undefined || found === type ? '' : ` (${found})`;
		const message = `The column "${column}"${kind} is mapped to the field "${field.name}" (${type}), and ${misfits.length} of the first ${cells.length} values do not fit, such as "${value}"`;
		return [issue('HEADER_TYPE', message, { column, field: field.name, value })];
	});
}
