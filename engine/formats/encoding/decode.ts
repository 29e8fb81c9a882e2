import { LineWiseDecoder, needsWholeLines } from './line-wise-decoder';
import { openDecoder } from './stream-decoder';

/**
 * Decodes a file chunk by chunk; a byte order mark is dropped, a character is never split.
 *
 * @param encoding canonical name, as `decideEncoding` gives it
 */
export async function* decodeChunks(
	chunks: AsyncIterable<Uint8Array>,
	encoding: string,
): AsyncGenerator<string> {
	const decoder = needsWholeLines(encoding) ? new LineWiseDecoder(encoding) : openDecoder(encoding);
	for await (const chunk of chunks) {
		const text = decoder.decode(chunk);
		if (text !== '') yield text;
	}
	const last = decoder.end();
	if (last !== '') yield last;
}

/** The text of the head of a file, up to the last character that is whole. */
export function decodeHead(head: Uint8Array, encoding: string): string {
	return openDecoder(encoding).decode(head);
}
