import type { CompileType } from './coercion';
import { compileNumber } from './number-coercion';

/**
 * A number: a JavaScript number where it has at most 15 significant digits, decimal text such as
 * `-1234567890.123456789` where it has more.
 */
export const compileDecimal: CompileType = (field, column) =>
	compileNumber(field, column, (value) => value);
