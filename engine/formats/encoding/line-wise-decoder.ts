import type { StreamDecoder } from './stream-decoder';

/**
 * Encodings whose decoder in Node throws, though it was not asked to, where a sequence of bytes that is no character
 * lies across two chunks.
 */
const CAREFUL = new Set(['gb18030', 'gbk', 'euc-jp', 'iso-2022-jp']);

/** Lines are whole up to this many bytes; a longer one is cut. */
const LONGEST_LINE = 64 * 1024;

const SPACE = 0x20;

/** Bytes below the space that may be part of more than themselves: SO, SI and escape switch sets of characters. */
const SWITCHES: readonly number[] = [0x0e, 0x0f, 0x1b];

/** Whether text in the encoding has to be decoded by whole lines. */
export function needsWholeLines(encoding: string): boolean {
	return CAREFUL.has(encoding);
}

/** Decodes up to the last line end or other control character of each chunk: no character ever lies across two. */
export class LineWiseDecoder implements StreamDecoder {
	readonly #encoding: string;

	#decoder: InstanceType<typeof TextDecoder>;

	#held: Uint8Array = new Uint8Array(0);

	constructor(encoding: string) {
		this.#encoding = encoding;
		this.#decoder = new TextDecoder(encoding);
	}

	decode(chunk: Uint8Array): string {
		const bytes = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
		let end = endOfLastLine(bytes);
		if (end === 0 && bytes.length > LONGEST_LINE) end = bytes.length;
		this.#held = bytes.slice(end);
		return end === 0 ? '' : this.#decodeWhole(bytes.subarray(0, end), true);
	}

	end(): string {
		return this.#decodeWhole(this.#held, false);
	}

	/** Where a line had to be cut, the decoder may still throw: what is left of it is decoded by itself then. */
	#decodeWhole(bytes: Uint8Array, isMore: boolean): string {
		try {
			return this.#decoder.decode(bytes, { stream: isMore });
		} catch {
			this.#decoder = new TextDecoder(this.#encoding);
			return `\ufffd${this.#decoder.decode(bytes)}`;
		}
	}
}

/** The position behind the last control character, which is never part of another one; 0 where there is none. */
function endOfLastLine(bytes: Uint8Array): number {
	for (let end = bytes.length; end > 0; end--) {
		const byte = bytes[end - 1] ?? SPACE;
		if (byte < SPACE && !SWITCHES.includes(byte)) return end;
	}
	return 0;
}
