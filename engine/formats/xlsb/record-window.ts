import { rkNumber } from '../workbook';
import { damaged } from '../zip';
import { XmlWindow } from '../xlsx/xml-window';

/**
 * The records of a part ([MS-XLSB] 2.1.4): each has a number and a length, seven bits a byte, and its content. They come
 * in chunks that may end anywhere; a record is seen only when it is whole.
 */
export class RecordWindow {
	/** Number of the record. */
	type = -1;

	/** Where its content begins in `bytes`, and where it ends. */
	start = 0;

	end = 0;

	readonly #window: XmlWindow;

	#next = 0;

	/** @param largestRecord in bytes */
	constructor(largestRecord?: number) {
		this.#window = new XmlWindow(largestRecord);
	}

	get bytes(): Buffer {
		return this.#window.bytes;
	}

	/** @throws ImportError FILE_TOO_LARGE when a single record is larger than the limit */
	add(chunk: Uint8Array): void {
		this.#window.keepFrom(this.#next);
		this.#next = 0;
		this.#window.add(chunk);
	}

	/** Goes on to the next record. @returns whether it is there */
	next(): boolean {
		const { bytes, end } = this.#window;
		const start = this.#next;
		let position = start;
		let type = bytes[position++] ?? 0;
		if (type >= 0x80) type = (type & 0x7f) | (((bytes[position++] ?? 0) & 0x7f) << 7);
		let length = 0;
		for (let shift = 0, more = true; more && shift < 28; shift += 7) {
			const byte = bytes[position++] ?? 0;
			length |= (byte & 0x7f) << shift;
			more = byte >= 0x80;
		}
		if (position + length > end) return false;
		this.type = type;
		this.start = position;
		this.end = position + length;
		this.#next = this.end;
		return true;
	}

	/** Reads the record again the next time. */
	putBack(start: number): void {
		this.#next = start;
	}

	/** Where the next record begins. */
	get position(): number {
		return this.#next;
	}

	/** Whether bytes are left that make no whole record. */
	get hasRest(): boolean {
		return this.#next < this.#window.end;
	}

	/** A byte of the content. @throws ImportError FILE_UNREADABLE when the record is too short; so do the others */
	uint8(offset: number): number {
		return this.bytes[this.#at(offset, 1)] ?? 0;
	}

	uint16(offset: number): number {
		return this.bytes.readUInt16LE(this.#at(offset, 2));
	}

	uint24(offset: number): number {
		return this.bytes.readUIntLE(this.#at(offset, 3), 3);
	}

	uint32(offset: number): number {
		return this.bytes.readUInt32LE(this.#at(offset, 4));
	}

	double(offset: number): number {
		return this.bytes.readDoubleLE(this.#at(offset, 8));
	}

	/** RkNumber ([MS-XLSB] 2.5.122). */
	rk(offset: number): number {
		return rkNumber(this.bytes.readInt32LE(this.#at(offset, 4)));
	}

	/** XLWideString ([MS-XLSB] 2.5.168): its length in characters, and UTF-16. */
	text(offset: number): string {
		const length = this.uint32(offset);
		const start = this.#at(offset + 4, 2 * length);
		return this.bytes.toString('utf16le', start, start + 2 * length);
	}

	/** XLNullableWideString (2.5.166): the same, or none. */
	textOrNone(offset: number): string | undefined {
		return this.uint32(offset) === NO_TEXT ? undefined : this.text(offset);
	}

	/** Where it goes on behind a text that there may be. */
	behindText(offset: number): number {
		const length = this.uint32(offset);
		return offset + 4 + (length === NO_TEXT ? 0 : 2 * length);
	}

	#at(offset: number, length: number): number {
		const position = this.start + offset;
		if (position + length > this.end) throw damaged('one of its records is too short');
		return position;
	}
}

const NO_TEXT = 0xffffffff;

/** Reads the records of a small part, or those of a large one up to where `onRecord` answers false. */
export async function readRecords(
	chunks: AsyncIterable<Uint8Array>,
	onRecord: (record: RecordWindow) => unknown,
): Promise<void> {
	const records = new RecordWindow();
	for await (const chunk of chunks) {
		records.add(chunk);
		while (records.next()) if (onRecord(records) === false) return;
	}
	if (records.hasRest) throw damaged('one of its parts ends inside a record');
}
