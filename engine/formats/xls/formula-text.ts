import { damaged } from '../compound-file';
import type { BiffVersion } from './bof';
import type { CodePage } from './code-page';
import { charactersOf } from './record-text';

/**
 * The text of a formula: a record of its own behind that of the formula (STRING, [MS-XLS] 2.4.268). It goes on in CONTINUE
 * records, in BIFF8 each with the flags of its characters.
 */
export class FormulaText {
	#text = '';

	/** Characters, or bytes before BIFF8, that are still to come. */
	#left: number;

	readonly #codePage: CodePage | undefined;

	/** Bytes that are not decoded yet: a character can be split between records. */
	readonly #bytes: Buffer[] = [];

	/** @throws ImportError FILE_UNREADABLE when the record is too short to hold the length */
	constructor(
		version: BiffVersion,
		codePage: CodePage | undefined,
		buffer: Buffer,
		start: number,
		end: number,
	) {
		const lengthBytes = version === 2 ? 1 : 2;
		if (end - start < lengthBytes) throw damaged('a record is too short for its text');
		this.#left = version === 2 ? (buffer[start] ?? 0) : buffer.readUInt16LE(start);
		this.#codePage = codePage;
		if (this.#left > 0) this.add(buffer, start + lengthBytes, end);
	}

	get isComplete(): boolean {
		return this.#left === 0;
	}

	get text(): string {
		return this.#codePage?.decode(Buffer.concat(this.#bytes)) ?? this.#text;
	}

	/** Adds what stands in the next record. */
	add(buffer: Buffer, start: number, end: number): void {
		if (this.#codePage !== undefined) {
			const bytes = Math.min(this.#left, end - start);
			this.#bytes.push(Buffer.from(buffer.subarray(start, start + bytes)));
			this.#left -= bytes;
			return;
		}
		if (start >= end) return;
		const isWide = ((buffer[start] ?? 0) & 1) === 1;
		const from = start + 1;
		const count = Math.min(this.#left, isWide ? (end - from) >> 1 : end - from);
		this.#text += charactersOf(buffer, from, from + (isWide ? count * 2 : count), isWide);
		this.#left -= count;
	}
}
