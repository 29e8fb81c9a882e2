import { CodePageDecoder } from './code-page-decoder';
import { codePages } from './code-pages';
import { Utf32Decoder } from './utf-32-decoder';

/** Turns the bytes of a file into text, chunk by chunk. */
export interface StreamDecoder {
	/** The text of all characters that are whole; the start of a character that is cut off waits for the next chunk. */
	decode(chunk: Uint8Array): string;
	/** What is left at the end of the file: U+FFFD for a character that is cut off. */
	end(): string;
}

/**
 * A decoder for an encoding by its canonical name. It drops a byte order mark and gives U+FFFD for what is no character.
 *
 * @throws RangeError when the name is unknown; names from `decideEncoding` are known
 */
export function openDecoder(encoding: string): StreamDecoder {
	if (encoding === 'utf-32le' || encoding === 'utf-32be') {
		return new Utf32Decoder(encoding === 'utf-32le');
	}
	const upperHalf = codePages[encoding];
	if (upperHalf !== undefined) return new CodePageDecoder(upperHalf);
	const decoder = new TextDecoder(encoding);
	return {
		decode: (chunk) => decoder.decode(chunk, { stream: true }),
		end: () => decoder.decode(),
	};
}
