import { codePages } from './code-pages';

/** Turns text into the bytes of a file. */
export interface TextEncoder {
	/** Whether every text can be written. */
	readonly isUnicode: boolean;
	/** Whether the encoding has all characters of a text. */
	fits(text: string): boolean;
	/** The bytes of a text that is no part of a larger one; a question mark where the encoding lacks a character. */
	encode(text: string): Uint8Array;
}

/** Encodings whose characters have one byte, or two of which the first is no ASCII: all bytes of each can be tried. */
const DOUBLE_BYTE = new Set(['shift_jis', 'euc-jp', 'euc-kr', 'big5', 'gbk', 'gb18030']);

/**
 * The opposite of `openDecoder`, by the canonical name of the encoding: what was read can be written the same way.
 *
 * @returns undefined for encodings that text is not written in, such as ISO-2022-JP
 */
export function openEncoder(encoding: string): TextEncoder | undefined {
	const unicode = unicodeEncoders[encoding];
	if (unicode !== undefined) return { isUnicode: true, fits: () => true, encode: unicode };
	const isDouble = DOUBLE_BYTE.has(encoding);
	if (!isDouble && !isSingleByte(encoding)) return undefined;
	const bytes = reversed(encoding, isDouble);
	return {
		isUnicode: false,
		fits: (text) => {
			for (const character of text) if (!bytes.has(character)) return false;
			return true;
		},
		encode: (text) => {
			const written = Buffer.allocUnsafe(text.length * 2);
			let at = 0;
			for (const character of text) {
				const code = bytes.get(character) ?? 0x3f;
				if (code > 0xff) written[at++] = code >> 8;
				written[at++] = code & 0xff;
			}
			return written.subarray(0, at);
		},
	};
}

const unicodeEncoders: Readonly<Record<string, (text: string) => Uint8Array>> = {
	'utf-8': (text) => Buffer.from(text, 'utf8'),
	'utf-16le': (text) => Buffer.from(text, 'utf16le'),
	'utf-16be': (text) => Buffer.from(text, 'utf16le').swap16(),
	'utf-32le': (text) => wide(text, 'writeUInt32LE'),
	'utf-32be': (text) => wide(text, 'writeUInt32BE'),
};

function wide(text: string, write: 'writeUInt32LE' | 'writeUInt32BE'): Uint8Array {
	const characters = Array.from(text);
	const bytes = Buffer.allocUnsafe(characters.length * 4);
	characters.forEach((character, i) => bytes[write](character.codePointAt(0) ?? 0, i * 4));
	return bytes;
}

const isSingleByte = (encoding: string): boolean =>
	codePages[encoding] !== undefined ||
	/^(windows-|iso-8859-|koi8-|macintosh$|x-mac-|ibm866$)/.test(encoding);

/** Characters with their bytes, as one number. */
function reversed(encoding: string, isDouble: boolean): Map<string, number> {
	const codes = new Map<string, number>();
	const upperHalf = codePages[encoding];
	const decoder = upperHalf === undefined ? new TextDecoder(encoding) : undefined;
	const add = (bytes: number[], code: number) => {
		const text = decoder?.decode(Uint8Array.from(bytes)) ?? '';
		const isOne = text !== '\uFFFD' && Array.from(text).length === 1;
		// the first of several spellings is the usual one
		if (isOne && !codes.has(text)) codes.set(text, code);
	};
	for (let byte = 0; byte < 256; byte++) {
		if (byte < 0x80) codes.set(String.fromCharCode(byte), byte);
		else if (upperHalf === undefined) add([byte], byte);
		else if (upperHalf[byte - 0x80] !== '\uFFFD') codes.set(upperHalf[byte - 0x80] ?? '', byte);
	}
	for (let lead = 0x81; isDouble && lead < 0xff; lead++) {
		for (let trail = 0x40; trail < 0xff; trail++) add([lead, trail], (lead << 8) | trail);
	}
	return codes;
}
