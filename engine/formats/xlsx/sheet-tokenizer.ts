import type { Cell } from '../../dataset/dataset';
import { damaged } from '../zip';
import { isoDateCell, type DateSerials } from './date-serial';
import { TimeKind } from './number-format';
import { numberCell } from './number-text';
import type { SharedStrings } from './shared-strings';
import type { CellStyles } from './styles';
import {
	AMPERSAND,
	CR,
	DOUBLE_QUOTE,
	ElementText,
	endOfTag,
	EQUALS,
	GREATER,
	INCOMPLETE,
	isEscape,
	isName,
	LESS,
	matchesAt,
	nextMarkup,
	SINGLE_QUOTE,
	SLASH,
	SPACE,
	UNDERSCORE,
	type Markup,
} from './xml-bytes';
import { decodeCharacterData, decodeEscapes } from './xml-text';
import { XmlWindow } from './xml-window';

/** Something about a cell that keeps its row from being used. */
export interface CellFault {
	/** Index of the column, from 0. */
	column: number;
	kind: 'formula-error' | 'unknown-text';
	/** The error as the cell shows it, or the number of the text that is not there. */
	value: string;
}

/** A row of a sheet that holds at least one value. */
export interface SheetRow {
	/** 1-based, as the spreadsheet program shows it. */
	number: number;
	/** From column A on; at least as many as asked for, more where the row holds more. */
	cells: Cell[];
	/** How many cells hold a value; empty text is none. */
	filled: number;
	faults: CellFault[] | undefined;
}

/** What the cells of a sheet refer to. */
export interface SheetContext {
	texts: SharedStrings;
	styles: CellStyles;
	dates: DateSerials;
}

/** A few bytes of a wide sheet can stand for a row of 16,384 cells: so many cells are made before they are handed over. */
const MOST_CELLS_AT_ONCE = 250_000;

/** The last column of a sheet is XFD (Excel's specification; ECMA-376 sets no limit). */
const MOST_COLUMNS = 16_384;

const CellType = {
	number: 0,
	shared: 1,
	text: 2,
	inline: 3,
	boolean: 4,
	error: 5,
	date: 6,
	unknown: 7,
} as const;

type CellType = (typeof CellType)[keyof typeof CellType];

const LOWER_C = 0x63;
const LOWER_F = 0x66;
const LOWER_R = 0x72;
const LOWER_S = 0x73;
const LOWER_T = 0x74;
const LOWER_V = 0x76;
const MINUS = 0x2d;
const DOT = 0x2e;
const DIGIT_0 = 0x30;
const LETTER_BITS = 0x1f;
const FIRST_LETTER = 0x41;

const CELL = Buffer.from('c');
const ROW = Buffer.from('row');
const SHEET_DATA = Buffer.from('sheetData');
const ROW_START = Buffer.from('<row');
const ROW_END = Buffer.from('</row>');
const FORMULA_END = Buffer.from('</f>');
const VALUE_END = Buffer.from('</v></c>');
const INLINE_START = Buffer.from('<is><t>');
const INLINE_PRESERVED_START = Buffer.from('<is><t xml:space="preserve">');
const INLINE_END = Buffer.from('</t></is></c>');

/** So many digits always fit a double exactly, and so does a power of ten up to 10^22: one division rounds correctly. */
const EXACT_DIGITS = 15;
const powersOfTen = Array.from({ length: 23 }, (_, exponent) => 10 ** exponent);

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

/**
 * Takes the XML of a worksheet part (`worksheet/sheetData`, ECMA-376 part 1, 18.3.1.80) apart into rows, chunk by chunk.
 *
 * This is the inner loop of the reader: a large sheet has tens of millions of cells. It therefore works on bytes, reads
 * what nearly all cells look like (`<c r="A1" s="2" t="s"><v>15</v></c>`) without making any object or string but the
 * value, and asks ElementText for all other shapes. Cells are read whole or not at all, so that no state has to be kept
 * where a chunk ends inside one.
 */
export class SheetTokenizer {
	readonly #context: SheetContext;

	readonly #emptyRow: Cell[];

	readonly #window: XmlWindow;

	readonly #element = new ElementText('c');

	readonly #markup: Markup = { kind: 'ignored', start: 0, end: 0 };

	#rows: SheetRow[] = [];

	#cellsMade = 0;

	#missingText: number | undefined;

	#phase: 'before' | 'rows' | 'after' = 'before';

	#depth = 0;

	// The row that is being read.
	#inRow = false;

	#rowNumber = 0;

	#cells: Cell[] = [];

	#filled = 0;

	#faults: CellFault[] | undefined;

	#column = -1;

	// The attributes of the tag read last.
	#referenceStart = 0;

	#referenceEnd = 0;

	#style = 0;

	#type: CellType = CellType.number;

	#isEmptyTag = false;

	/**
	 * @param width how many cells each row has at least; those that the sheet leaves out are null
	 * @param largestRecord limit of the bytes of one cell
	 */
	constructor(context: SheetContext, width: number, largestRecord?: number) {
		this.#context = context;
		this.#emptyRow = Array.from({ length: width }, () => null);
		this.#window = new XmlWindow(largestRecord);
	}

	/**
	 * Adds the next bytes of the part; a chunk may end anywhere.
	 *
	 * @param chunk UTF-8
	 * @returns whether it is worth while to read now; at the end of the part it is in any case
	 */
	add(chunk: Uint8Array): boolean {
		return this.#isReading() && this.#window.add(chunk);
	}

	/**
	 * Reads as far as the bytes go, or until there are very many cells, or to a cell whose text was not read yet: see
	 * `hasMore` and `missingText`.
	 *
	 * @returns the rows that were completed, but for those without any value
	 * @throws ImportError FILE_UNREADABLE, FILE_TOO_LARGE
	 */
	read(): SheetRow[] {
		this.#rows = [];
		this.#cellsMade = 0;
		this.#missingText = undefined;
		let position = 0;
		while (this.#isReading() && this.#cellsMade < MOST_CELLS_AT_ONCE) {
			const next = this.#phase === 'rows' ? this.#next(position) : this.#nextBefore(position);
			if (next === INCOMPLETE) break;
			position = next;
		}
		this.#window.keepFrom(position);
		return this.#rows;
	}

	/** Whether there is something left to read in the bytes that were added. */
	get hasMore(): boolean {
		return this.#cellsMade >= MOST_CELLS_AT_ONCE || this.#missingText !== undefined;
	}

	/** Index of the shared text that is needed to read on. */
	get missingText(): number | undefined {
		return this.#missingText;
	}

	/** Says that there are no more bytes. @throws ImportError FILE_UNREADABLE when the sheet is not at its end */
	end(): void {
		if (this.#isReading()) throw damaged('a sheet ends before its end');
	}

	#isReading(): boolean {
		return this.#phase !== 'after';
	}

	/** Widths, views and other settings stand before the rows. */
	#nextBefore(position: number): number {
		const markup = this.#markup;
		const { bytes, end } = this.#window;
		const next = nextMarkup(bytes, position, end, markup);
		if (next === INCOMPLETE) return INCOMPLETE;
		const { kind } = markup;
		if (kind === 'open') this.#depth++;
		if (kind === 'close') this.#depth--;
		const isSheetData = (kind === 'open' || kind === 'empty') && isName(bytes, markup, SHEET_DATA);
		if (isSheetData) this.#phase = kind === 'open' ? 'rows' : 'after';
		else if (this.#depth === 0 && (kind === 'close' || kind === 'empty')) this.#phase = 'after';
		return next;
	}

	#next(position: number): number {
		const { bytes } = this.#window;
		if (bytes[position] === LESS) {
			if (bytes[position + 1] === LOWER_C && isNameEnd(bytes[position + 2])) {
				return this.#cell(position + 2);
			}
			if (matchesAt(bytes, position, ROW_END)) {
				this.#finishRow();
				return position + ROW_END.length;
			}
			if (matchesAt(bytes, position, ROW_START) && isNameEnd(bytes[position + ROW_START.length])) {
				return this.#row(position + ROW_START.length);
			}
		}
		return this.#anyMarkup(position);
	}

	/** Comments, white space, the end of the rows, and rows and cells whose names have a prefix. */
	#anyMarkup(position: number): number {
		const markup = this.#markup;
		const { bytes, end } = this.#window;
		const next = nextMarkup(bytes, position, end, markup);
		if (next === INCOMPLETE) return INCOMPLETE;
		if (markup.kind === 'open' || markup.kind === 'empty') {
			if (isName(bytes, markup, CELL)) return this.#cell(markup.end);
			if (isName(bytes, markup, ROW)) return this.#row(markup.end);
		} else if (markup.kind === 'close') {
			if (isName(bytes, markup, ROW)) this.#finishRow();
			if (isName(bytes, markup, SHEET_DATA)) {
				this.#finishRow();
				this.#phase = 'after';
			}
		}
		return next;
	}

	/** @param position behind the name of the row's tag */
	#row(position: number): number {
		const next = this.#attributes(position);
		if (next === INCOMPLETE) return INCOMPLETE;
		this.#finishRow();
		this.#startRow(this.#referencedRow());
		if (this.#isEmptyTag) this.#finishRow();
		return next;
	}

	#startRow(number: number): void {
		this.#inRow = true;
		this.#rowNumber = number;
		this.#cells = this.#emptyRow.slice();
		this.#filled = 0;
		this.#faults = undefined;
		this.#column = -1;
	}

	#finishRow(): void {
		if (!this.#inRow) return;
		this.#inRow = false;
		if (this.#filled === 0) return;
		this.#cellsMade += this.#cells.length;
		this.#rows.push({
			number: this.#rowNumber,
			cells: this.#cells,
			filled: this.#filled,
			faults: this.#faults,
		});
	}

	/** @param position behind the name of the cell's tag */
	#cell(position: number): number {
		const start = this.#attributes(position);
		if (start === INCOMPLETE) return INCOMPLETE;
		if (!this.#inRow) this.#startRow(this.#rowNumber + 1);
		const column = this.#referencedColumn();
		let next = start;
		if (!this.#isEmptyTag) {
			next = this.#plainValue(start, column);
			if (next === INCOMPLETE) next = this.#anyValue(start, column);
			if (next === INCOMPLETE) return INCOMPLETE;
		}
		this.#column = column;
		return next;
	}

	/**
	 * Reads the attributes that matter, in any order: `r`, `s` and `t`.
	 *
	 * @returns the position behind the tag, or INCOMPLETE
	 */
	#attributes(position: number): number {
		const { bytes, end } = this.#window;
		this.#referenceEnd = 0;
		this.#style = 0;
		this.#type = CellType.number;
		while (position < end) {
			const byte = bytes[position] ?? 0;
			if (byte <= SPACE) {
				position++;
			} else if (byte === GREATER) {
				this.#isEmptyTag = bytes[position - 1] === SLASH;
				return position + 1;
			} else if (byte === SLASH) {
				position++;
			} else {
				position = this.#attribute(position);
				if (position === INCOMPLETE) return INCOMPLETE;
			}
		}
		return INCOMPLETE;
	}

	#attribute(start: number): number {
		const { bytes, end } = this.#window;
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
		if (isLetter) this.#keepAttribute(bytes[start] ?? 0, valueStart, valueEnd);
		return valueEnd + 1;
	}

	#keepAttribute(name: number, start: number, end: number): void {
		const { bytes } = this.#window;
		if (name === LOWER_R) {
			this.#referenceStart = start;
			this.#referenceEnd = end;
		} else if (name === LOWER_S) {
			this.#style = integerAt(bytes, start, end);
		} else if (name === LOWER_T) {
			const isText = bytes[start] === LOWER_S && end - start > 1;
			this.#type = isText
				? CellType.text
				: (typeByFirstByte.get(bytes[start] ?? 0) ?? CellType.unknown);
		}
	}

	#referencedRow(): number {
		const number = integerAt(this.#window.bytes, this.#referenceStart, this.#referenceEnd);
		return number > 0 ? number : this.#rowNumber + 1;
	}

	/** The column of a reference such as `AB12`; without one, the cell follows the one before (18.3.1.4). */
	#referencedColumn(): number {
		const { bytes } = this.#window;
		let letters = 0;
		for (let position = this.#referenceStart; position < this.#referenceEnd; position++) {
			const byte = bytes[position] ?? 0;
			if (byte < FIRST_LETTER) break;
			letters = letters * 26 + (byte & LETTER_BITS);
		}
		const column = letters > 0 ? letters - 1 : this.#column + 1;
		if (column >= MOST_COLUMNS) throw damaged('a cell lies behind the last column of a sheet');
		return column;
	}

	/**
	 * The value of a cell that has its usual shape: `<v>` with digits or plain text, or a plain inline text, possibly behind
	 * a formula.
	 *
	 * @returns the position behind the cell, or INCOMPLETE when it has another shape (or is cut)
	 */
	#plainValue(start: number, column: number): number {
		const { bytes } = this.#window;
		let position = start;
		if (bytes[position] === LESS && bytes[position + 1] === LOWER_F) {
			position = this.#behindFormula(position);
			if (position === INCOMPLETE) return INCOMPLETE;
		}
		const type = this.#type;
		if (type === CellType.inline) return this.#plainInlineText(position, column);
		const isValue =
			bytes[position] === LESS &&
			bytes[position + 1] === LOWER_V &&
			bytes[position + 2] === GREATER;
		if (!isValue) return INCOMPLETE;
		if (type === CellType.text) return this.#plainText(position + 3, VALUE_END, column, true);
		const hasDigits =
			type === CellType.number || type === CellType.shared || type === CellType.boolean;
		return hasDigits ? this.#digits(position + 3, column) : INCOMPLETE;
	}

	/** Formulas are not read: their value stands beside them. */
	#behindFormula(position: number): number {
		const { bytes, end } = this.#window;
		if (!isNameEnd(bytes[position + 2])) return INCOMPLETE;
		const behindTag = endOfTag(bytes, position + 2, end);
		if (behindTag === INCOMPLETE || bytes[behindTag - 2] === SLASH) return behindTag;
		let closing = behindTag;
		while (closing < end && bytes[closing] !== LESS) closing++;
		return matchesAt(bytes, closing, FORMULA_END) ? closing + FORMULA_END.length : INCOMPLETE;
	}

	#digits(start: number, column: number): number {
		const { bytes } = this.#window;
		let position = start;
		const negative = bytes[position] === MINUS;
		if (negative) position++;
		const firstDigit = position;
		let mantissa = 0;
		let scale = 0;
		let digit = (bytes[position] ?? 0) - DIGIT_0;
		for (; digit >= 0 && digit <= 9; digit = (bytes[++position] ?? 0) - DIGIT_0) {
			mantissa = mantissa * 10 + digit;
		}
		let digits = position - firstDigit;
		if (bytes[position] === DOT) {
			const firstDecimal = ++position;
			digit = (bytes[position] ?? 0) - DIGIT_0;
			for (; digit >= 0 && digit <= 9; digit = (bytes[++position] ?? 0) - DIGIT_0) {
				mantissa = mantissa * 10 + digit;
			}
			scale = position - firstDecimal;
			digits += scale;
		}
		if (digits === 0 || !matchesAt(bytes, position, VALUE_END)) return INCOMPLETE;
		const kind = this.#timeKind();
		// A date is wanted to the millisecond only, so that the last digits of its serial number may be rounded.
		const isExact =
			digits <= EXACT_DIGITS || (kind !== TimeKind.none && scale < powersOfTen.length);
		if (!isExact) return INCOMPLETE;
		const next = position + VALUE_END.length;
		if (this.#type === CellType.shared)
			return this.#putShared(column, mantissa) ? next : INCOMPLETE;
		const number = scale === 0 ? mantissa : mantissa / (powersOfTen[scale] ?? 10 ** scale);
		this.#putNumber(column, negative ? 0 - number : number, kind);
		return next;
	}

	#timeKind(): TimeKind {
		const { styles } = this.#context;
		const isNumber = this.#type === CellType.number || this.#type === CellType.date;
		if (!isNumber || this.#style >= styles.length) return TimeKind.none;
		return (styles[this.#style] ?? TimeKind.none) as TimeKind;
	}

	#putNumber(column: number, number: number, kind: TimeKind): void {
		if (this.#type === CellType.boolean) this.#put(column, number !== 0);
		else if (kind === TimeKind.none) this.#put(column, number);
		else this.#put(column, this.#context.dates.toCell(number, kind));
	}

	/** @returns whether the text is there; else the cell is read again once it is */
	#putShared(column: number, index: number): boolean {
		const { texts } = this.#context;
		const text = texts.get(index);
		if (text !== undefined) {
			this.#put(column, text);
		} else if (texts.isComplete || !Number.isSafeInteger(index)) {
			this.#putFault(column, 'unknown-text', String(index));
		} else {
			this.#missingText = index;
			return false;
		}
		return true;
	}

	#put(column: number, value: Cell): void {
		const cells = this.#cells;
		if (column < cells.length) {
			cells[column] = value;
		} else {
			while (cells.length < column) cells.push(null);
			cells.push(value);
		}
		if (value !== null && value !== '') this.#filled++;
	}

	#putFault(column: number, kind: CellFault['kind'], value: string): void {
		this.#put(column, value);
		(this.#faults ??= []).push({ column, kind, value });
	}

	#plainInlineText(position: number, column: number): number {
		const { bytes } = this.#window;
		if (matchesAt(bytes, position, INLINE_START)) {
			return this.#plainText(position + INLINE_START.length, INLINE_END, column, false);
		}
		if (matchesAt(bytes, position, INLINE_PRESERVED_START)) {
			return this.#plainText(position + INLINE_PRESERVED_START.length, INLINE_END, column, true);
		}
		return INCOMPLETE;
	}

	#plainText(start: number, closing: Buffer, column: number, preserve: boolean): number {
		const { bytes, end } = this.#window;
		let hasReferences = false;
		let hasEscapes = false;
		let position = start;
		for (; position < end; position++) {
			const byte = bytes[position] ?? 0;
			if (byte === LESS) break;
			if (byte === AMPERSAND || byte === CR) hasReferences = true;
			else if (byte === UNDERSCORE && isEscape(bytes[position + 1])) hasEscapes = true;
		}
		if (!matchesAt(bytes, position, closing)) return INCOMPLETE;
		const hasSpace = (bytes[start] ?? 0) <= SPACE || (bytes[position - 1] ?? 0) <= SPACE;
		if (!preserve && (hasSpace || hasReferences)) return INCOMPLETE;
		let text = bytes.toString('utf8', start, position);
		if (hasReferences) text = decodeCharacterData(text);
		if (hasReferences || hasEscapes) text = decodeEscapes(text);
		this.#put(column, text);
		return position + closing.length;
	}

	/** The value of a cell of any shape. */
	#anyValue(start: number, column: number): number {
		const { bytes, end } = this.#window;
		const next = this.#element.read(bytes, start, end);
		if (next === INCOMPLETE) return INCOMPLETE;
		const { value, text } = this.#element;
		const content = value ?? text;
		if (content === undefined) return next;
		if (this.#type === CellType.shared) {
			const isThere = content.trim() === '' || this.#putShared(column, Number(content));
			return isThere ? next : INCOMPLETE;
		}
		this.#putContent(column, content, value === undefined);
		return next;
	}

	/** @param isText whether the content comes from `t` and not from `v`: then its escapes are replaced already */
	#putContent(column: number, content: string, isText: boolean): void {
		switch (this.#type) {
			case CellType.number:
				this.#put(column, isText ? content : this.#numberOrDate(content));
				break;
			case CellType.boolean:
				if (content.trim() !== '') this.#put(column, /^\s*(1|true)\s*$/i.test(content));
				break;
			case CellType.error:
				if (content !== '') this.#putFault(column, 'formula-error', content);
				break;
			case CellType.date:
				this.#put(column, content === '' ? null : isoDateCell(content.trim(), this.#timeKind()));
				break;
			default:
				this.#put(column, isText ? content : decodeEscapes(content));
		}
	}

	#numberOrDate(text: string): Cell {
		const kind = this.#timeKind();
		const serial = kind === TimeKind.none || text.trim() === '' ? NaN : Number(text);
		return Number.isFinite(serial) ? this.#context.dates.toCell(serial, kind) : numberCell(text);
	}
}

function isNameEnd(byte: number | undefined): boolean {
	return (
		byte === SPACE ||
		byte === GREATER ||
		byte === SLASH ||
		(byte !== undefined && byte > 0 && byte < SPACE)
	);
}

function integerAt(bytes: Buffer, start: number, end: number): number {
	let number = 0;
	for (let position = start; position < end; position++) {
		const digit = (bytes[position] ?? 0) - DIGIT_0;
		if (digit < 0 || digit > 9) return 0;
		number = number * 10 + digit;
	}
	return number;
}
