import { canonicalEncoding } from './labels';
import { openDecoder } from './stream-decoder';

/** What a document says of its own encoding stands at its start (HTML Standard, 13.2.3.2: in the first 1024 bytes). */
const LOOKED_AT = 4096;

/** XML 1.0, 4.3.3; HTML Standard, 4.2.5.4; CSS Syntax, 3.2. */
const DECLARATIONS: readonly RegExp[] = [
	/^\s*<\?xml\s[^>]*?\bencoding\s*=\s*["']\s*([\w.:-]+)/i,
	/<meta\s[^>]*?\bcharset\s*=\s*["']?\s*([\w.:-]+)/i,
	/^@charset\s+"([\w.:-]+)"/i,
];

/**
 * The encoding that an XML document, a web page or a style sheet declares, if its bytes fit: none of them is without a
 * meaning in that encoding.
 *
 * @param head first bytes of the file
 */
export function declaredEncoding(head: Uint8Array): string | undefined {
	const start = Buffer.from(head.subarray(0, LOOKED_AT)).toString('latin1');
	for (const declaration of DECLARATIONS) {
		const label = declaration.exec(start)?.[1];
		const encoding = label === undefined ? undefined : knownEncoding(label);
		// who reads a declaration byte by byte knows that it is not in a wide encoding
		if (encoding === undefined || /^utf-(?:16|32)/.test(encoding)) continue;
		if (fits(head, encoding)) return encoding;
	}
	return undefined;
}

function knownEncoding(label: string): string | undefined {
	try {
		return canonicalEncoding(label);
	} catch {
		return undefined;
	}
}

function fits(head: Uint8Array, encoding: string): boolean {
	return !openDecoder(encoding).decode(head).includes('\ufffd');
}
