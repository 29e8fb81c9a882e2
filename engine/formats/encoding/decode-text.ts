import { decideEncoding, HEAD_BYTES } from './decide-encoding';
import { declaredEncoding } from './declared-encoding';
import { openDecoder } from './stream-decoder';
import { fromByteOrderMark } from './unicode-patterns';

/** A text with the encoding that its bytes are in. */
export interface DecodedText {
	/** Without a byte order mark; U+FFFD for what is no character. */
	text: string;
	/** Canonical name, such as `utf-8` or `windows-1252`. */
	encoding: string;
}

/**
 * Decodes a text whose encoding is not known: by its byte order mark, by what an XML document or a web page declares where
 * the bytes fit that, else by the bytes themselves.
 *
 * @param bytes the whole text
 */
export function decodeText(bytes: Uint8Array): DecodedText {
	const head = bytes.subarray(0, HEAD_BYTES);
	const declared = fromByteOrderMark(head) === undefined ? declaredEncoding(head) : undefined;
	const encoding = declared ?? String(decideEncoding(head).value);
	const decoder = openDecoder(encoding);
	const text = decoder.decode(bytes);
	return { text: text + decoder.end(), encoding };
}
