import { RE2JS } from 're2js';

/** What JavaScript takes for white space, for a class. */
const SPACES =
	'\\t\\n\\x{0b}\\f\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}';

/** Anything but the ends of lines that JavaScript knows. */
const NO_LINE_END = '[^\\n\\r\\x{2028}\\x{2029}]';

/**
 * The same pattern for RE2, whose time grows with the length of the text and not beyond. RE2 has no lookaround and no
 * references to groups, and with the flag m lines end at \\n only.
 *
 * @returns undefined when RE2 does not know the pattern
 */
export function linearPattern({ source, flags }: RegExp): RE2JS | undefined {
	let options = 0;
	if (flags.includes('i')) options |= RE2JS.CASE_INSENSITIVE;
	if (flags.includes('m')) options |= RE2JS.MULTILINE;
	if (flags.includes('s')) options |= RE2JS.DOTALL;
	try {
		return RE2JS.compile(translated(source, flags.includes('s')), options);
	} catch {
		return undefined;
	}
}

function translated(source: string, dotAll: boolean): string {
	let result = '';
	let inClass = false;
	for (let position = 0; position < source.length; position++) {
		const sign = source[position] ?? '';
		if (sign === '\\') {
			const [text, length] = escaped(source.slice(position), inClass);
			result += text;
			position += length - 1;
			continue;
		}
		if (sign === '[' && !inClass) inClass = true;
		else if (sign === ']') inClass = false;
		result += sign === '.' && !inClass && !dotAll ? NO_LINE_END : sign;
	}
	return result;
}

/** An escape of JavaScript as RE2 writes it, and how many characters it took. */
function escaped(rest: string, inClass: boolean): [text: string, length: number] {
	const code = /^\\u\{([\da-f]+)\}|^\\u([\da-f]{4})|^\\x([\da-f]{2})/i.exec(rest);
	if (code !== null) return [`\\x{${code[1] ?? code[2] ?? code[3] ?? ''}}`, code[0].length];
	const letter = rest[1] ?? '';
	if (letter === 's') return [inClass ? SPACES : `[${SPACES}]`, 2];
	if (letter === 'S' && !inClass) return [`[^${SPACES}]`, 2];
	if (letter === '/') return ['/', 2];
	return [rest.slice(0, 2), 2];
}
