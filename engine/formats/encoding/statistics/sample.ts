/** What of the head is looked at: lines that hold a byte beyond ASCII, and the words in them. */
export interface Sample {
	/** The lines, one after the other, each with a line end. */
	lines: Buffer;
	/** Different words that hold a byte beyond ASCII, one byte a character, with the number of times each occurs. */
	words: ReadonlyMap<string, number>;
	/** How often each byte value occurs in the whole head. */
	counts: Uint32Array;
}

const MAX_BYTES = 96 * 1024;
const MAX_WORDS = 800;
const LONGEST_LINE = 4096;
/** Below the second bytes of all encodings of several bytes but the rare four-byte characters of GB 18030. */
const LOWEST_SECOND_BYTE = 0x30;
/** Letters, and digits beside them: a sign next to a digit is read in another way than a sign inside a word. */
const WORD = /[A-Za-z0-9\x80-\xff]*[\x80-\xff][A-Za-z0-9\x80-\xff]*/g;

/**
 * Picks lines that hold a byte beyond ASCII. Of a head with many of them they are taken from all over the head, and in any case
 * the first line in which a byte value occurs: one euro sign can decide between two encodings.
 */
export function takeSample(head: Uint8Array): Sample {
	const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
	const counts = new Uint32Array(256);
	for (const byte of bytes) counts[byte] = (counts[byte] ?? 0) + 1;

	const spans: Array<{ start: number; end: number; newByte: boolean }> = [];
	const seen = new Uint8Array(256);
	let total = 0;
	let start = 0;
	let high = false;
	let newByte = false;
	for (let i = 0; i <= bytes.length; i++) {
		const byte = bytes[i] ?? 0x0a;
		if (byte >= 0x80) {
			high = true;
			if (seen[byte] === 0) {
				seen[byte] = 1;
				newByte = true;
			}
			continue;
		}
		const lineEnd = byte === 0x0a || byte === 0x0d;
		if (!lineEnd && (i - start < LONGEST_LINE || byte >= LOWEST_SECOND_BYTE)) continue;
		if (high) {
			spans.push({ start, end: i, newByte });
			total += i - start + 1;
		}
		start = i + 1;
		high = false;
		newByte = false;
	}

	const every = Math.max(1, Math.ceil(total / MAX_BYTES));
	const lines: Buffer[] = [];
	const lineEnd = Buffer.from('\n');
	spans.forEach((span, i) => {
		if (i % every !== 0 && !span.newByte) return;
		lines.push(bytes.subarray(span.start, span.end), lineEnd);
	});
	const sampled = Buffer.concat(lines);
	return { lines: sampled, words: countWords(sampled), counts };
}

function countWords(lines: Buffer): Map<string, number> {
	const words = new Map<string, number>();
	for (const [found] of lines.toString('latin1').matchAll(WORD)) {
		// numbers of any length look alike, so that "12 €" in a thousand rows is one word
		const word = found.replace(/[0-9]+/g, '0').slice(0, 64);
		const count = words.get(word);
		if (count !== undefined) words.set(word, count + 1);
		else if (words.size < MAX_WORDS) words.set(word, 1);
	}
	return words;
}
