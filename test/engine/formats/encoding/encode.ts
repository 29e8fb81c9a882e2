import { decodeHead } from '../../../../engine/formats/encoding';

const inverses = new Map<string, Map<string, readonly number[]>>();

/**
 * Encodes a text, by what the decoder makes of every byte and every pair of bytes.
 *
 * @throws Error when the encoding lacks a character
 */
export function encode(text: string, encoding: string): Buffer {
	if (encoding.startsWith('utf-32')) return encodeUtf32(text, encoding === 'utf-32le');
	if (encoding === 'utf-8') return Buffer.from(text);
	if (encoding === 'utf-16le') return Buffer.from(text, 'utf16le');
	if (encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16();
	const inverse = inverses.get(encoding) ?? invert(encoding);
	inverses.set(encoding, inverse);
	const bytes: number[] = [];
	for (const character of text) {
		const found = inverse.get(character);
		if (found === undefined) throw new Error(`${encoding} has no "${character}"`);
		bytes.push(...found);
	}
	return Buffer.from(bytes);
}

function encodeUtf32(text: string, littleEndian: boolean): Buffer {
	const points = Array.from(text, (character) => character.codePointAt(0) ?? 0);
	const bytes = Buffer.alloc(points.length * 4);
	points.forEach((point, i) => {
		if (littleEndian) bytes.writeUInt32LE(point, i * 4);
		else bytes.writeUInt32BE(point, i * 4);
	});
	return bytes;
}

function invert(encoding: string): Map<string, readonly number[]> {
	const inverse = new Map<string, readonly number[]>();
	const add = (bytes: readonly number[]) => {
		// a line end behind it closes a character that is cut off
		const [character = ''] = decodeHead(Uint8Array.from([...bytes, 0x0a]), encoding).split('\n');
		if (Array.from(character).length !== 1 || character === '\ufffd') return;
		if (!inverse.has(character)) inverse.set(character, bytes);
	};
	for (let byte = 0; byte < 0x100; byte++) add([byte]);
	inverse.set('\n', [0x0a]);
	if (!/jis|euc|gb|big5/.test(encoding)) return inverse;
	for (let first = 0x81; first < 0xff; first++) {
		for (let second = 0xff; second >= 0x40; second--) add([first, second]);
	}
	return inverse;
}
