import { damaged } from '../compound-file';
import type { CodePage } from './code-page';

const WIDE = 0x01;
const PHONETIC = 0x04;
const RICH = 0x08;

/** How the characters of a BIFF8 text are kept, and what else stands there ([MS-XLS] 2.5.293). */
export interface TextFlags {
	/** Two bytes a character (UTF-16), else one: its lower byte, the upper one being 0. */
	isWide: boolean;
	/** The number of formatting runs follows, in 2 bytes. */
	isRich: boolean;
	/** The size of phonetic data follows, in 4 bytes. */
	isPhonetic: boolean;
}

export function textFlags(flags: number): TextFlags {
	return {
		isWide: (flags & WIDE) !== 0,
		isRich: (flags & RICH) !== 0,
		isPhonetic: (flags & PHONETIC) !== 0,
	};
}

/** The characters of a BIFF8 text. */
export function charactersOf(buffer: Buffer, start: number, end: number, isWide: boolean): string {
	return buffer.toString(isWide ? 'utf16le' : 'latin1', start, end);
}

/**
 * A text inside one record: its length, in BIFF8 its flags, and its characters; in older versions bytes of the code page.
 *
 * @param lengthBytes how many bytes its length has: 1 or 2
 * @param codePage undefined in BIFF8
 * @throws ImportError FILE_UNREADABLE when it is longer than the record
 */
export function recordText(
	buffer: Buffer,
	start: number,
	end: number,
	lengthBytes: 1 | 2,
	codePage: CodePage | undefined,
): string {
	if (start + lengthBytes > end) throw damaged('a record is too short for its text');
	const length = lengthBytes === 1 ? (buffer[start] ?? 0) : buffer.readUInt16LE(start);
	let from = start + lengthBytes;
	if (codePage !== undefined) {
		if (from + length > end) throw damaged('a text is longer than its record');
		return codePage.decode(buffer.subarray(from, from + length));
	}
	// some programs leave the flags of an empty text out
	if (length === 0) return '';
	const { isWide, isRich, isPhonetic } = textFlags(buffer[from] ?? 0);
	from += 1 + (isRich ? 2 : 0) + (isPhonetic ? 4 : 0);
	const to = from + (isWide ? length * 2 : length);
	if (to > end) throw damaged('a text is longer than its record');
	return charactersOf(buffer, from, to, isWide);
}
