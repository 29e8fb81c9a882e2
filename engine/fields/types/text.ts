import type { Cell } from '../../dataset';
import { isBlank } from '../../dataset/values/blank';
import { decimalText } from '../../dataset/values/decimal-text';
import { isFormulaError, NOT_AVAILABLE } from '../../dataset/values/formula-error';
import { formulaError, type Misfit } from '../misfit';
import type { CompileType } from './coercion';

/**
 * Text stays as it is, blanks around it included; a blank cell is null. Numbers and booleans become their text, lists and
 * objects JSON text. A formula error is a misfit, but for `#N/A`, which people also write to mean "nothing".
 */
export const compileText: CompileType = () => textOf;

function textOf(cell: Cell): string | null | Misfit {
	if (typeof cell === 'string') return ownText(cell);
	if (cell === null) return null;
	if (typeof cell === 'number') return decimalText(cell);
	return typeof cell === 'boolean' ? String(cell) : JSON.stringify(cell);
}

/**
 * Whether one look tells that a text stays as it is: only one that begins with a blank can be blank, and only one with #
 * a formula error.
 */
export function isPlainText(text: string): boolean {
	const first = text.charCodeAt(0);
	return first > 0x23 && first < 0x80;
}

function ownText(text: string): string | null | Misfit {
	if (isPlainText(text)) return text;
	if (isBlank(text)) return null;
	return isFormulaError(text) && text !== NOT_AVAILABLE ? formulaError(text) : text;
}
