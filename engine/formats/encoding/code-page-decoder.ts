import type { StreamDecoder } from './stream-decoder';

/** Decodes an encoding of one byte a character by its upper half; the lower half is ASCII. */
export class CodePageDecoder implements StreamDecoder {
	readonly #codes = new Uint16Array(256);

	/** @param upperHalf the 128 characters of the bytes 0x80 to 0xFF */
	constructor(upperHalf: string) {
		for (let i = 0; i < 128; i++) {
			this.#codes[i] = i;
			this.#codes[i + 128] = upperHalf.charCodeAt(i);
		}
	}

	decode(chunk: Uint8Array): string {
		// UTF-16LE in memory: one string for the chunk without one object a character
		const text = Buffer.allocUnsafe(chunk.length * 2);
		let at = 0;
		for (const byte of chunk) {
			const code = this.#codes[byte] ?? byte;
			text[at++] = code & 0xff;
			text[at++] = code >> 8;
		}
		return text.toString('utf16le');
	}

	end(): string {
		return '';
	}
}
