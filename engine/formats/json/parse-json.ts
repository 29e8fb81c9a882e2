import type { Cell } from '../../dataset';

/** A whole number of 16 digits or more may lose its last digits as a JavaScript number. */
const LONG_NUMBER = /\d{16}/;

/**
 * Parses JSON; whole numbers that JavaScript cannot hold exactly become their text.
 *
 * @throws SyntaxError
 */
export function parseJson(text: string): unknown {
	if (!LONG_NUMBER.test(text)) return JSON.parse(text);
	return JSON.parse(text, function keepDigits(
		this: unknown,
		_key,
		value: unknown,
		context?: unknown,
	) {
		if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
		const source = (context as { source?: string } | undefined)?.source;
		return source !== undefined && /^-?\d{16,}$/.test(source) ? source : value;
	} as (key: string, value: unknown) => unknown);
}

/**
 * A record as pairs of column name and value: nested objects are flattened to dotted names, arrays stay as they are.
 * A value that is no object becomes one column, `value`.
 */
export function flattenRecord(record: unknown): Map<string, Cell> {
	const cells = new Map<string, Cell>();
	if (isObject(record)) flattenInto(cells, record, '');
	else cells.set('value', record as Cell);
	return cells;
}

function flattenInto(
	cells: Map<string, Cell>,
	object: Record<string, unknown>,
	prefix: string,
): void {
	for (const [key, value] of Object.entries(object)) {
		const name = prefix + key;
		if (isObject(value) && Object.keys(value).length > 0) flattenInto(cells, value, `${name}.`);
		else cells.set(name, isObject(value) ? null : (value as Cell));
	}
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
