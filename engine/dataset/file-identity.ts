import { createHash } from 'node:crypto';
import { ImportError } from '../issues';
import type { ByteSource } from './byte-source';

/** What tells a file from others. Plain JSON. */
export interface FileIdentity {
	/** In bytes. */
	size: number;
	/** SHA-256 in hexadecimal: of all bytes of a small file, of samples of a large one. */
	digest: string;
}

/** A file of no more bytes is looked at as a whole. */
const SMALL_FILE = 256 * 1024;

/** Bytes at the beginning and at the end of a larger file. */
const BORDER_BYTES = 64 * 1024;

/** Bytes that are taken from as many places in between, all equally far from one another. */
const SAMPLE_BYTES = 4 * 1024;
const SAMPLES = 16;

/** Takes at most 192 KiB out of a large file, 256 KiB of a small one. */
export async function identify(bytes: ByteSource): Promise<FileIdentity> {
	const { size } = bytes;
	const hash = createHash('sha256');
	if (size <= SMALL_FILE) hash.update(await bytes.read(0, size));
	else {
		hash.update(await bytes.read(0, BORDER_BYTES));
		for (let sample = 1; sample <= SAMPLES; sample++) {
			const position = Math.floor((size * sample) / (SAMPLES + 1));
			hash.update(await bytes.read(position, SAMPLE_BYTES));
		}
		hash.update(await bytes.read(size - BORDER_BYTES, BORDER_BYTES));
	}
	return { size, digest: hash.digest('hex') };
}

/**
 * Holds a file to the one that was opened: what was found out about that one need not hold for another.
 *
 * @throws ImportError FILE_CHANGED
 */
export async function requireSameFile(bytes: ByteSource, opened: FileIdentity): Promise<void> {
	const { size, digest } = opened;
	if (bytes.size !== size) {
		throw changed(`it had ${size} bytes when it was opened, and has ${bytes.size} now`);
	}
	if ((await identify(bytes)).digest !== digest) {
		throw changed('it has as many bytes as before, but not the same ones');
	}
}

/** @throws ImportError FILE_CHANGED when somebody has written to the file since its bytes were opened */
export async function requireUnchanged(bytes: ByteSource): Promise<void> {
	if (await bytes.wasWritten?.()) throw changed('somebody wrote to it while it was read');
}

const changed = (how: string): ImportError =>
	new ImportError('FILE_CHANGED', `The file is no longer the one that was opened: ${how}`);
