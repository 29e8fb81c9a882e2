import { endianness } from 'node:os';

const COLON = 0x3a;
const QUOTE = 0x22;

/** Four bytes at a time, and each of four counts has to stay below 256. */
const WORDS_IN_TURN = 4;
const WORDS_BETWEEN_SUMS = 252;

const COLONS = 0x3a3a3a3a;

/** Without these bits a byte is a quote, white space or another sign that is neither letter nor digit. */
const NOT_BEFORE_COLON = 0xd0;
const NONE_BEFORE_COLON = 0xd0d0d0d0;
const ONES = 0x01010101;

const readsInOrder = endianness() === 'LE';

/**
 * How many keys a JSON text has at most: colons behind a quote or behind white space, and a few more that stand in
 * texts, such as that of `(Tel): 1`. Keys that stand twice are found by it at hardly any cost: where as many keys as that
 * were parsed, none did.
 *
 * It comes by every byte of the file. So it takes four of them at once: a byte of `colons` is 0 where there is a colon
 * behind a byte that may end a key, and the sums are kept in the four bytes of one number.
 */
export function mostKeys(bytes: Uint8Array): number {
	const words = readsInOrder ? wordsOf(bytes) : new Int32Array();
	const inTurns = words.length - (words.length % WORDS_IN_TURN);
	let count = 0;
	let last = 0;
	for (let i = 0; i < inTurns;) {
		const end = Math.min(i + WORDS_BETWEEN_SUMS, inTurns);
		let sums = 0;
		for (; i < end; i += WORDS_IN_TURN) {
			const one = words[i] ?? 0;
			const two = words[i + 1] ?? 0;
			const three = words[i + 2] ?? 0;
			const four = words[i + 3] ?? 0;
			const a = (one ^ COLONS) | (((one << 8) | (last >>> 24)) & NONE_BEFORE_COLON);
			const b = (two ^ COLONS) | (((two << 8) | (one >>> 24)) & NONE_BEFORE_COLON);
			const c = (three ^ COLONS) | (((three << 8) | (two >>> 24)) & NONE_BEFORE_COLON);
			const d = (four ^ COLONS) | (((four << 8) | (three >>> 24)) & NONE_BEFORE_COLON);
			last = four;
			sums =
				(sums +
					((((a - ONES) & ~a) >>> 7) & ONES) +
					((((b - ONES) & ~b) >>> 7) & ONES) +
					((((c - ONES) & ~c) >>> 7) & ONES) +
					((((d - ONES) & ~d) >>> 7) & ONES)) |
				0;
		}
		count += (sums & 255) + ((sums >>> 8) & 255) + ((sums >>> 16) & 255) + (sums >>> 24);
	}
	if (inTurns === 0) return countBetween(bytes, 0, bytes.length);
	const first = words.byteOffset - bytes.byteOffset;
	const behind = first + inTurns * words.BYTES_PER_ELEMENT;
	return count + countBetween(bytes, 0, first) + countBetween(bytes, behind, bytes.length);
}

/** The bytes as numbers of four, as far as they can be: such numbers begin at every fourth place in memory only. */
function wordsOf({ buffer, byteOffset, byteLength }: Uint8Array): Int32Array {
	const before = (4 - (byteOffset & 3)) & 3;
	if (byteLength < before + 4) return new Int32Array();
	return new Int32Array(buffer, byteOffset + before, (byteLength - before) >> 2);
}

function countBetween(bytes: Uint8Array, start: number, end: number): number {
	let count = 0;
	for (let i = start; i < end; i++) {
		if (bytes[i] === COLON && ((bytes[i - 1] ?? 0) & NOT_BEFORE_COLON) === 0) count++;
	}
	return count;
}

/** How many keys a JSON text has at most, by another look at it: colons behind a quote, with white space or without. */
export function fewerKeys(text: string): number {
	let count = 0;
	for (let colon = 0; colon < text.length; colon++) {
		if (text.charCodeAt(colon) !== COLON) continue;
		let before = colon - 1;
		while (before > 0 && text.charCodeAt(before) <= 0x20) before--;
		if (text.charCodeAt(before) === QUOTE) count++;
	}
	return count;
}
