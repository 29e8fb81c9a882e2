import { TextDecoder } from 'node:util';
import { damaged } from '../zip';

/** The XML declaration, if there is one, lies within so many bytes. */
const SNIFF_BYTES = 256;

/**
 * The bytes of an XML part as UTF-8 without a byte order mark. Parts are UTF-8 nearly always and pass unchanged; UTF-16 and
 * what an XML declaration names besides is converted (XML 1.0, 4.3.3 and appendix F).
 *
 * @throws ImportError FILE_UNREADABLE when the declared encoding is not known
 */
export async function* asUtf8(
	chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
	let head: Uint8Array | undefined = new Uint8Array(0);
	let decoder: TextDecoder | undefined;
	for await (const chunk of chunks) {
		let bytes: Uint8Array = chunk;
		if (head !== undefined) {
			bytes = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
			if (bytes.length < SNIFF_BYTES) {
				// Kept beyond this turn, so it must not share memory that the sender may use again.
				head = Uint8Array.from(bytes);
				continue;
			}
			head = undefined;
			decoder = decoderFor(bytes);
			bytes = withoutMark(bytes);
		}
		yield decoder === undefined ? bytes : Buffer.from(decoder.decode(bytes, { stream: true }));
	}
	if (head !== undefined) yield* shortPart(head);
	else if (decoder !== undefined) yield Buffer.from(decoder.decode());
}

function* shortPart(bytes: Uint8Array): Generator<Uint8Array, void, undefined> {
	const decoder = decoderFor(bytes);
	yield decoder === undefined ? withoutMark(bytes) : Buffer.from(decoder.decode(bytes));
}

function withoutMark(bytes: Uint8Array): Uint8Array {
	return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

/** `undefined` stands for UTF-8, which needs no decoder. */
function decoderFor(bytes: Uint8Array): TextDecoder | undefined {
	const [first, second] = bytes;
	if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) {
		return new TextDecoder('utf-16be');
	}
	if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) {
		return new TextDecoder('utf-16le');
	}
	const start = Buffer.from(bytes.subarray(0, SNIFF_BYTES)).toString('latin1');
	const declared = /^(?:ï»¿)?<\?xml[^>]*?\bencoding\s*=\s*["']([^"']+)["']/.exec(start)?.[1];
	if (declared === undefined || /^(utf-?8|us-ascii|utf-?16)$/i.test(declared)) return undefined;
	try {
		return new TextDecoder(declared);
	} catch (error) {
		throw damaged(
			`one of its parts is written in the encoding ${declared}, which is not known`,
			error,
		);
	}
}
