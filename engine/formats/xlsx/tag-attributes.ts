import { damaged } from '../zip';
import {
	DOUBLE_QUOTE,
	EQUALS,
	GREATER,
	INCOMPLETE,
	matchesAt,
	SINGLE_QUOTE,
	SLASH,
	SPACE,
} from './xml-bytes';

/** What the value of a cell is (`t`, ECMA-376 part 1, 18.18.11). */
export const CellType = {
	number: 0,
	shared: 1,
	text: 2,
	inline: 3,
	boolean: 4,
	error: 5,
	date: 6,
	unknown: 7,
} as const;

export type CellType = (typeof CellType)[keyof typeof CellType];

const typeByFirstByte = new Map<number, CellType>(
	Object.entries({
		n: CellType.number,
		s: CellType.shared,
		i: CellType.inline,
		b: CellType.boolean,
		e: CellType.error,
		d: CellType.date,
	}).map(([letter, type]) => [letter.charCodeAt(0), type]),
);

const LOWER_R = 0x72;
const LOWER_S = 0x73;
const LOWER_T = 0x74;
const FIRST_LETTER = 0x41;
const LETTER_BITS = 0x1f;
const DIGIT_0 = 0x30;
const HIDDEN = Buffer.from('hidden');

/** The attributes of a row or a cell that matter: `r`, `s`, `t` and `hidden`. One object is used for all tags of a sheet. */
export class TagAttributes {
	/** Index of the cell style (`s`). */
	style = 0;

	type: CellType = CellType.number;

	/** Whether the tag ends its element too: `<c r="A1"/>`. */
	isEmpty = false;

	/** Whether `hidden` is set, as on rows that nobody sees (18.3.1.73). */
	isHidden = false;

	#referenceStart = 0;

	#referenceEnd = 0;

	/**
	 * @param position behind the name of the element
	 * @returns the position behind the tag, or INCOMPLETE
	 * @throws ImportError FILE_UNREADABLE when an attribute has no quotes
	 */
	read(bytes: Buffer, position: number, end: number): number {
		this.style = 0;
		this.type = CellType.number;
		this.#referenceEnd = 0;
		this.isHidden = false;
		while (position < end) {
			const byte = bytes[position] ?? 0;
			if (byte <= SPACE || byte === SLASH) {
				position++;
			} else if (byte === GREATER) {
				this.isEmpty = bytes[position - 1] === SLASH;
				return position + 1;
			} else {
				position = this.#attribute(bytes, position, end);
				if (position === INCOMPLETE) return INCOMPLETE;
			}
		}
		return INCOMPLETE;
	}

	/** The row that `r` of a row names; 0 without one. */
	row(bytes: Buffer): number {
		return integerAt(bytes, this.#referenceStart, this.#referenceEnd);
	}

	/** Index of the column that `r` of a cell names, such as 27 for `AB12`; -1 without one. */
	column(bytes: Buffer): number {
		let letters = 0;
		for (let position = this.#referenceStart; position < this.#referenceEnd; position++) {
			const byte = bytes[position] ?? 0;
			if (byte < FIRST_LETTER) break;
			letters = letters * 26 + (byte & LETTER_BITS);
		}
		return letters - 1;
	}

	#attribute(bytes: Buffer, start: number, end: number): number {
		let equals = start + 1;
		while (equals < end && bytes[equals] !== EQUALS) equals++;
		let valueStart = equals + 1;
		while (valueStart < end && (bytes[valueStart] ?? 0) <= SPACE) valueStart++;
		if (valueStart >= end) return INCOMPLETE;
		const quote = bytes[valueStart];
		if (quote !== DOUBLE_QUOTE && quote !== SINGLE_QUOTE) {
			throw damaged('one of its parts is not valid XML');
		}
		let valueEnd = ++valueStart;
		while (valueEnd < end && bytes[valueEnd] !== quote) valueEnd++;
		if (valueEnd >= end) return INCOMPLETE;

		const isLetter = equals === start + 1 || (bytes[start + 1] ?? 0) <= SPACE;
		if (isLetter) this.#keep(bytes, bytes[start] ?? 0, valueStart, valueEnd);
		else if (matchesAt(bytes, start, HIDDEN)) {
			this.isHidden = isTrue(bytes, valueStart, valueEnd);
		}
		return valueEnd + 1;
	}

	#keep(bytes: Buffer, name: number, start: number, end: number): void {
		if (name === LOWER_R) {
			this.#referenceStart = start;
			this.#referenceEnd = end;
		} else if (name === LOWER_S) {
			this.style = integerAt(bytes, start, end);
		} else if (name === LOWER_T) {
			const first = bytes[start] ?? 0;
			const isText = first === LOWER_S && end - start > 1;
			this.type = isText ? CellType.text : (typeByFirstByte.get(first) ?? CellType.unknown);
		}
	}
}

/** `1`, `true` or `on` (22.9.2.7). */
function isTrue(bytes: Buffer, start: number, end: number): boolean {
	return /^(1|true|on)$/i.test(bytes.toString('latin1', start, end));
}

/** A whole number written in digits; 0 for anything else. */
function integerAt(bytes: Buffer, start: number, end: number): number {
	let number = 0;
	for (let position = start; position < end; position++) {
		const digit = (bytes[position] ?? 0) - DIGIT_0;
		if (digit < 0 || digit > 9) return 0;
		number = number * 10 + digit;
	}
	return number;
}
