import type { Cell } from '../../dataset';
import { Misfit, quoted } from '../misfit';
import { coerceWritten, type CompileType } from './coercion';

/** The value that a JSON text holds; what is not text is a JSON value already. */
export const compileJson: CompileType = () => coerceWritten(parseJson, (cell) => cell);

/** Numbers of so many digits may be others in JavaScript. */
const LONG_NUMBER = /\d[\d.]{15}|\d[eE][-+]?\d{3}/;

/** What `JSON` can do beyond its types: https://tc39.es/proposal-json-parse-with-source/ */
const exactJson = JSON as unknown as {
	parse(
		text: string,
		reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
	): unknown;
	rawJSON(text: string): unknown;
};

function parseJson(text: string): Cell | Misfit {
	try {
		if (!LONG_NUMBER.test(text)) return JSON.parse(text) as Cell;
		// raw numbers keep their digits until they are written as JSON again
		return exactJson.parse(text, (_, value, { source }) =>
			typeof value === 'number' && source !== undefined && LONG_NUMBER.test(source)
				? exactJson.rawJSON(source)
				: value,
		) as Cell;
	} catch {
		return new Misfit('CELL_JSON', `${quoted(text)} is not valid JSON`);
	}
}
