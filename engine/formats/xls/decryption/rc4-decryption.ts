import { createHash } from 'node:crypto';
import type { RecordDecryption } from '../record-cursor';
import { Rc4 } from './rc4';

const BLOCK_BYTES = 1024;
const SALT_BYTES = 16;
const VERIFIER_BYTES = 16;

/** The key of a block of the stream, by the number of the block. */
export type BlockKey = (block: number) => Uint8Array;

/** Each 1024 bytes of the stream are encrypted with a key of their own ([MS-XLS] 2.2.10). */
export class Rc4Decryption implements RecordDecryption {
	readonly #blockKey: BlockKey;

	readonly #keyStream = new Uint8Array(BLOCK_BYTES);

	#block = -1;

	constructor(blockKey: BlockKey) {
		this.#blockKey = blockKey;
	}

	decrypt(_type: number, content: Buffer, position: number): void {
		for (let at = 0; at < content.length; at++) {
			const block = Math.floor((position + at) / BLOCK_BYTES);
			if (block !== this.#block) this.#startBlock(block);
			const key = this.#keyStream[(position + at) % BLOCK_BYTES] ?? 0;
			content[at] = (content[at] ?? 0) ^ key;
		}
	}

	#startBlock(block: number): void {
		this.#block = block;
		this.#keyStream.fill(0);
		new Rc4(this.#blockKey(block)).apply(this.#keyStream);
	}
}

/**
 * RC4 as Excel 97 uses it, with a key of 40 bits ([MS-OFFCRYPTO] 2.3.6).
 *
 * @param parameters salt, encrypted verifier and its encrypted hash
 * @returns undefined when the password is another one
 */
export function officeRc4(parameters: Buffer, password: string): BlockKey | undefined {
	const verifierEnd = SALT_BYTES + VERIFIER_BYTES;
	if (parameters.length < verifierEnd + 16) return undefined;
	const salt = parameters.subarray(0, SALT_BYTES);
	const first = hash('md5', Buffer.from(password, 'utf16le')).subarray(0, 5);
	const salted = Array.from({ length: 16 }, () => [first, salt]).flat();
	const base = hash('md5', ...salted).subarray(0, 5);
	const blockKey: BlockKey = (block) => hash('md5', base, uint32(block));
	return isRight('md5', blockKey, parameters.subarray(SALT_BYTES, verifierEnd + 16))
		? blockKey
		: undefined;
}

/**
 * RC4 as Excel 2002 uses it, through the CryptoAPI ([MS-OFFCRYPTO] 2.3.5).
 *
 * @param parameters flags, size of the header, header and verifier
 * @returns undefined when the password is another one
 */
export function cryptoApiRc4(parameters: Buffer, password: string): BlockKey | undefined {
	if (parameters.length < 28) return undefined;
	const verifier = parameters.subarray(8 + parameters.readUInt32LE(4));
	if (verifier.length < 4 + SALT_BYTES + VERIFIER_BYTES + 4 + 20) return undefined;
	const keyBytes = Math.min(16, (parameters.readUInt32LE(24) || 40) / 8);
	const salt = verifier.subarray(4, 4 + SALT_BYTES);
	const base = hash('sha1', salt, Buffer.from(password, 'utf16le'));
	const blockKey: BlockKey = (block) => {
		const key = hash('sha1', base, uint32(block)).subarray(0, keyBytes);
		// a key of 40 bits is filled up with zeros (2.3.5.2)
		return keyBytes === 5 ? Buffer.concat([key, Buffer.alloc(11)]) : key;
	};
	const check = Buffer.concat([
		verifier.subarray(4 + SALT_BYTES, 4 + SALT_BYTES + VERIFIER_BYTES),
		verifier.subarray(8 + SALT_BYTES + VERIFIER_BYTES, 8 + SALT_BYTES + VERIFIER_BYTES + 20),
	]);
	return isRight('sha1', blockKey, check) ? blockKey : undefined;
}

/** @param check the verifier and its hash, encrypted one after the other */
function isRight(algorithm: string, blockKey: BlockKey, check: Buffer): boolean {
	const plain = Buffer.from(check);
	new Rc4(blockKey(0)).apply(plain);
	const verifier = plain.subarray(0, VERIFIER_BYTES);
	return hash(algorithm, verifier).equals(plain.subarray(VERIFIER_BYTES));
}

function hash(algorithm: string, ...parts: Buffer[]): Buffer {
	const digest = createHash(algorithm);
	for (const part of parts) digest.update(part);
	return digest.digest();
}

function uint32(value: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32LE(value);
	return bytes;
}
