import { setImmediate as turn } from 'node:timers/promises';
import type { ByteSource } from '../../dataset/byte-source';

const CHUNK_BYTES = 64 * 1024;
const HEADER_BYTES = 4;
const LONGEST_RECORD = HEADER_BYTES + 0xffff;

/** The longest time in milliseconds for which a search through records keeps the event loop to itself. */
const LONGEST_TURN_MS = 40;

/** Makes the content of records readable. It is called once for each record, in any order. */
export interface RecordDecryption {
	/**
	 * @param type number of the record
	 * @param content its bytes, which are replaced
	 * @param position of its content in the stream
	 */
	decrypt(type: number, content: Buffer, position: number): void;
}

/**
 * Goes through the records of a workbook stream: number, length, content ([MS-XLS] 2.1.4). Records are looked at in place; the
 * content of one is there until the next one is asked for. Only `load` waits, for the next piece of the stream.
 */
export class RecordCursor {
	/** Holds the record. */
	readonly buffer: Buffer;

	readonly view: DataView;

	/** Number of the record. */
	type = 0;

	/** Where the content of the record starts in the buffer. */
	start = 0;

	/** Where the content of the record ends in the buffer. */
	end = 0;

	/** What the records behind this one are encrypted with. */
	decryption: RecordDecryption | undefined;

	readonly #bytes: ByteSource;

	/** Position of the buffer in the stream. */
	#bufferAt: number;

	#next = 0;

	#filled = 0;

	#turnBegan = performance.now();

	/** @param position of the first record in the stream */
	constructor(bytes: ByteSource, position: number, decryption?: RecordDecryption) {
		const left = Math.max(0, bytes.size - position);
		this.buffer = Buffer.allocUnsafeSlow(Math.min(left, CHUNK_BYTES + LONGEST_RECORD));
		this.view = new DataView(this.buffer.buffer);
		this.#bytes = bytes;
		this.#bufferAt = position;
		this.decryption = decryption;
	}

	/** Position of the record in the stream. */
	get position(): number {
		return this.#bufferAt + this.start - HEADER_BYTES;
	}

	/** @returns whether there is a next record; if not, there may be one once more was loaded */
	next(): boolean {
		const { buffer } = this;
		const start = this.#next + HEADER_BYTES;
		if (start > this.#filled) return false;
		const end = start + ((buffer[start - 2] ?? 0) | ((buffer[start - 1] ?? 0) << 8));
		if (end > this.#filled) return false;
		this.type = (buffer[start - 4] ?? 0) | ((buffer[start - 3] ?? 0) << 8);
		this.start = start;
		this.end = end;
		this.#next = end;
		if (this.decryption !== undefined) this.#decrypt(this.decryption);
		return true;
	}

	/** Reads on in the stream. @returns false when the stream is at its end */
	async load(): Promise<boolean> {
		if (performance.now() - this.#turnBegan > LONGEST_TURN_MS) {
			await turn();
			this.#turnBegan = performance.now();
		}
		this.buffer.copyWithin(0, this.#next, this.#filled);
		this.#bufferAt += this.#next;
		this.#filled -= this.#next;
		this.#next = 0;
		const chunk = await this.#bytes.read(this.#bufferAt + this.#filled, CHUNK_BYTES);
		this.buffer.set(chunk, this.#filled);
		this.#filled += chunk.byteLength;
		return chunk.byteLength > 0;
	}

	/** The next record, loaded where it has to be. @returns false when the stream is at its end */
	async advance(): Promise<boolean> {
		while (!this.next()) if (!(await this.load())) return false;
		return true;
	}

	#decrypt(decryption: RecordDecryption): void {
		const content = this.buffer.subarray(this.start, this.end);
		decryption.decrypt(this.type, content, this.#bufferAt + this.start);
	}
}
