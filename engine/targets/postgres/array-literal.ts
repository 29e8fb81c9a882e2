import { digitsOf, parseExactJson } from '../sql/exact-json';

/**
 * A JSON list as PostgreSQL writes an array: https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO. Numbers keep
 * their digits. Any other text stays as it is and is judged by the server.
 *
 * @param isOfJson whether the elements are JSON: then a list within the list is an element and no second dimension
 */
export function arrayLiteral(text: string, isOfJson: boolean): string {
	if (!/^\s*\[/.test(text)) return text;
	let list: unknown;
	try {
		list = parseExactJson(text);
	} catch {
		return text;
	}
	return Array.isArray(list) ? literal(list, isOfJson) : text;
}

const literal = (list: readonly unknown[], isOfJson: boolean): string =>
	`{${list.map((element) => elementText(element, isOfJson)).join(',')}}`;

function elementText(element: unknown, isOfJson: boolean): string {
	if (element === null) return 'NULL';
	if (isOfJson) return quoted(JSON.stringify(element));
	if (Array.isArray(element)) return literal(element, false);
	return (
		digitsOf(element) ?? quoted(typeof element === 'string' ? element : JSON.stringify(element))
	);
}

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;
