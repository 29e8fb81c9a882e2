import { ByteFile } from './byte-file';
import { PageCache } from './page-cache';

/**
 * Pages up to this size, in bytes, are kept when they were read; larger ones are read each time. Bytes asked for at random want
 * it small, those in order want it large.
 */
export const USUAL_PAGE_BYTES = 8 * 1024;

const CACHED_PAGES = 512;

/** Where pages are asked for in no order: each that is missing costs a call of the system. */
const PAGES_CACHED_AT_RANDOM = 4096;

/** Bytes that are written at a time, so that the thread which writes is not asked for every page. */
const WRITE_BYTES = 256 * 1024;

/**
 * Numbered pieces of bytes. The first ones stay in memory, the others go to a temporary file: memory does not grow with them.
 * Those that were read or written lately are kept.
 */
export class PageStore {
	readonly #memoryBytes: number;

	#memoryUsed = 0;

	/** The first pages. */
	readonly #inMemory: Buffer[] = [];

	readonly #file = new ByteFile();

	/** For each further page its position in the file. */
	readonly #positions: number[] = [];

	/** The pages that were not written yet, as they will stand in the file. */
	#unwritten: Buffer = Buffer.alloc(0);

	#unwrittenUsed = 0;

	readonly #cache = new PageCache(USUAL_PAGE_BYTES, CACHED_PAGES, PAGES_CACHED_AT_RANDOM);

	/** @param memoryBytes how much stays in memory */
	constructor(memoryBytes: number) {
		this.#memoryBytes = memoryBytes;
	}

	/** Adds a page, of which a copy is made. Its number is how many there were before. */
	add(page: Uint8Array): void {
		const isRoom = this.#memoryUsed + page.byteLength <= this.#memoryBytes;
		if (isRoom && this.#positions.length === 0) {
			const copy = Buffer.allocUnsafeSlow(page.byteLength);
			copy.set(page);
			this.#inMemory.push(copy);
			this.#memoryUsed += page.byteLength;
			return;
		}
		this.#positions.push(this.#file.size + this.#unwrittenUsed);
		const used = this.#unwrittenUsed + page.byteLength;
		if (used > this.#unwritten.length) this.#grow(used);
		this.#unwritten.set(page, this.#unwrittenUsed);
		this.#unwrittenUsed = used;
	}

	/**
	 * @returns memory that begins with the page; it is good until the next call of any method
	 * @throws the error of the file system
	 */
	get(page: number): Buffer {
		const inMemory = this.#inMemory[page];
		if (inMemory !== undefined) return inMemory;
		const place = page - this.#inMemory.length;
		const position = this.#positions[place] ?? 0;
		const written = this.#file.size;
		if (position >= written) return this.#unwritten.subarray(position - written);
		return this.#cache.get(place) ?? this.#read(place, position);
	}

	/**
	 * Writes what shall not stay in memory. To be awaited now and then while pages are added.
	 *
	 * @throws ImportError FILE_UNREADABLE when there is no room for the file
	 */
	async flush(): Promise<void> {
		if (this.#unwrittenUsed < WRITE_BYTES) return;
		const written = this.#file.size;
		await this.#file.append(this.#unwritten.subarray(0, this.#unwrittenUsed));
		this.#keepNewest(written);
		this.#unwrittenUsed = 0;
		// a page may be very large
		if (this.#unwritten.length > 2 * WRITE_BYTES) this.#unwritten = Buffer.alloc(0);
	}

	/** Removes the file. */
	close(): void {
		this.#file.close();
	}

	/** What was written last is likely to be asked for next. */
	#keepNewest(written: number): void {
		for (let place = this.#positions.length - 1; place >= 0; place--) {
			const position = this.#positions[place] ?? 0;
			if (position < written) break;
			const size = this.#sizeAt(place);
			if (size > USUAL_PAGE_BYTES) continue;
			const start = position - written;
			this.#cache.take(place).set(this.#unwritten.subarray(start, start + size));
		}
	}

	#read(place: number, position: number): Buffer {
		const size = this.#sizeAt(place);
		const isUsual = size <= USUAL_PAGE_BYTES;
		const bytes = isUsual ? this.#cache.take(place) : Buffer.allocUnsafeSlow(size);
		this.#file.read(bytes, size, position);
		return bytes;
	}

	#sizeAt(place: number): number {
		const position = this.#positions[place] ?? 0;
		return (this.#positions[place + 1] ?? this.#file.size) - position;
	}

	#grow(needed: number): void {
		const larger = Buffer.allocUnsafeSlow(Math.max(needed, 2 * WRITE_BYTES));
		larger.set(this.#unwritten.subarray(0, this.#unwrittenUsed));
		this.#unwritten = larger;
	}
}
