import type { RecordDecryption } from '../record-cursor';

const KEY_BYTES = 16;

/** What a password is filled up with ([MS-OFFCRYPTO] 2.3.7.2). */
const PADDING = Buffer.from('bbffffbaffffb98000be0f00bf0f00', 'hex');

/** XOR obfuscation, as Excel 2 to 95 use it ([MS-OFFCRYPTO] 2.3.7.2, method 1). */
export class XorDecryption implements RecordDecryption {
	readonly #key: Buffer;

	private constructor(key: Buffer) {
		this.#key = key;
	}

	/**
	 * @param parameters the key and the verifier of the password, 2 bytes each
	 * @param password up to 15 characters of one byte
	 * @returns undefined when the password is another one
	 */
	static open(parameters: Buffer, password: string): XorDecryption | undefined {
		if (parameters.length < 4) return undefined;
		const bytes = Buffer.from(password, 'latin1').subarray(0, KEY_BYTES - 1);
		const key = keyOf(bytes);
		const isRight =
			parameters.readUInt16LE(0) === key && parameters.readUInt16LE(2) === verifierOf(bytes);
		if (!isRight) return undefined;
		const filled = Buffer.concat([bytes, PADDING]).subarray(0, KEY_BYTES);
		const keyBytes = filled.map((byte, index) => {
			const mixed = byte ^ (index % 2 === 0 ? key & 0xff : key >> 8);
			return (mixed >> 1) | (mixed << 7);
		});
		return new XorDecryption(Buffer.from(keyBytes));
	}

	decrypt(_type: number, content: Buffer, position: number): void {
		const first = position + content.length;
		for (let at = 0; at < content.length; at++) {
			const mixed = (content[at] ?? 0) ^ (this.#key[(first + at) % KEY_BYTES] ?? 0);
			content[at] = (mixed << 3) | (mixed >> 5);
		}
	}
}

/** The table of the document is a cyclic redundancy check in disguise: CRC-16 with the polynomial 0x1021 from 0xFFFF on. */
function keyOf(password: Buffer): number {
	let key = 0xffff;
	for (const byte of password) {
		key ^= (byte & 0x7f) << 8;
		for (let bit = 0; bit < 8; bit++) {
			key = ((key << 1) ^ (key & 0x8000 ? 0x1021 : 0)) & 0xffff;
		}
	}
	return key;
}

/** [MS-OFFCRYPTO] 2.3.7.1 */
function verifierOf(password: Buffer): number {
	const turned = [...password].reverse();
	const verifier = [...turned, password.length].reduce(
		(value, byte) => (((value << 1) & 0x7fff) | ((value >> 14) & 1)) ^ byte,
		0,
	);
	return verifier ^ 0xce4b;
}
