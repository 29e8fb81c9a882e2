import { ImportError } from '../../issues';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const COMMA = 0x2c;

const MAX_NESTING = 512;

/**
 * Cuts the elements of a JSON array out of a stream of UTF-8 bytes, without parsing them, in constant memory.
 *
 * @param start offset in bytes of the array's `[`
 * @returns texts of one or more whole elements, joined by commas as in the file
 * @throws ImportError FILE_UNREADABLE when the array is not closed; FILE_TOO_LARGE when one element exceeds `maxBytes`
 */
export async function* splitElements(
	chunks: AsyncIterable<Uint8Array>,
	start: number,
	maxBytes: number,
): AsyncGenerator<string> {
	let depth = 0;
	let inString = false;
	let escaped = false;
	let skip = start;
	let kept: Buffer = Buffer.alloc(0);
	for await (const bytes of chunks) {
		if (skip >= bytes.length) {
			skip -= bytes.length;
			continue;
		}
		const chunk = Buffer.from(bytes.buffer, bytes.byteOffset + skip, bytes.length - skip);
		skip = 0;
		let from = 0; // start of what is not yet given out
		let cut = -1; // last comma between two elements
		// the loop sees every byte of the file: it is kept flat on purpose
		for (let i = 0; i < chunk.length; i++) {
			const byte = chunk[i];
			if (inString) {
				if (escaped) escaped = false;
				else if (byte === BACKSLASH) escaped = true;
				else if (byte === QUOTE) inString = false;
				continue;
			}
			switch (byte) {
				case QUOTE:
					inString = true;
					break;
				case OPEN_BRACKET:
				case OPEN_BRACE:
					if (++depth === 1) from = i + 1;
					if (depth > MAX_NESTING) {
						throw new ImportError(
							'FILE_UNREADABLE',
							`The JSON is nested deeper than ${MAX_NESTING}`,
						);
					}
					break;
				case CLOSE_BRACKET:
				case CLOSE_BRACE:
					if (--depth === 0) {
						yield Buffer.concat([kept, chunk.subarray(from, i)]).toString('utf8');
						return;
					}
					break;
				case COMMA:
					if (depth === 1) cut = i;
			}
		}
		if (depth === 0) continue;
		if (cut >= 0) {
			yield Buffer.concat([kept, chunk.subarray(from, cut)]).toString('utf8');
			kept = Buffer.from(chunk.subarray(cut + 1));
		} else {
			kept = Buffer.concat([kept, chunk.subarray(from)]);
		}
		if (kept.length > maxBytes) {
			throw new ImportError(
				'FILE_TOO_LARGE',
				`A record of the JSON file is larger than ${maxBytes} bytes`,
			);
		}
	}
	throw new ImportError(
		'FILE_UNREADABLE',
		'The JSON file ends in the middle: the array is not closed',
	);
}
