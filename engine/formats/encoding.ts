import type { Decision } from '../dataset';
import { ImportError } from '../issues';

/** Bytes at the head of a file that decisions are made on. */
export const HEAD_BYTES = 1024 * 1024;

const BYTE_ORDER_MARKS: ReadonlyArray<{ encoding: string; mark: readonly number[] }> = [
	{ encoding: 'utf-8', mark: [0xef, 0xbb, 0xbf] },
	{ encoding: 'utf-16le', mark: [0xff, 0xfe] },
	{ encoding: 'utf-16be', mark: [0xfe, 0xff] },
];

/**
 * Decides the encoding of a text file from its head: a byte order mark, then the pattern that UTF-16 leaves in zero bytes,
 * then strict UTF-8, which other encodings hardly ever pass by chance. What is left is read as Windows-1252.
 *
 * @param chosen encoding set by a person, by any label of the WHATWG Encoding Standard
 * @throws ImportError RUN_CONFIG when the chosen encoding is unknown
 */
export function decideEncoding(head: Uint8Array, chosen?: string): Decision {
	if (chosen !== undefined) {
		return decision(canonicalEncoding(chosen), 1, 'set by hand', 'setting');
	}
	const marked = BYTE_ORDER_MARKS.find(({ mark }) => mark.every((byte, i) => head[i] === byte));
	if (marked !== undefined) return decision(marked.encoding, 1, 'byte order mark');

	const wide = wideEncoding(head);
	if (wide !== undefined) return decision(wide, 0.95, 'every other byte is zero');

	if (isUtf8(head)) {
		const ascii = head.every((byte) => byte < 0x80);
		return decision('utf-8', ascii ? 0.9 : 0.99, ascii ? 'only ASCII so far' : 'valid UTF-8');
	}
	return decision('windows-1252', 0.5, 'not valid UTF-8; Western Europe is assumed');
}

function decision(
	value: string,
	confidence: number,
	evidence: string,
	chosenBy: Decision['chosenBy'] = 'detection',
): Decision {
	return { subject: 'encoding', value, confidence, evidence, chosenBy };
}

function canonicalEncoding(label: string): string {
	try {
		return new TextDecoder(label).encoding;
	} catch {
		throw new ImportError('RUN_CONFIG', `"${label}" is not an encoding that can be read`, {
			value: label,
			hint: 'Use a name such as utf-8, windows-1252, iso-8859-15, shift_jis or gb18030.',
		});
	}
}

/** UTF-16 without a mark: text in Latin letters has a zero in nearly every second byte. */
function wideEncoding(head: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
	const pairs = Math.min(head.length, 4096) >> 1;
	if (pairs < 2) return undefined;
	let evenZeros = 0;
	let oddZeros = 0;
	for (let i = 0; i < pairs; i++) {
		if (head[2 * i] === 0) evenZeros++;
		if (head[2 * i + 1] === 0) oddZeros++;
	}
	if (oddZeros > pairs * 0.4 && evenZeros < pairs * 0.1) return 'utf-16le';
	if (evenZeros > pairs * 0.4 && oddZeros < pairs * 0.1) return 'utf-16be';
	return undefined;
}

function isUtf8(head: Uint8Array): boolean {
	try {
		// stream: a character that is cut off at the end of the head is no fault
		new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
		return true;
	} catch {
		return false;
	}
}

/** Decodes a file chunk by chunk; a byte order mark is dropped, a character is never split. */
export async function* decodeChunks(
	chunks: AsyncIterable<Uint8Array>,
	encoding: string,
): AsyncGenerator<string> {
	const decoder = new TextDecoder(encoding);
	for await (const chunk of chunks) {
		const text = decoder.decode(chunk, { stream: true });
		if (text !== '') yield text;
	}
	const last = decoder.decode();
	if (last !== '') yield last;
}

/** The text of the head of a file. */
export function decodeHead(head: Uint8Array, encoding: string): string {
	return new TextDecoder(encoding).decode(head, { stream: true });
}
