import { closeSync, mkdtempSync, openSync, readSync, rmSync, write } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ImportError } from '../../issues';

const writeBytes = promisify(write);

/**
 * A temporary file of bytes that are written once, one behind the other, and read anywhere. It is made when it is first
 * written to, readable by this user alone. Where the system allows it, the file has no name any more as soon as it is open:
 * nothing is left of it when the process ends, however that ends.
 */
export class ByteFile {
	#descriptor: number | undefined;

	/** Where the file lies that could not be removed while it is open. */
	#folder: string | undefined;

	#size = 0;

	/** How many bytes were written. */
	get size(): number {
		return this.#size;
	}

	/**
	 * Writes behind what is there. One call at a time; the bytes must stay as they are until it is done.
	 *
	 * @throws ImportError FILE_UNREADABLE when the disk is full or cannot be written to
	 */
	async append(bytes: Uint8Array): Promise<void> {
		try {
			const descriptor = (this.#descriptor ??= this.#open());
			for (let done = 0; done < bytes.byteLength;) {
				const left = bytes.byteLength - done;
				const { bytesWritten } = await writeBytes(descriptor, bytes, done, left, this.#size);
				done += bytesWritten;
				this.#size += bytesWritten;
			}
		} catch (error) {
			throw notWritten(error as NodeJS.ErrnoException);
		}
	}

	/**
	 * Reads without a turn of the event loop: whoever is in the middle of a row cannot wait.
	 *
	 * @param into filled with as many bytes as `length` says, which must have been written
	 */
	read(into: Uint8Array, length: number, position: number): void {
		const descriptor = this.#descriptor;
		for (let done = 0; done < length;) {
			const count =
				descriptor === undefined
					? 0
					: readSync(descriptor, into, done, length - done, position + done);
			if (count === 0) {
				throw new ImportError('FILE_UNREADABLE', 'The temporary file ended too early');
			}
			done += count;
		}
	}

	/** Removes the file. */
	close(): void {
		if (this.#descriptor !== undefined) closeSync(this.#descriptor);
		this.#descriptor = undefined;
		if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
		this.#folder = undefined;
	}

	#open(): number {
		this.#folder = mkdtempSync(join(tmpdir(), 'data-import-'));
		const descriptor = openSync(join(this.#folder, 'bytes'), 'wx+', 0o600);
		try {
			rmSync(this.#folder, { recursive: true });
			this.#folder = undefined;
		} catch {
			// Windows keeps the folder of an open file: it goes with `close`
		}
		return descriptor;
	}
}

function notWritten(error: NodeJS.ErrnoException): ImportError {
	const message =
		error.code === 'ENOSPC'
			? 'There is no space left for a temporary file'
			: `A temporary file cannot be written: ${error.message}`;
	return new ImportError('FILE_UNREADABLE', message, {}, { cause: error });
}
