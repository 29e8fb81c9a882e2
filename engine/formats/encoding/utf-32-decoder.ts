import type { StreamDecoder } from './stream-decoder';

const REPLACEMENT = 0xfffd;

/**
 * Decodes UTF-32 chunk by chunk; up to three bytes wait for the next chunk. A byte order mark at the start is dropped. Values
 * that are no Unicode scalar value (above U+10FFFF, or a surrogate) come out as U+FFFD: Unicode Standard, 3.9, D90.
 */
export class Utf32Decoder implements StreamDecoder {
	readonly #littleEndian: boolean;
	#waiting: Uint8Array = new Uint8Array(0);
	#started = false;

	constructor(littleEndian: boolean) {
		this.#littleEndian = littleEndian;
	}

	decode(chunk: Uint8Array): string {
		const bytes = this.#waiting.length === 0 ? chunk : Buffer.concat([this.#waiting, chunk]);
		const whole = bytes.length - (bytes.length % 4);
		// a copy: the owner of the chunk may fill its memory anew
		this.#waiting = Uint8Array.from(bytes.subarray(whole));
		const view = new DataView(bytes.buffer, bytes.byteOffset, whole);
		const parts: string[] = [];
		let points: number[] = [];
		for (let i = 0; i < whole; i += 4) {
			const point = view.getUint32(i, this.#littleEndian);
			if (!this.#started) {
				this.#started = true;
				if (point === 0xfeff) continue;
			}
			const scalar = point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
			points.push(scalar ? point : REPLACEMENT);
			// more arguments than a call can take would throw
			if (points.length === 4096) {
				parts.push(String.fromCodePoint(...points));
				points = [];
			}
		}
		parts.push(String.fromCodePoint(...points));
		return parts.join('');
	}

	end(): string {
		return this.#waiting.length > 0 ? String.fromCharCode(REPLACEMENT) : '';
	}
}
