import { ImportError } from '../../issues';
import type { TextSource, TextStore } from '../workbook';
import type { RecordCursor } from './record-cursor';
import { textFlags } from './record-text';
import { RecordType } from './record-types';

/** Total and number of texts; both are known to be wrong in files of some programs. */
const TABLE_HEADER_BYTES = 8;

const TEXT_HEADER_BYTES = 3;
const RUN_BYTES = 4;

/**
 * The texts that the cells of a workbook share (SST, [MS-XLS] 2.4.265). The table goes on in CONTINUE records; a text that is
 * split between them has its flags again behind the split (2.5.293).
 */
export class SharedTextTable implements TextSource {
	readonly #cursor: RecordCursor;

	readonly #maxLength: number;

	#at = 0;

	#end = 0;

	#isStarted = false;

	/**
	 * @param cursor right before the table
	 * @param maxLength characters that a text may have
	 */
	constructor(cursor: RecordCursor, maxLength = Number.POSITIVE_INFINITY) {
		this.#cursor = cursor;
		this.#maxLength = maxLength;
	}

	async read(texts: TextStore): Promise<boolean> {
		this.#readWhole(texts);
		return this.#at < this.#end ? await this.#readSplit(texts) : await this.#nextRecord();
	}

	/** Reads the texts that lie in this record as a whole. */
	#readWhole(texts: TextStore): void {
		const { buffer } = this.#cursor;
		let at = this.#at;
		const end = this.#end;
		while (at + TEXT_HEADER_BYTES <= end) {
			const length = (buffer[at] ?? 0) | ((buffer[at + 1] ?? 0) << 8);
			const flags = buffer[at + 2] ?? 0;
			let start = at + TEXT_HEADER_BYTES;
			let tail = 0;
			const isWide = (flags & 1) !== 0;
			if ((flags & 0x0c) !== 0) {
				const { isRich, isPhonetic } = textFlags(flags);
				const more = (isRich ? 2 : 0) + (isPhonetic ? 4 : 0);
				if (start + more > end) break;
				if (isRich) tail += buffer.readUInt16LE(start) * RUN_BYTES;
				if (isPhonetic) tail += buffer.readUInt32LE(start + more - 4);
				start += more;
			}
			const textEnd = start + (isWide ? length * 2 : length);
			if (textEnd + tail > end) break;
			this.#checkLength(length);
			texts.add(buffer, start, textEnd, isWide ? 'utf16le' : 'latin1');
			at = textEnd + tail;
		}
		this.#at = at;
	}

	/** Reads a text that goes on in the next record. @returns whether there was all of it */
	async #readSplit(texts: TextStore): Promise<boolean> {
		const header = await this.#bytes(TEXT_HEADER_BYTES);
		if (header === undefined) return false;
		const length = header.readUInt16LE(0);
		const { isWide, isRich, isPhonetic } = textFlags(header[2] ?? 0);
		const runs = isRich ? await this.#bytes(2) : Buffer.alloc(2);
		const phonetic = isPhonetic ? await this.#bytes(4) : Buffer.alloc(4);
		if (runs === undefined || phonetic === undefined) return false;
		this.#checkLength(length);
		const text = await this.#characters(length, isWide);
		if (text === undefined) return false;
		texts.add(text, 0, text.length, 'utf16le');
		return await this.#skip(runs.readUInt16LE(0) * RUN_BYTES + phonetic.readUInt32LE(0));
	}

	/** @returns the characters as UTF-16 */
	async #characters(length: number, startsWide: boolean): Promise<Buffer | undefined> {
		const { buffer } = this.#cursor;
		const text = Buffer.alloc(length * 2);
		let isWide = startsWide;
		for (let filled = 0; filled < text.length;) {
			if (this.#at >= this.#end) {
				if (!(await this.#nextRecord())) return undefined;
				isWide = ((buffer[this.#at++] ?? 0) & 1) !== 0;
			}
			const there = Math.max(0, this.#end - this.#at);
			const count = Math.min((text.length - filled) / 2, isWide ? there >> 1 : there);
			if (isWide) {
				buffer.copy(text, filled, this.#at, this.#at + count * 2);
			} else {
				for (let i = 0; i < count; i++) {
					text[filled + i * 2] = buffer[this.#at + i] ?? 0;
				}
			}
			filled += count * 2;
			this.#at += isWide ? count * 2 : count;
			// half a character at the end of a record belongs to nothing
			if (count === 0) this.#at = this.#end;
		}
		return text;
	}

	async #bytes(count: number): Promise<Buffer | undefined> {
		const { buffer } = this.#cursor;
		const bytes = Buffer.alloc(count);
		for (let i = 0; i < count; i++) {
			while (this.#at >= this.#end) if (!(await this.#nextRecord())) return undefined;
			bytes[i] = buffer[this.#at++] ?? 0;
		}
		return bytes;
	}

	async #skip(count: number): Promise<boolean> {
		let left = count;
		while (left > this.#end - this.#at) {
			left -= Math.max(0, this.#end - this.#at);
			if (!(await this.#nextRecord())) return false;
		}
		this.#at += left;
		return true;
	}

	async #nextRecord(): Promise<boolean> {
		const cursor = this.#cursor;
		if (!(await cursor.advance())) return false;
		const expected = this.#isStarted ? RecordType.continue : RecordType.sharedTexts;
		if (cursor.type !== expected) return false;
		this.#at = cursor.start + (this.#isStarted ? 0 : TABLE_HEADER_BYTES);
		this.#end = cursor.end;
		this.#isStarted = true;
		return true;
	}

	#checkLength(length: number): void {
		if (length <= this.#maxLength) return;
		throw new ImportError(
			'FILE_TOO_LARGE',
			`A text of the workbook has ${length} characters; the limit is ${this.#maxLength}.`,
		);
	}
}
