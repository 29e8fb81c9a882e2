import type { Cell } from '../../dataset';
import { readBoolean } from '../../dataset/values/boolean';
import type { FieldFormat } from '../field';
import { Misfit, quoted } from '../misfit';
import { coerceWritten, type CompileType } from './coercion';

/** True or false: the words of the field's format, else the built-in ones of several languages, and 1 and 0. */
export const compileBoolean: CompileType = (field) => {
	const read = compileWords(field.format);
	const notBoolean = (cell: Cell) =>
		new Misfit('CELL_BOOLEAN', `${quoted(cell)} is neither true nor false`);

	return coerceWritten(
		(text) => read(text) ?? notBoolean(text),
		(cell) => {
			if (typeof cell === 'boolean') return cell;
			return cell === 1 || cell === 0 ? cell === 1 : notBoolean(cell);
		},
	);
};

function compileWords(format: FieldFormat | undefined): (text: string) => boolean | undefined {
	const { trueWords = [], falseWords = [] } = format ?? {};
	if (trueWords.length === 0 && falseWords.length === 0) return readBoolean;
	const words = new Map<string, boolean>();
	for (const word of trueWords) words.set(word.trim().toLowerCase(), true);
	for (const word of falseWords) words.set(word.trim().toLowerCase(), false);
	return (text) => words.get(text.toLowerCase());
}
