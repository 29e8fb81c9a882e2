/** Accents that are written before their letter (ISO 6937): `ESC N H u` is `ü`. */
const ACCENTS: Readonly<Record<string, string>> = {
	A: '\u0300',
	B: '\u0301',
	C: '\u0302',
	D: '\u0303',
	H: '\u0308',
	J: '\u030a',
	K: '\u0327',
};

/** A character by the two halves of its code, such as the line feed as `ESC blank :`; or a letter with an accent. */
// eslint-disable-next-line no-control-regex -- the sign that begins an escape is a control character
const ESCAPE = /\x1b(?:([ -/])([0-?])|N([ABCDHJK])([A-Za-z])|N(\{))/g;

/** The text of a cell without the signs around it, and with what its escapes stand for. */
export function cellText(quoted: string, hasDoubledQuotes: boolean): string {
	const text = quoted.slice(1, quoted.endsWith('"') && quoted.length > 1 ? -1 : undefined);
	const plain = hasDoubledQuotes ? text.replaceAll('""', '"') : text;
	if (!plain.includes('\x1b')) return plain;
	return plain.replaceAll(
		ESCAPE,
		(_, high?: string, low?: string, accent?: string, letter?: string) => {
			if (high !== undefined && low !== undefined) {
				return String.fromCharCode((high.charCodeAt(0) - 0x20) * 16 + low.charCodeAt(0) - 0x30);
			}
			if (accent === undefined || letter === undefined) return 'ß';
			return `${letter}${ACCENTS[accent] ?? ''}`.normalize('NFC');
		},
	);
}
