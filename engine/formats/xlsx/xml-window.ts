import { ImportError } from '../../issues';
import { PADDING } from './xml-bytes';

const LONG_RECORD_BYTES = 64 * 1024;

/** Larger than any cell or text that Excel can hold, however it is written. */
const LARGEST_RECORD_BYTES = 16 * 1024 * 1024;

/**
 * The bytes of a part that are being read: what was left of the chunks before, then the newest chunk. The same memory is used
 * for the whole part. A record that is cut by the end of a chunk is read again from its start when there is more.
 */
export class XmlWindow {
	bytes: Buffer = Buffer.alloc(PADDING);

	/** Number of bytes in use; PADDING zero bytes follow. */
	end = 0;

	readonly #largestRecord: number;

	/** While a long record is cut, it is not worth while to read it again before there is twice as much of it. */
	#worthReadingAt = 0;

	constructor(largestRecord: number = LARGEST_RECORD_BYTES) {
		this.#largestRecord = largestRecord;
	}

	/**
	 * Adds a chunk behind the bytes that were kept.
	 *
	 * @returns whether it is worth while to read now; at the end of the part it is in any case
	 */
	add(chunk: Uint8Array): boolean {
		const end = this.end + chunk.byteLength;
		if (end + PADDING > this.bytes.length) this.#grow(end + PADDING);
		this.bytes.set(chunk, this.end);
		this.bytes.fill(0, end, end + PADDING);
		this.end = end;
		return end >= this.#worthReadingAt;
	}

	/**
	 * Forgets the bytes before `position`.
	 *
	 * @throws ImportError FILE_TOO_LARGE when what is left, one record, is larger than the limit
	 */
	keepFrom(position: number): void {
		const left = this.end - position;
		if (left > this.#largestRecord) {
			throw new ImportError(
				'FILE_TOO_LARGE',
				`A single cell of the workbook is larger than the limit of ${this.#largestRecord} characters.`,
			);
		}
		this.bytes.copyWithin(0, position, this.end);
		this.bytes.fill(0, left, left + PADDING);
		this.end = left;
		const isLong = left >= LONG_RECORD_BYTES;
		this.#worthReadingAt = isLong ? Math.min(2 * left, this.#largestRecord + 1) : 0;
	}

	#grow(needed: number): void {
		const larger = Buffer.alloc(Math.max(needed, 2 * this.bytes.length));
		larger.set(this.bytes.subarray(0, this.end));
		this.bytes = larger;
	}
}
