import type { Cell, Column } from '../../dataset';
import { isGraphic, trimBlanks } from '../../dataset/values/blank';
import { isFormulaError } from '../../dataset/values/formula-error';
import type { FieldSpec } from '../field';
import { formulaError, Misfit } from '../misfit';

/** Brings one cell into a type. Runs for every cell of every row: it allocates nothing but the result. */
export type Coercion = (cell: Cell) => Cell | Misfit;

/** Makes the coercion of one type for a field that takes its values from a column. */
export type CompileType = (field: FieldSpec, column: Column) => Coercion;

const HASH = 0x23;

/**
 * A coercion for a type that is written as text: blanks around it do not count, a blank cell is null, a formula error is
 * a misfit. `readText` gets the rest, `readOther` numbers, booleans, lists and objects.
 */
export function coerceWritten(
	readText: (text: string) => Cell | Misfit,
	readOther: (cell: Exclude<Cell, string | null>) => Cell | Misfit,
): Coercion {
	return (cell) => {
		if (typeof cell === 'string') {
			// nearly every cell: nothing to trim, and no # at its start
			const first = cell.charCodeAt(0);
			if (first > HASH && isGraphic(first) && isGraphic(cell.charCodeAt(cell.length - 1))) {
				return readText(cell);
			}
			const text = trimBlanks(cell);
			if (text === '') return null;
			if (isFormulaError(text)) return formulaError(text);
			return readText(text);
		}
		return cell === null ? null : readOther(cell);
	};
}
