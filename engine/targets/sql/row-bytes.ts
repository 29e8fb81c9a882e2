import type { StagedRow } from '../target';

const FIRST_SIZE = 1 << 18;
const TAB = 9;
const LINE_FEED = 10;
const BACKSLASH = 92;
const NULL_LETTER = 78;

/** UTF-8 of U+FFFD, which stands for half of a surrogate pair. */
const NO_CHARACTER = [0xef, 0xbf, 0xbd] as const;

/** How rows of text are written for a database: tabs between values, a line feed behind a row, `\N` for empty ones. */
export interface RowTextFormat {
	/** The character that stands behind a backslash for one that may not stand in a value, by that one; both ASCII. */
	escapes: Readonly<Record<string, string>>;
	/** One ASCII character each. */
	whenTrue: string;
	whenFalse: string;
}

/**
 * Rows in UTF-8, the row number first. Values are written byte by byte: this is the hot path of a load, and texts that are
 * put together first cost three times as much.
 */
export class RowBytes {
	/** By character code: 0, or the code of what stands behind the backslash. */
	readonly #escapes = new Uint8Array(128);

	readonly #whenTrue: number;

	readonly #whenFalse: number;

	#buffer = Buffer.allocUnsafe(FIRST_SIZE);

	#length = 0;

	constructor({ escapes, whenTrue, whenFalse }: RowTextFormat) {
		for (const [char, escape] of Object.entries(escapes)) {
			this.#escapes[char.charCodeAt(0)] = escape.charCodeAt(0);
		}
		this.#whenTrue = whenTrue.charCodeAt(0);
		this.#whenFalse = whenFalse.charCodeAt(0);
	}

	encode(rows: readonly StagedRow[]): Buffer {
		this.#length = 0;
		for (const { number, values } of rows) {
			this.#writeText(String(number));
			for (const value of values) {
				this.#reserve(4);
				this.#buffer[this.#length++] = TAB;
				if (typeof value === 'string') this.#writeText(value);
				else if (value === null) {
					this.#buffer[this.#length++] = BACKSLASH;
					this.#buffer[this.#length++] = NULL_LETTER;
				} else if (typeof value === 'boolean') {
					this.#buffer[this.#length++] = value ? this.#whenTrue : this.#whenFalse;
				} else this.#writeText(String(value));
			}
			this.#reserve(1);
			this.#buffer[this.#length++] = LINE_FEED;
		}
		return Buffer.from(this.#buffer.subarray(0, this.#length));
	}

	#writeText(text: string): void {
		const { length } = text;
		this.#reserve(3 * length);
		const buffer = this.#buffer;
		const escapes = this.#escapes;
		let at = this.#length;
		for (let i = 0; i < length; i++) {
			const code = text.charCodeAt(i);
			if (code < 0x80) {
				const escape = escapes[code] ?? 0;
				if (escape === 0) buffer[at++] = code;
				else {
					buffer[at++] = BACKSLASH;
					buffer[at++] = escape;
				}
			} else if (code < 0x800) {
				buffer[at++] = 0xc0 | (code >> 6);
				buffer[at++] = 0x80 | (code & 0x3f);
			} else if (code < 0xd800 || code > 0xdfff) {
				buffer[at++] = 0xe0 | (code >> 12);
				buffer[at++] = 0x80 | ((code >> 6) & 0x3f);
				buffer[at++] = 0x80 | (code & 0x3f);
			} else {
				// beyond 16 bits, as two halves; a half alone is no character
				const point = text.codePointAt(i) ?? 0;
				if (point < 0x10000) for (const byte of NO_CHARACTER) buffer[at++] = byte;
				else {
					i++;
					buffer[at++] = 0xf0 | (point >> 18);
					buffer[at++] = 0x80 | ((point >> 12) & 0x3f);
					buffer[at++] = 0x80 | ((point >> 6) & 0x3f);
					buffer[at++] = 0x80 | (point & 0x3f);
				}
			}
		}
		this.#length = at;
	}

	/** Makes room for so many bytes more. */
	#reserve(bytes: number): void {
		if (this.#length + bytes <= this.#buffer.length) return;
		const larger = Buffer.allocUnsafe(2 * (this.#length + bytes));
		this.#buffer.copy(larger, 0, 0, this.#length);
		this.#buffer = larger;
	}
}
