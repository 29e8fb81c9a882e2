/** What `JSON` can do beyond its types: https://tc39.es/proposal-json-parse-with-source/ */
const exactJson = JSON as unknown as {
	parse(
		text: string,
		reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
	): unknown;
	rawJSON(text: string): unknown;
	isRawJSON(value: unknown): value is { rawJSON: string };
};

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
		list = exactJson.parse(text, (_, value, { source }) =>
			typeof value === 'number' && source !== undefined ? exactJson.rawJSON(source) : value,
		);
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
	if (exactJson.isRawJSON(element)) return element.rawJSON;
	return quoted(typeof element === 'string' ? element : JSON.stringify(element));
}

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;
