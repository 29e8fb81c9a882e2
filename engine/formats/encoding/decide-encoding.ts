import type { Decision } from '../../dataset';
import { canonicalEncoding } from './labels';
import { guessEncoding, prepareGuess } from './statistics';
import { fromByteOrderMark, fromStrictBytes, fromZeroBytes } from './unicode-patterns';

/** Bytes at the head of a file that decisions are made on. */
export const HEAD_BYTES = 1024 * 1024;

/**
 * Decides the encoding of a text file from its head: a byte order mark, then the pattern that UTF-16 and UTF-32 leave in zero
 * bytes, then strict UTF-8, which other encodings hardly ever pass by chance, and the escape sequences of ISO-2022-JP. What is
 * left is compared with the languages that are written in each encoding.
 *
 * @param chosen encoding set by a person: any label of the WHATWG Encoding Standard, cp850 and its like, utf-32le, utf-32be
 * @throws ImportError RUN_CONFIG when the chosen encoding is unknown
 */
export function decideEncoding(head: Uint8Array, chosen?: string): Decision {
	if (chosen !== undefined) {
		return {
			subject: 'encoding',
			value: canonicalEncoding(chosen),
			confidence: 1,
			evidence: 'set by hand',
			chosenBy: 'setting',
		};
	}
	const { encoding, confidence, evidence } =
		fromByteOrderMark(head) ?? fromZeroBytes(head) ?? fromStrictBytes(head) ?? guessEncoding(head);
	return { subject: 'encoding', value: encoding, confidence, evidence, chosenBy: 'detection' };
}

/** To be awaited before `decideEncoding`: where it will have to guess, that takes less time at a stretch then. */
export async function prepareEncodings(head: Uint8Array): Promise<void> {
	const isPlain = fromByteOrderMark(head) ?? fromZeroBytes(head) ?? fromStrictBytes(head);
	if (isPlain === undefined) await prepareGuess();
}

/** More zeros than this among so many first bytes are no stray characters. */
const MOST_ZEROS = 4;
const LOOKED_FOR_ZEROS = 4096;

/** Whether the head is no text in any encoding: it has zeros, and none of the encodings whose characters may hold some fits. */
export function isBinaryData(head: Uint8Array): boolean {
	let zeros = 0;
	for (const byte of head.subarray(0, LOOKED_FOR_ZEROS)) if (byte === 0) zeros++;
	if (zeros <= MOST_ZEROS) return false;
	return [fromByteOrderMark, fromZeroBytes, fromStrictBytes].every(
		(recognise) => recognise(head) === undefined,
	);
}
