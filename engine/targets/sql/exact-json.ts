/** What `JSON` can do beyond its types: https://tc39.es/proposal-json-parse-with-source/ */
const json = JSON as unknown as {
	parse(
		text: string,
		reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
	): unknown;
	rawJSON(text: string): unknown;
	isRawJSON(value: unknown): value is { rawJSON: string };
};

/** JSON whose numbers keep their digits. @throws SyntaxError */
export const parseExactJson = (text: string): unknown =>
	json.parse(text, (_, value, { source }) =>
		typeof value === 'number' && source !== undefined ? json.rawJSON(source) : value,
	);

/** The digits of a number that `parseExactJson` gave; undefined for anything else. */
export const digitsOf = (value: unknown): string | undefined =>
	json.isRawJSON(value) ? value.rawJSON : undefined;
