import { isUtf8 } from 'node:buffer';
import type { ByteSource, Decision } from '../../dataset';
import { ImportError } from '../../issues';
import { decideEncoding, decodeChunks } from '../encoding';
import { readAhead } from '../records';

/**
 * The encoding of a JSON file. JSON is UTF-8 (RFC 8259, 8.1), so nothing else is guessed: a file that is not valid UTF-8
 * is damaged, unless it is plainly UTF-16 or a person has set its encoding.
 *
 * @throws ImportError RUN_CONFIG when the chosen encoding is unknown
 */
export function decideJsonEncoding(head: Uint8Array, chosen?: string): Decision {
	const decision = decideEncoding(head, chosen);
	if (decision.chosenBy === 'setting' || /^utf-/i.test(String(decision.value))) return decision;
	return {
		subject: 'encoding',
		value: 'utf-8',
		confidence: 0.9,
		evidence: 'JSON is UTF-8',
		chosenBy: 'detection',
	};
}

/**
 * The file as UTF-8 without a byte order mark, so that offsets hold from one reading to the next. A chunk never ends
 * inside a character.
 *
 * @throws ImportError FILE_UNREADABLE when the bytes are not valid UTF-8 where they should be
 */
export async function* utf8Chunks(
	bytes: ByteSource,
	encoding: string,
): AsyncGenerator<Buffer, void, undefined> {
	if (encoding !== 'utf-8') {
		for await (const text of decodeChunks(readAhead(bytes.chunks()), encoding))
			yield Buffer.from(text);
		return;
	}
	let start = 3; // of the file: a byte order mark may stand here
	let position = 0;
	for await (const whole of wholeCharacters(bytes)) {
		if (!isUtf8(whole)) throw notUtf8(position);
		const marked = start > 0 && whole[0] === 0xef && whole[1] === 0xbb && whole[2] === 0xbf;
		start = 0;
		position += whole.length;
		yield marked ? whole.subarray(3) : whole;
	}
}

/** The chunks of a file, cut between two characters; what is not valid UTF-8 may be cut anywhere. */
async function* wholeCharacters(bytes: ByteSource): AsyncGenerator<Buffer, void, undefined> {
	let kept: Buffer | undefined;
	for await (const chunk of readAhead(bytes.chunks())) {
		const view = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
		const all = kept === undefined ? view : Buffer.concat([kept, view]);
		const end = all.length - openCharacter(all);
		kept = end < all.length ? Buffer.from(all.subarray(end)) : undefined;
		if (end > 0) yield all.subarray(0, end);
	}
	if (kept !== undefined) yield kept;
}

/** How many bytes at the end belong to a character that is not complete yet. */
function openCharacter(bytes: Uint8Array): number {
	for (let back = 1; back <= Math.min(3, bytes.length); back++) {
		const byte = bytes[bytes.length - back] ?? 0;
		if (byte < 0x80) return 0;
		if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
	}
	return 0;
}

function notUtf8(position: number): ImportError {
	return new ImportError(
		'FILE_UNREADABLE',
		`The JSON file is not valid UTF-8, somewhere behind byte ${position}`,
		{ hint: 'Save the file as UTF-8, or set Encoding by hand if it is in an older encoding.' },
	);
}
