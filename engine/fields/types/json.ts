import type { Cell } from '../../dataset';
import { Misfit, quoted } from '../misfit';
import { coerceWritten, type CompileType } from './coercion';

/** The value that a JSON text holds; what is not text is a JSON value already. */
export const compileJson: CompileType = () => coerceWritten(parseJson, (cell) => cell);

function parseJson(text: string): Cell | Misfit {
	try {
		return JSON.parse(text) as Cell;
	} catch {
		return new Misfit('CELL_JSON', `${quoted(text)} is not valid JSON`);
	}
}
