/**
 * Characters that a person does not see: white space of every kind, and the zero-width and direction marks that copying
 * from web pages leaves behind. `String.prototype.trim` knows the first, not the second.
 */
function isInvisible(code: number): boolean {
	if (code < 0x80) return code === 0x20 || (code >= 0x09 && code <= 0x0d);
	if (code < 0x2000) {
		return code === 0xa0 || code === 0x85 || code === 0xad || code === 0x1680 || code === 0x180e;
	}
	return (
		code <= 0x200f ||
		(code >= 0x2028 && code <= 0x202f) ||
		(code >= 0x205f && code <= 0x2064) ||
		(code >= 0x2066 && code <= 0x2069) ||
		code === 0x3000 ||
		code === 0xfeff
	);
}

/** Whether it is a visible ASCII character; NaN, which stands behind the end of a text, is none. */
export function isGraphic(code: number): boolean {
	return code > 0x20 && code < 0x7f;
}

/** The text without invisible characters at its start. */
export function trimBlanksStart(text: string): string {
	let start = 0;
	while (start < text.length && isInvisible(text.charCodeAt(start))) start++;
	return start === 0 ? text : text.slice(start);
}

/** The text without invisible characters at its end. */
export function trimBlanksEnd(text: string): string {
	let end = text.length;
	while (end > 0 && isInvisible(text.charCodeAt(end - 1))) end--;
	return end === text.length ? text : text.slice(0, end);
}

/** The text without invisible characters (white space, NBSP, zero-width and direction marks) at both ends. */
export function trimBlanks(text: string): string {
	// runs for every cell of every row, and nearly none has anything to trim
	if (isGraphic(text.charCodeAt(0)) && isGraphic(text.charCodeAt(text.length - 1))) return text;
	return trimBlanksEnd(trimBlanksStart(text));
}

/** Whether a person would call the cell empty: no characters, or only invisible ones. */
export function isBlank(text: string): boolean {
	for (let index = 0; index < text.length; index++) {
		if (!isInvisible(text.charCodeAt(index))) return false;
	}
	return true;
}
