import { CellRanges, type CellRange } from '../workbook';
import { INCOMPLETE, isName, nextMarkup, SLASH, type Markup } from './xml-bytes';
import { XmlWindow } from './xml-window';

const SHEET_DATA = Buffer.from('sheetData');
const MERGE_CELL = Buffer.from('mergeCell');

/** Bytes kept where a chunk may end inside the tag looked for: its name and any prefix. */
const LONGEST_TAG = 64;
const REFERENCE = /\sref\s*=\s*["']([^"']*)["']/;
const CELLS = /^([A-Z]{1,3})(\d{1,8})(?::([A-Z]{1,3})(\d{1,8}))?$/;
const COLUMNS = /^([A-Z]{1,3}):([A-Z]{1,3})$/;
const ROWS = /^(\d{1,8}):(\d{1,8})$/;
const LAST_ROW = 1_048_576;
const LAST_COLUMN = 16_383;

/**
 * Finds the ranges of merged cells in a worksheet part (`mergeCells/mergeCell`, ECMA-376 part 1, 18.3.1.54). They stand
 * behind the rows, which are passed over without taking them apart.
 */
export class MergedCellsScanner {
	/** The ranges found so far. */
	readonly ranges = new CellRanges();

	readonly #window: XmlWindow;

	readonly #markup: Markup = { kind: 'ignored', start: 0, end: 0 };

	#isBehindRows = false;

	constructor(largestRecord?: number) {
		this.#window = new XmlWindow(largestRecord);
	}

	/** @param chunk the next bytes of the part, in UTF-8 */
	add(chunk: Uint8Array): void {
		this.#window.add(chunk);
		if (!this.#isBehindRows) this.#passRows();
		if (this.#isBehindRows) this.#read();
	}

	/** Rows end at `</sheetData>`, or `<sheetData/>` where there are none. */
	#passRows(): void {
		const { bytes, end } = this.#window;
		let found = bytes.indexOf(SHEET_DATA);
		while (found >= 0 && found + SHEET_DATA.length < end) {
			const behind = found + SHEET_DATA.length;
			if (bytes[behind] === SLASH || isClosing(bytes, found)) {
				this.#isBehindRows = true;
				this.#window.keepFrom(behind);
				return;
			}
			found = bytes.indexOf(SHEET_DATA, behind);
		}
		this.#window.keepFrom(Math.max(0, end - LONGEST_TAG));
	}

	#read(): void {
		const { bytes, end } = this.#window;
		const markup = this.#markup;
		let position = 0;
		for (let next = position; ; position = next) {
			next = nextMarkup(bytes, position, end, markup);
			if (next === INCOMPLETE) break;
			if (markup.kind !== 'open' && markup.kind !== 'empty') continue;
			if (isName(bytes, markup, MERGE_CELL)) this.#keep(bytes.toString('latin1', markup.end, next));
		}
		this.#window.keepFrom(position);
	}

	#keep(attributes: string): void {
		const range = REFERENCE.exec(attributes)?.[1] ?? '';
		const normal = normalRange(range.replaceAll('$', '').toUpperCase());
		if (normal !== undefined) this.ranges.add(normal);
	}
}

/** Whole columns and whole rows are ranges of cells too. */
function normalRange(range: string): CellRange | undefined {
	const [cells, left, top, right = left, bottom = top] = CELLS.exec(range) ?? [];
	if (cells !== undefined) return rangeOf(left, top, right, bottom);
	const [columns, firstColumn, lastColumn] = COLUMNS.exec(range) ?? [];
	if (columns !== undefined) return rangeOf(firstColumn, '1', lastColumn, String(LAST_ROW));
	const [, firstRow, lastRow] = ROWS.exec(range) ?? [];
	if (firstRow === undefined) return undefined;
	const allColumns = { firstColumn: 0, lastColumn: LAST_COLUMN };
	return { firstRow: Number(firstRow), lastRow: Number(lastRow), ...allColumns };
}

const rangeOf = (left = '', top = '', right = '', bottom = ''): CellRange => ({
	firstRow: Number(top),
	lastRow: Number(bottom),
	firstColumn: columnIndex(left),
	lastColumn: columnIndex(right),
});

function columnIndex(letters: string): number {
	let index = 0;
	for (const letter of letters) index = index * 26 + letter.charCodeAt(0) - 64;
	return index - 1;
}

/** Whether the name at a position is that of a closing tag, perhaps behind a prefix. */
function isClosing(bytes: Buffer, name: number): boolean {
	const before = bytes.toString('latin1', Math.max(0, name - LONGEST_TAG), name);
	return /<\/(?:[^\s<>/:]+:)?$/.test(before);
}
