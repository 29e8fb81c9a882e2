import type { Cell } from '../../dataset';
import { Misfit, quoted } from '../misfit';
import type { CompileType } from './coercion';
import { compileNumber } from './number-coercion';

/**
 * A whole number: a JavaScript number where it is safe (up to 2^53 - 1), decimal text where it is larger. `12.00` is
 * whole, `12.5` is a misfit with CELL_NUMBER: nothing is rounded.
 */
export const compileInteger: CompileType = (field, column) => compileNumber(field, column, asWhole);

function asWhole(value: number | string, cell: Cell): Cell | Misfit {
	if (typeof value === 'number') {
		if (Number.isSafeInteger(value)) return value;
		return Number.isInteger(value) ? BigInt(value).toString() : notWhole(cell);
	}
	if (value.includes('.')) return notWhole(cell);
	const number = Number(value);
	return Number.isSafeInteger(number) ? number : value;
}

const notWhole = (cell: Cell) => new Misfit('CELL_NUMBER', `${quoted(cell)} is not a whole number`);
