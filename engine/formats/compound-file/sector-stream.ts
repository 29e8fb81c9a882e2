import type { ByteSource } from '../../dataset/byte-source';

const CHUNK_BYTES = 64 * 1024;

/** A stream whose sectors lie anywhere in a file, read piece by piece. */
export class SectorStream implements ByteSource {
	readonly size: number;

	readonly #bytes: ByteSource;

	readonly #sectors: Uint32Array;

	readonly #sectorSize: number;

	readonly #firstSectorAt: number;

	/**
	 * @param bytes what holds the sectors: a file, or the stream that small streams share
	 * @param sectors in the order of the stream
	 * @param size in bytes, as the directory says; the stream is not longer than its sectors
	 * @param firstSectorAt position of sector 0
	 */
	constructor(
		bytes: ByteSource,
		sectors: Uint32Array,
		sectorSize: number,
		size = Number.POSITIVE_INFINITY,
		firstSectorAt = sectorSize,
	) {
		this.#bytes = bytes;
		this.#sectors = sectors;
		this.#sectorSize = sectorSize;
		this.#firstSectorAt = firstSectorAt;
		this.size = Math.min(size, sectors.length * sectorSize);
	}

	async *chunks(): AsyncGenerator<Uint8Array> {
		for (let position = 0; position < this.size;) {
			const chunk = await this.read(position, CHUNK_BYTES);
			if (chunk.byteLength === 0) return;
			yield chunk;
			position += chunk.byteLength;
		}
	}

	async read(position: number, length: number): Promise<Uint8Array> {
		const wanted = Math.max(0, Math.min(length, this.size - position));
		const first = await this.#readRun(position, wanted);
		if (first.byteLength === wanted) return first;
		const joined = Buffer.allocUnsafe(wanted);
		joined.set(first);
		let filled = first.byteLength;
		while (filled < wanted) {
			const part = await this.#readRun(position + filled, wanted - filled);
			if (part.byteLength === 0) break;
			joined.set(part, filled);
			filled += part.byteLength;
		}
		return joined.subarray(0, filled);
	}

	/** Nothing of its own is open. */
	close(): Promise<void> {
		return Promise.resolve();
	}

	/** Reads as far as the sectors follow each other in the file too. */
	async #readRun(position: number, length: number): Promise<Uint8Array> {
		const size = this.#sectorSize;
		const index = Math.floor(position / size);
		const first = this.#sectors[index];
		if (first === undefined || length === 0) return new Uint8Array(0);
		const offset = position - index * size;
		let run = 1;
		while (run * size - offset < length && this.#sectors[index + run] === first + run) run++;
		const start = this.#firstSectorAt + first * size + offset;
		return await this.#bytes.read(start, Math.min(length, run * size - offset));
	}
}
