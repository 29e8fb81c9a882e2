import { createWriteStream, promises as fs, type Stats } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as turn } from 'node:timers/promises';
import { ImportError } from '../issues';

/**
 * The bytes of a file, readable as often as needed: from the start as a stream, or anywhere (a zip archive is read from
 * its end). A one-time stream is spooled to a temporary file first.
 */
export interface ByteSource {
	/** Size in bytes. */
	readonly size: number;
	/** Reads all bytes in order, in chunks of any size. */
	chunks(): AsyncIterable<Uint8Array>;
	/** Reads up to `length` bytes at `position`; fewer only at the end of the file. */
	read(position: number, length: number): Promise<Uint8Array>;
	/** Whether somebody wrote to the file since it was opened; left out where nobody can. */
	wasWritten?(): Promise<boolean>;
	/** Lets go of what is held open. */
	close(): Promise<void>;
}

const CHUNK_BYTES = 64 * 1024;

/** What is asked of the disk at a time: each question costs as much as to parse a few hundred rows. */
const READ_BYTES = 4 * CHUNK_BYTES;
/** The longest time in milliseconds for which bytes in memory keep the event loop from its turn: a disk gives it one. */
const LONGEST_TURN_MS = 40;

/** Bytes that are in memory already. */
export class MemoryBytes implements ByteSource {
	readonly #bytes: Uint8Array;

	constructor(bytes: Uint8Array) {
		this.#bytes = bytes;
	}

	get size(): number {
		return this.#bytes.byteLength;
	}

	async *chunks(): AsyncGenerator<Uint8Array> {
		let turnStarted = performance.now();
		for (let position = 0; position < this.#bytes.byteLength; position += CHUNK_BYTES) {
			yield this.#bytes.subarray(position, position + CHUNK_BYTES);
			// a reader may find no row in any number of chunks
			if (performance.now() - turnStarted > LONGEST_TURN_MS) {
				await turn();
				turnStarted = performance.now();
			}
		}
	}

	read(position: number, length: number): Promise<Uint8Array> {
		return Promise.resolve(this.#bytes.subarray(position, position + length));
	}

	close(): Promise<void> {
		return Promise.resolve();
	}
}

/** A file on disk. */
export class FileBytes implements ByteSource {
	readonly size: number;

	readonly #handle: fs.FileHandle;

	/** When the file was last written to, in milliseconds since 1970. */
	readonly #writtenAt: number;

	readonly #onClose: () => Promise<void>;

	private constructor(
		handle: fs.FileHandle,
		{ size, mtimeMs }: Stats,
		onClose: () => Promise<void>,
	) {
		this.#handle = handle;
		this.size = size;
		this.#writtenAt = mtimeMs;
		this.#onClose = onClose;
	}

	/** @throws the error of the file system, such as ENOENT or EACCES; ImportError FILE_UNREADABLE for what is no file */
	static async open(path: string, onClose = () => Promise.resolve()): Promise<FileBytes> {
		// to open a pipe would wait for somebody to write to it
		if (!(await fs.stat(path)).isFile()) {
			throw new ImportError('FILE_UNREADABLE', 'The file cannot be opened: it is no file', {
				value: path,
			});
		}
		const handle = await fs.open(path, 'r');
		try {
			return new FileBytes(handle, await handle.stat(), onClose);
		} catch (error) {
			await handle.close();
			throw error;
		}
	}

	async *chunks(): AsyncGenerator<Uint8Array> {
		let next = this.#readAhead(0);
		try {
			for (let position = 0; ;) {
				const chunk = await next;
				if (chunk.byteLength === 0) {
					if (position < this.size) throw becameShorter(position, this.size);
					return;
				}
				position += chunk.byteLength;
				next = this.#readAhead(position);
				for (let start = 0; start < chunk.byteLength; start += CHUNK_BYTES) {
					yield chunk.subarray(start, start + CHUNK_BYTES);
				}
			}
		} finally {
			// the file may be closed now, but not under a read
			await next.catch(() => undefined);
		}
	}

	/** The next bytes, on their way while the last one is worked on: the disk and the parser need not wait for each other. */
	#readAhead(position: number): Promise<Uint8Array> {
		const chunk = this.read(position, READ_BYTES);
		// thrown where it is awaited, if it ever is
		chunk.catch(() => undefined);
		return chunk;
	}

	async read(position: number, length: number): Promise<Uint8Array> {
		const wanted = Math.max(0, Math.min(length, this.size - position));
		const buffer = Buffer.allocUnsafe(wanted);
		let filled = 0;
		while (filled < wanted) {
			const { bytesRead } = await this.#handle
				.read(buffer, filled, wanted - filled, position + filled)
				.catch(rethrowAsImportError);
			if (bytesRead === 0) break;
			filled += bytesRead;
		}
		return buffer.subarray(0, filled);
	}

	async wasWritten(): Promise<boolean> {
		const { size, mtimeMs } = await this.#handle.stat().catch(rethrowAsImportError);
		return size !== this.size || mtimeMs !== this.#writtenAt;
	}

	async close(): Promise<void> {
		await this.#handle.close();
		await this.#onClose();
	}
}

const becameShorter = (found: number, size: number): ImportError =>
	new ImportError(
		'FILE_UNREADABLE',
		`The file became shorter while it was read: of ${size} bytes ${found} are left`,
	);

function rethrowAsImportError(error: NodeJS.ErrnoException): never {
	const reason = error.code === 'EBADF' ? 'it was closed meanwhile' : error.message;
	const message = `The file cannot be read any more: ${reason}`;
	throw new ImportError('FILE_UNREADABLE', message, {}, { cause: error });
}

/**
 * Writes a one-time stream to a temporary file, which is removed when the source is closed.
 *
 * @throws ImportError FILE_UNREADABLE when the stream breaks off or the disk is full
 */
export async function spool(stream: Readable): Promise<ByteSource> {
	const folder = await fs.mkdtemp(join(tmpdir(), 'data-import-'));
	const remove = () => fs.rm(folder, { recursive: true, force: true });
	try {
		const path = join(folder, 'source');
		await pipeline(stream, createWriteStream(path, { mode: 0o600 }));
		return await FileBytes.open(path, remove);
	} catch (error) {
		await remove();
		throw error instanceof ImportError ? error : didNotArrive(error as NodeJS.ErrnoException);
	}
}

function didNotArrive(error: NodeJS.ErrnoException): ImportError {
	const message =
		error.code === 'ENOSPC'
			? 'There is no space left for a temporary copy of the file'
			: `The file did not arrive as a whole: ${error.message}`;
	return new ImportError('FILE_UNREADABLE', message, {}, { cause: error });
}
