import type { Cell } from '../../dataset/dataset';
import { damaged } from '../zip';
import { numberCell } from './number-text';
import {
	isoDateCell,
	isoDateSerial,
	RowBuilder,
	TimeKind,
	type SharedTexts,
	type SheetRow,
} from '../workbook';
import { NumberHandling, type CellStyles } from './styles';
import { CellType, TagAttributes } from './tag-attributes';
import {
	AMPERSAND,
	CR,
	ElementText,
	endOfTag,
	GREATER,
	INCOMPLETE,
	isEscape,
	isName,
	LESS,
	matchesAt,
	nextMarkup,
	SLASH,
	SPACE,
	UNDERSCORE,
	type Markup,
} from './xml-bytes';
import { decodeCharacterData, decodeEscapes } from './xml-text';
import { XmlWindow } from './xml-window';

/** What the cells of a sheet refer to. */
export interface SheetContext {
	texts: SharedTexts;
	styles: CellStyles;
}

/** A few bytes of a wide sheet can stand for a row of 16,384 cells: so many cells are made before they are handed over. */
const MOST_CELLS_AT_ONCE = 250_000;

/** The last column of a sheet is XFD (Excel's specification; ECMA-376 sets no limit). */
const MOST_COLUMNS = 16_384;

/** LibreOffice has as many rows as it can be told to; Excel has a sixteenth of that. Behind them lies only damage. */
const MOST_ROWS = 2 ** 24;

const LOWER_C = 0x63;
const LOWER_F = 0x66;
const LOWER_V = 0x76;
const MINUS = 0x2d;
const DOT = 0x2e;
const DIGIT_0 = 0x30;

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

	readonly #window: XmlWindow;

	readonly #row: RowBuilder;

	readonly #attributes = new TagAttributes();

	readonly #element = new ElementText('c');

	readonly #markup: Markup = { kind: 'ignored', start: 0, end: 0 };

	#rows: SheetRow[] = [];

	#cellsMade = 0;

	#missingText: number | undefined;

	#phase: 'before' | 'rows' | 'after' = 'before';

	#depth = 0;

	/**
	 * @param width how many cells each row has at least; those that the sheet leaves out are null
	 * @param largestRecord limit of the bytes of one cell
	 */
	constructor(context: SheetContext, width: number, largestRecord?: number) {
		this.#context = context;
		this.#window = new XmlWindow(largestRecord);
		this.#row = new RowBuilder(width);
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
				return this.#rowTag(position + ROW_START.length);
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
			if (isName(bytes, markup, ROW)) return this.#rowTag(markup.end);
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
	#rowTag(position: number): number {
		const { bytes, end } = this.#window;
		const attributes = this.#attributes;
		const next = attributes.read(bytes, position, end);
		if (next === INCOMPLETE) return INCOMPLETE;
		this.#finishRow();
		// A row without a number follows the one before (18.3.1.73).
		const number = attributes.row(bytes) || this.#row.number + 1;
		if (number > MOST_ROWS) throw damaged('a row lies behind the last row of a sheet');
		this.#row.start(number, attributes.isHidden);
		if (attributes.isEmpty) this.#finishRow();
		return next;
	}

	#finishRow(): void {
		const row = this.#row.finish();
		if (row === undefined) return;
		this.#rows.push(row);
		this.#cellsMade += row.cells.length;
	}

	/** @param position behind the name of the cell's tag */
	#cell(position: number): number {
		const { bytes, end } = this.#window;
		const attributes = this.#attributes;
		const row = this.#row;
		let next = attributes.read(bytes, position, end);
		if (next === INCOMPLETE) return INCOMPLETE;
		if (!row.isOpen) row.start(row.number + 1);
		// So does a cell without a reference (18.3.1.4).
		const referenced = attributes.column(bytes);
		const column = referenced < 0 ? row.column + 1 : referenced;
		if (column >= MOST_COLUMNS) throw damaged('a cell lies behind the last column of a sheet');
		if (!attributes.isEmpty) {
			const start = next;
			next = this.#plainValue(start, column);
			if (next === INCOMPLETE) next = this.#anyValue(start, column);
			if (next === INCOMPLETE) return INCOMPLETE;
		}
		row.column = column;
		return next;
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
		const { type } = this.#attributes;
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
		const handling = this.#handling();
		// A date is wanted to the millisecond only, so that the last digits of its serial number may be rounded.
		const isExact =
			digits <= EXACT_DIGITS || (handling === NumberHandling.date && scale < powersOfTen.length);
		if (!isExact) return INCOMPLETE;
		const next = position + VALUE_END.length;
		if (this.#attributes.type === CellType.shared) {
			const isThere = !negative && scale === 0 && this.#putShared(column, mantissa);
			return isThere ? next : INCOMPLETE;
		}
		const number = scale === 0 ? mantissa : mantissa / (powersOfTen[scale] ?? 10 ** scale);
		this.#putNumber(column, negative ? 0 - number : number, handling);
		return next;
	}

	#handling(): NumberHandling {
		const { type, style } = this.#attributes;
		const isNumber = type === CellType.number || type === CellType.date;
		if (!isNumber) return NumberHandling.plain;
		const { handling, handlingOfOthers } = this.#context.styles;
		return style < handling.length ? (handling[style] as NumberHandling) : handlingOfOthers;
	}

	#putNumber(column: number, number: number, handling: NumberHandling): void {
		const { styles } = this.#context;
		const { type, style } = this.#attributes;
		if (type === CellType.boolean) this.#row.put(column, styles.boolean(number !== 0));
		else if (handling === NumberHandling.plain) this.#row.put(column, number);
		else this.#row.put(column, styles.format(style).cell(number));
	}

	#putText(column: number, text: string): void {
		const { styles } = this.#context;
		this.#row.put(
			column,
			styles.hasShownTexts ? styles.format(this.#attributes.style).text(text) : text,
		);
	}

	/** @returns whether the text is there; else the cell is read again once it is */
	#putShared(column: number, index: number): boolean {
		const { texts } = this.#context;
		const isIndex = Number.isSafeInteger(index) && index >= 0;
		const text = isIndex ? texts.get(index) : undefined;
		if (text !== undefined) {
			this.#putText(column, text);
		} else if (texts.isComplete || !isIndex) {
			this.#row.putFault(column, 'unknown-text', Number.isNaN(index) ? '?' : String(index));
		} else {
			this.#missingText = index;
			return false;
		}
		return true;
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
		this.#putText(column, text);
		return position + closing.length;
	}

	/** The value of a cell of any shape. */
	#anyValue(start: number, column: number): number {
		const { bytes, end } = this.#window;
		const next = this.#element.read(bytes, start, end);
		if (next === INCOMPLETE) return INCOMPLETE;
		const { value, text } = this.#element;
		const content = value ?? text;
		if (content === undefined || (content === '' && this.#attributes.type === CellType.number)) {
			// a program that writes formulas and does not calculate them saves no value
			if (bytes[start] === LESS && bytes[start + 1] === LOWER_F) this.#row.noteBlankFormula(column);
			return next;
		}
		if (this.#attributes.type === CellType.shared) {
			const isThere = content.trim() === '' || this.#putShared(column, Number(content));
			return isThere ? next : INCOMPLETE;
		}
		this.#putContent(column, content, value === undefined);
		return next;
	}

	/** @param isText whether the content comes from `t` and not from `v`: then its escapes are replaced already */
	#putContent(column: number, content: string, isText: boolean): void {
		switch (this.#attributes.type) {
			case CellType.number:
				if (isText) this.#putText(column, content);
				else this.#row.put(column, this.#number(content));
				break;
			case CellType.boolean:
				if (content.trim() !== '') {
					const value = /^\s*(1|true)\s*$/i.test(content);
					this.#row.put(column, this.#context.styles.boolean(value));
				}
				break;
			case CellType.error:
				if (content !== '') this.#row.putFault(column, 'formula-error', content);
				break;
			case CellType.date:
				this.#row.put(column, content === '' ? null : this.#isoDate(content.trim()));
				break;
			default:
				this.#putText(column, isText ? content : decodeEscapes(content));
		}
	}

	#number(text: string): Cell {
		const handling = this.#handling();
		const number = text.trim() === '' ? NaN : Number(text);
		if (handling === NumberHandling.plain || !Number.isFinite(number)) return numberCell(text);
		return this.#context.styles.format(this.#attributes.style).cell(number);
	}

	#isoDate(text: string): Cell {
		const { styles } = this.#context;
		const format = styles.format(this.#attributes.style);
		if (!styles.hasShownTexts) return isoDateCell(text, format.kind);
		const serial = format.kind === TimeKind.none ? undefined : isoDateSerial(text, styles.date1904);
		return serial === undefined ? text : format.cell(serial);
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
