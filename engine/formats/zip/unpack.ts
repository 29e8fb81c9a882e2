import { pipeline, Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { crc32, createInflateRaw } from 'node:zlib';
import type { ByteSource } from '../../dataset/byte-source';
import { ImportError } from '../../issues';
import { damaged, readExactly, type ZipEntry } from './central-directory';

// APPNOTE.TXT 6.3.10 section 4.3.7 (local header) and 4.4.5 (methods)
const LOCAL_HEADER = 0x04034b50;
const LOCAL_HEADER_BYTES = 30;
const STORED = 0;
const DEFLATED = 8;

const PACKED_CHUNK_BYTES = 64 * 1024;
const UNPACKED_CHUNK_BYTES = 128 * 1024;

/** Longest time, in milliseconds, that parts are unpacked and parsed without letting other work of the process run. */
const LONGEST_TURN = 40;

/**
 * How much may come out of an archive. Declared sizes are never trusted: what comes out is counted. Sheets shrink to a
 * tenth or, at the best, a fiftieth; a part that unpacks to much more than that is a bomb.
 */
export class UnpackBudget {
	static readonly defaultBytes = 4 * 1024 ** 3;

	static readonly largestRatio = 200;

	/** Below this size a part may have any ratio: it harms nobody. */
	static readonly ratioFreeBytes = 64 * 1024 ** 2;

	readonly #limit: number;

	readonly #largestRatio: number;

	#spent = 0;

	/**
	 * @param limit bytes that all parts of the archive together may unpack to
	 * @param largestRatio how much larger than packed a part may be
	 */
	constructor(
		limit: number = UnpackBudget.defaultBytes,
		largestRatio: number = UnpackBudget.largestRatio,
	) {
		this.#limit = limit;
		this.#largestRatio = largestRatio;
	}

	/** Counts `length` bytes that came out of a part. @throws ImportError FILE_TOO_LARGE */
	spend(length: number, unpackedOfPart: number, packedSize: number): void {
		this.#spent += length;
		if (this.#spent > this.#limit) {
			throw new ImportError(
				'FILE_TOO_LARGE',
				`The file unpacks to more than ${inMegabytes(this.#limit)}, which is the limit.`,
			);
		}
		const tooDense = unpackedOfPart > packedSize * this.#largestRatio;
		if (tooDense && unpackedOfPart > UnpackBudget.ratioFreeBytes) {
			throw new ImportError(
				'FILE_TOO_LARGE',
				`A part of the file of ${inMegabytes(packedSize)} unpacks to more than ${inMegabytes(unpackedOfPart)}, as in a zip bomb.`,
			);
		}
	}
}

/**
 * Unpacks one part of an archive as a stream of chunks, in constant memory. The work is done in zlib's own thread; between
 * chunks the event loop gets its turn. A chunk may be used only until the next one is asked for.
 *
 * @throws ImportError FILE_UNREADABLE, FILE_TOO_LARGE, FILE_ENCRYPTED
 */
export async function* unpack(
	bytes: ByteSource,
	entry: ZipEntry,
	budget: UnpackBudget,
): AsyncGenerator<Uint8Array, void, undefined> {
	const chunks = await openEntry(bytes, entry);
	let unpacked = 0;
	let checksum = 0;
	let turnBegan = performance.now();
	try {
		for await (const chunk of chunks) {
			unpacked += chunk.byteLength;
			budget.spend(chunk.byteLength, unpacked, entry.packedSize);
			checksum = crc32(chunk, checksum);
			yield chunk;
			if (performance.now() - turnBegan > LONGEST_TURN) {
				await setImmediate();
				turnBegan = performance.now();
			}
		}
	} catch (error) {
		throw isZlibError(error) ? damaged(`its part ${entry.name} cannot be unpacked`, error) : error;
	}
	if (checksum !== entry.crc32) throw damaged(`the checksum of its part ${entry.name} is wrong`);
}

async function openEntry(bytes: ByteSource, entry: ZipEntry): Promise<AsyncIterable<Uint8Array>> {
	if (entry.encrypted) {
		throw new ImportError('FILE_ENCRYPTED', 'The archive is protected with a password.');
	}
	if (entry.method !== STORED && entry.method !== DEFLATED) {
		throw damaged(`its part ${entry.name} is packed by method ${entry.method}, which is not known`);
	}
	const header = await readExactly(bytes, entry.position, LOCAL_HEADER_BYTES);
	if (header.readUInt32LE(0) !== LOCAL_HEADER) {
		throw damaged(`its part ${entry.name} is not where the list of parts says`);
	}
	const start =
		entry.position + LOCAL_HEADER_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28);
	const packed = packedChunks(bytes, start, entry.packedSize);
	return entry.method === DEFLATED ? inflate(packed) : packed;
}

async function* packedChunks(
	bytes: ByteSource,
	start: number,
	length: number,
): AsyncGenerator<Uint8Array, void, undefined> {
	for (let done = 0; done < length;) {
		const chunk = await readExactly(
			bytes,
			start + done,
			Math.min(PACKED_CHUNK_BYTES, length - done),
		);
		yield chunk;
		done += chunk.byteLength;
	}
}

/** Iterating the stream, rather than its events, stops the inflating as soon as nobody asks for more. */
async function* inflate(
	packed: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
	const inflater = createInflateRaw({ chunkSize: UNPACKED_CHUNK_BYTES });
	// An error reaches the consumer through the iteration; the callback only keeps it from being thrown a second time.
	pipeline(Readable.from(packed, { objectMode: false }), inflater, () => undefined);
	for await (const chunk of inflater as AsyncIterable<Buffer>) {
		yield chunk;
		release(chunk);
	}
}

/** Part of ECMAScript 2024, which the library of types does not know yet. */
interface TransferableBuffer extends ArrayBuffer {
	transfer?: (newLength: number) => ArrayBuffer;
}

/**
 * Frees the memory of an inflated chunk at once. Left to the garbage collector, which does not feel its weight, used chunks pile up to
 * tens of megabytes. Only memory that zlib made for one chunk, and has filled, is certain to be used by nobody else.
 */
function release({ buffer, byteOffset, byteLength }: Uint8Array): void {
	const isOwn = buffer.byteLength === UNPACKED_CHUNK_BYTES;
	const isFilled = byteOffset + byteLength === buffer.byteLength;
	if (isOwn && isFilled) (buffer as TransferableBuffer).transfer?.(0);
}

function isZlibError(error: unknown): boolean {
	const isObject = typeof error === 'object' && error !== null;
	return isObject && 'code' in error && String(error.code).startsWith('Z_');
}

function inMegabytes(bytes: number): string {
	return `${(bytes / 1024 ** 2).toFixed(bytes < 10 * 1024 ** 2 ? 1 : 0)} MB`;
}
