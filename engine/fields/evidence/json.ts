import { trimBlanks } from '../../dataset/values';
import { countCells, weighEach } from './verdict';

/** Lists and records, as they are or written as JSON text. A lone JSON number or word is no evidence of JSON. */
export const weighJson = weighEach(
	(cell) => (typeof cell === 'string' ? holdsJson(cell) : typeof cell === 'object'),
	(fitting) => ({ type: 'json', evidence: `lists or records in ${countCells(fitting)}` }),
);

function holdsJson(cell: string): boolean {
	const text = trimBlanks(cell);
	const isBracketed =
		(text.startsWith('{') && text.endsWith('}')) || (text.startsWith('[') && text.endsWith(']'));
	if (!isBracketed) return false;
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}
