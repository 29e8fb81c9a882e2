const REFERENCE = /&(?:#(\d{1,8})|#x([0-9a-f]{1,8})|(amp|lt|gt|quot|apos));/gi;
const LINE_END = /\r\n?/g;
const ESCAPE = /_x([0-9a-f]{4})_/gi;
const EDGE_SPACE = /^[ \t\r\n]+|[ \t\r\n]+$/g;
const LARGEST_CODE_POINT = 0x10ffff;

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Character data as an XML processor passes it on: line ends are line feeds (XML 1.0, 2.11), references are replaced (4.1,
 * 4.6). Only the five predefined entities exist; there is no document type that could define others.
 */
export function decodeCharacterData(raw: string): string {
	const text = raw.includes('\r') ? raw.replace(LINE_END, '\n') : raw;
	return text.includes('&') ? text.replace(REFERENCE, replaceReference) : text;
}

function replaceReference(
	reference: string,
	decimal: string | undefined,
	hexadecimal: string | undefined,
	name: string | undefined,
): string {
	if (name !== undefined) return named[name.toLowerCase()] ?? reference;
	const codePoint = decimal === undefined ? parseInt(hexadecimal ?? '', 16) : Number(decimal);
	const valid = codePoint > 0 && codePoint <= LARGEST_CODE_POINT;
	return valid ? String.fromCodePoint(codePoint) : reference;
}

/** Replaces `_x000D_` and its like, by which cell texts hold characters that XML cannot (ECMA-376 part 1, 22.4.2.4). */
export function decodeEscapes(text: string): string {
	if (!text.includes('_x') && !text.includes('_X')) return text;
	return text.replace(ESCAPE, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}

/** Text without the white space at its ends, which does not count unless the element says `xml:space="preserve"`. */
export function trimSpace(text: string): string {
	return text.replace(EDGE_SPACE, '');
}
