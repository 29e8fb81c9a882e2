import { setImmediate as turn } from 'node:timers/promises';
import { createGunzip, type Gunzip } from 'node:zlib';
import type { ByteSource } from '../../dataset';
import { ImportError } from '../../issues';
import type { UnpackBudget } from '../zip';

/** Small pieces go in, because a piece of a bomb comes out a thousand times as large. */
const PACKED_BYTES = 16 * 1024;

/** The longest time in milliseconds for which the event loop is kept. */
const LONGEST_TURN_MS = 40;

/**
 * Unpacks a gzip file (RFC 1952), all of its members, in constant memory. What could be unpacked before damage is given
 * out before the error is thrown.
 *
 * @throws ImportError FILE_UNREADABLE when the file is cut off or damaged, or goes on with something else;
 * FILE_TOO_LARGE
 */
export async function* gunzip(
	bytes: ByteSource,
	budget: UnpackBudget,
): AsyncGenerator<Uint8Array, void, undefined> {
	const pump = new GunzipPump();
	let unpacked = 0;
	let packed = 0;
	let turnStarted = performance.now();
	try {
		for await (const chunk of bytes.chunks()) {
			for (let start = 0; start < chunk.byteLength; start += PACKED_BYTES) {
				const piece = chunk.subarray(start, start + PACKED_BYTES);
				packed += piece.byteLength;
				for (const ready of await pump.write(piece)) {
					unpacked += ready.byteLength;
					budget.spend(ready.byteLength, unpacked, packed);
					yield ready;
					if (performance.now() - turnStarted > LONGEST_TURN_MS) {
						await turn();
						turnStarted = performance.now();
					}
				}
				pump.throwFailure();
			}
		}
		yield* await pump.end();
		pump.throwFailure();
	} finally {
		pump.close();
	}
}

/** Feeds a stream of zlib piece by piece: its own iteration would lose what came out right before an error. */
class GunzipPump {
	readonly #gunzip: Gunzip = createGunzip({ chunkSize: 64 * 1024 });

	/** Ends the wait for what was written last. */
	#wake: () => void = () => undefined;

	#ready: Buffer[] = [];

	#failure: ImportError | undefined;

	#written = 0;

	#isOver = false;

	constructor() {
		this.#gunzip.on('data', (chunk: Buffer) => this.#ready.push(chunk));
		this.#gunzip.on('error', (error: NodeJS.ErrnoException) => {
			this.#failure ??= damagedGzip(error);
		});
		// after an error a write is never answered
		this.#gunzip.on('close', () => this.#wake());
	}

	/** @returns what the piece unpacks to */
	async write(piece: Uint8Array): Promise<Buffer[]> {
		if (this.#isOver) this.#expectPadding(piece);
		else {
			await new Promise<void>((resolve) => {
				this.#wake = resolve;
				this.#gunzip.write(piece, () => resolve());
			});
			this.#written += piece.byteLength;
			const unread = this.#written - this.#gunzip.bytesWritten;
			if (this.#failure === undefined && unread > 0) {
				this.#isOver = true;
				this.#expectPadding(piece.subarray(piece.byteLength - unread));
			}
		}
		return this.#take();
	}

	/** @returns what is left */
	async end(): Promise<Buffer[]> {
		if (!this.#isOver && this.#failure === undefined) {
			await new Promise<void>((resolve) => {
				this.#wake = resolve;
				this.#gunzip.once('end', resolve);
				this.#gunzip.end();
			});
		}
		return this.#take();
	}

	/** Once everything that came before it was given out. */
	throwFailure(): void {
		if (this.#failure !== undefined) throw this.#failure;
	}

	close(): void {
		this.#gunzip.destroy();
	}

	#take(): Buffer[] {
		const ready = this.#ready;
		this.#ready = [];
		return ready;
	}

	/** Tapes and some programs fill a file up with zeros. */
	#expectPadding(bytes: Uint8Array): void {
		if (bytes.every((byte) => byte === 0)) return;
		this.#failure ??= new ImportError(
			'FILE_UNREADABLE',
			'The gzip file goes on behind its end with bytes that are not gzip',
		);
	}
}

function damagedGzip(cause: NodeJS.ErrnoException): ImportError {
	const isCutOff = cause.code === 'Z_BUF_ERROR';
	return new ImportError(
		'FILE_UNREADABLE',
		isCutOff
			? 'The gzip file is cut off: its end is missing'
			: 'The gzip file is damaged: it cannot be unpacked to its end',
		{ hint: 'Copy or download the file again. Only the rows before the damage can be read.' },
		{ cause },
	);
}
