/** An encoding that the bytes themselves tell, without knowledge of any language. */
export interface BytePattern {
	encoding: string;
	confidence: number;
	evidence: string;
}

/** In the order of the test: the mark of UTF-16LE is the beginning of the mark of UTF-32LE (Unicode Standard, 23.8). */
const byteOrderMarks: ReadonlyArray<{ encoding: string; mark: readonly number[] }> = [
	{ encoding: 'utf-8', mark: [0xef, 0xbb, 0xbf] },
	{ encoding: 'utf-32le', mark: [0xff, 0xfe, 0, 0] },
	{ encoding: 'utf-32be', mark: [0, 0, 0xfe, 0xff] },
	{ encoding: 'utf-16le', mark: [0xff, 0xfe] },
	{ encoding: 'utf-16be', mark: [0xfe, 0xff] },
];

/** The encoding of a byte order mark at the start. */
export function fromByteOrderMark(head: Uint8Array): BytePattern | undefined {
	const marked = byteOrderMarks.find(({ mark }) => mark.every((byte, i) => head[i] === byte));
	return marked && { encoding: marked.encoding, confidence: 1, evidence: 'byte order mark' };
}

/** Whether a byte order mark stands at the start. */
export const hasByteOrderMark = (head: Uint8Array): boolean =>
	fromByteOrderMark(head) !== undefined;

const PATTERN_BYTES = 64 * 1024;

/**
 * UTF-16 and UTF-32 without a mark. Text in an encoding of bytes holds no zeros; in the wide ones delimiters and line ends
 * have them, always at the same places, and the rest decodes without a fault.
 */
export function fromZeroBytes(head: Uint8Array): BytePattern | undefined {
	const length = Math.min(head.length, PATTERN_BYTES);
	const zeros: [number, number, number, number] = [0, 0, 0, 0];
	for (let i = 0; i < length; i++) if (head[i] === 0) zeros[(i & 3) as 0 | 1 | 2 | 3]++;
	const all = zeros[0] + zeros[1] + zeros[2] + zeros[3];
	if (all === 0 || length < 4) return undefined;

	const quads = length >> 2;
	const evidence = (every: string) => `every ${every} byte is zero where delimiters stand`;
	for (const [encoding, high, low] of [
		['utf-32le', 3, 0],
		['utf-32be', 0, 3],
	] as const) {
		// no character is above U+10FFFF, so the highest byte is zero, and the next is 16 at most
		if (zeros[high] < quads * 0.98 || zeros[low] > quads * 0.2) continue;
		if (mostlyScalarValues(head.subarray(0, quads * 4), encoding === 'utf-32le')) {
			return { encoding, confidence: 0.95, evidence: 'three of four bytes are zero' };
		}
	}

	const even = zeros[0] + zeros[2];
	const odd = zeros[1] + zeros[3];
	const pairs = length >> 1;
	for (const [encoding, high, low] of [
		['utf-16le', odd, even],
		['utf-16be', even, odd],
	] as const) {
		if (high < pairs * 0.02 || low > high * 0.1) continue;
		if (!hasWideDelimiters(head.subarray(0, pairs * 2), encoding === 'utf-16le')) continue;
		if (isStrict(head.subarray(0, pairs * 2), encoding)) {
			return { encoding, confidence: 0.95, evidence: evidence('other') };
		}
	}
	return undefined;
}

/** Line ends, tab, blank, quote, comma, semicolon. */
const DELIMITERS = new Set([0x0a, 0x0d, 0x09, 0x20, 0x22, 0x2c, 0x3b]);

/**
 * Whether bytes that delimit cells and lines have a zero beside them, but for those that are half of another character. Text
 * of bytes into which a few zeros came has many that have none.
 */
function hasWideDelimiters(bytes: Uint8Array, littleEndian: boolean): boolean {
	let [wide, all] = [0, 0];
	for (let i = 0; i + 1 < bytes.length; i += 2) {
		const low = bytes[littleEndian ? i : i + 1] ?? 0;
		if (!DELIMITERS.has(low)) continue;
		all++;
		if (bytes[littleEndian ? i + 1 : i] === 0) wide++;
	}
	return wide >= all / 4;
}

function mostlyScalarValues(bytes: Uint8Array, littleEndian: boolean): boolean {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	let good = 0;
	for (let i = 0; i + 3 < bytes.length; i += 4) {
		const point = view.getUint32(i, littleEndian);
		if (point > 0 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff)) good++;
	}
	return good >= (bytes.length >> 2) * 0.98;
}

/** The head without an error of the encoding; stream: a character that is cut off at its end is no fault. */
function isStrict(head: Uint8Array, encoding: string): boolean {
	try {
		new TextDecoder(encoding, { fatal: true }).decode(head, { stream: true });
		return true;
	} catch {
		return false;
	}
}

/** Escape sequences that switch to the characters of JIS X 0208 or JIS X 0201: RFC 1468, ISO-2022-JP. */
// eslint-disable-next-line no-control-regex -- the escape is what is looked for
const JAPANESE_ESCAPE = /\x1b\$[@B]|\x1b\(J/;

/** ASCII, valid UTF-8, and ISO-2022-JP, which is ASCII with escape sequences. */
export function fromStrictBytes(head: Uint8Array): BytePattern | undefined {
	const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
	if (isStrict(head, 'utf-8') && !isLoneTail(bytes)) {
		if (bytes.includes(0x1b) && JAPANESE_ESCAPE.test(bytes.toString('latin1'))) {
			return {
				encoding: 'iso-2022-jp',
				confidence: 0.98,
				evidence: 'escape sequences of ISO-2022-JP',
			};
		}
		if (head.every((byte) => byte < 0x80)) {
			return { encoding: 'utf-8', confidence: 0.9, evidence: 'only ASCII so far' };
		}
		return { encoding: 'utf-8', confidence: 0.99, evidence: 'valid UTF-8' };
	}
	return damagedUtf8(bytes);
}

/**
 * Nothing beyond ASCII but the beginning of a character at the end: "caf\xe9" is a whole file in another encoding rather than
 * UTF-8 that is cut off.
 */
function isLoneTail(bytes: Buffer): boolean {
	let first = Math.max(0, bytes.length - 3);
	while (first < bytes.length && (bytes[first] ?? 0) < 0x80) first++;
	if (first === bytes.length) return false;
	const tail = new TextDecoder('utf-8').decode(bytes.subarray(first), { stream: true });
	return tail === '' && bytes.subarray(0, first).every((byte) => byte < 0x80);
}

/**
 * UTF-8 that holds a few stray bytes. Other encodings hardly ever have one sequence of UTF-8 by chance, let alone many
 * times more than bytes that do not fit.
 */
function damagedUtf8(bytes: Buffer): BytePattern | undefined {
	let good = 0;
	let bad = 0;
	for (let i = 0; i < bytes.length;) {
		const byte = bytes[i] ?? 0;
		if (byte < 0x80) {
			i++;
			continue;
		}
		const length = byte >= 0xf0 && byte < 0xf5 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc2 ? 2 : 0;
		let trail = 1;
		while (trail < length && ((bytes[i + trail] ?? 0) & 0xc0) === 0x80) trail++;
		if (length > 1 && byte < 0xf5 && trail === length) {
			good++;
			i += length;
		} else {
			bad++;
			i++;
		}
	}
	if (good < 10 || bad * 10 > good) return undefined;
	const evidence = `UTF-8 but for ${bad} ${bad === 1 ? 'byte that does' : 'bytes that do'} not fit`;
	return { encoding: 'utf-8', confidence: 0.8, evidence };
}
