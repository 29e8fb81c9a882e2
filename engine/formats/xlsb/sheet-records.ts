import type { Cell } from '../../dataset/dataset';
import { damaged } from '../zip';
import { errorText, RowBuilder, type SharedTexts, type SheetRow } from '../workbook';
import type { CellStyles } from '../xlsx/styles';
import { NumberHandling } from '../xlsx/styles';
import { RecordType as T } from './record-types';
import { RecordWindow } from './record-window';

/** What the cells of a sheet refer to. */
export interface BinaryContext {
	texts: SharedTexts;
	styles: CellStyles;
}

/** A few bytes of a wide sheet can stand for a row of 16,384 cells: so many cells are made before they are handed over. */
const MOST_CELLS_AT_ONCE = 250_000;

const MOST_COLUMNS = 16_384;
const MOST_ROWS = 1_048_576;

/** Of BrtRowHdr ([MS-XLSB] 2.4.741): where its flags stand, and the one of rows without height. */
const ROW_FLAGS = 11;
const ROW_HIDDEN = 0x10;

/** A cell begins with its column and its style (2.5.9); a short one leaves the column out, as it is the next. */
const CELL_BYTES = 8;
const SHORT_CELL_BYTES = 4;

/**
 * Takes the records of a worksheet part apart into rows (BrtBeginSheetData to BrtEndSheetData, [MS-XLSB] 2.1.7.62), chunk
 * by chunk.
 */
export class SheetRecords {
	readonly #context: BinaryContext;

	readonly #records: RecordWindow;

	readonly #row: RowBuilder;

	#rows: SheetRow[] = [];

	#cellsMade = 0;

	#missingText: number | undefined;

	#phase: 'before' | 'rows' | 'after' = 'before';

	/** @param width how many cells each row has at least */
	constructor(context: BinaryContext, width: number, largestRecord?: number) {
		this.#context = context;
		this.#records = new RecordWindow(largestRecord);
		this.#row = new RowBuilder(width);
	}

	/** Whether all rows were read. */
	get isComplete(): boolean {
		return this.#phase === 'after';
	}

	/** Whether there is something left to read in the bytes that were added. */
	get hasMore(): boolean {
		return this.#cellsMade >= MOST_CELLS_AT_ONCE || this.#missingText !== undefined;
	}

	/** Index of the shared text that is needed to read on. */
	get missingText(): number | undefined {
		return this.#missingText;
	}

	/** Adds the next bytes of the part; a chunk may end anywhere. */
	add(chunk: Uint8Array): void {
		this.#records.add(chunk);
	}

	/**
	 * Reads as far as the bytes go, or until there are very many cells, or to a cell whose text was not read yet.
	 *
	 * @returns the rows that were completed, but for those without any value
	 * @throws ImportError FILE_UNREADABLE
	 */
	read(): SheetRow[] {
		this.#rows = [];
		this.#cellsMade = 0;
		this.#missingText = undefined;
		const records = this.#records;
		while (this.#phase !== 'after' && this.#cellsMade < MOST_CELLS_AT_ONCE) {
			const start = records.position;
			if (!records.next()) break;
			if (this.#phase === 'rows') this.#take(records.type);
			else if (records.type === T.beginSheetData) this.#phase = 'rows';
			if (this.missingText !== undefined) {
				records.putBack(start);
				break;
			}
		}
		return this.#rows;
	}

	/** Says that there are no more bytes. @throws ImportError FILE_UNREADABLE when the rows are not at their end */
	end(): void {
		if (this.#phase !== 'after') throw damaged('a sheet ends before its end');
	}

	#take(type: number): void {
		if (type === T.rowHeader) this.#startRow();
		else if (type === T.endSheetData) {
			this.#finishRow();
			this.#phase = 'after';
		} else if (type <= T.formulaError) this.#cell(type, this.#records.uint32(0), CELL_BYTES);
		else if (type <= T.shortSharedText) {
			this.#cell(type - T.shortBlank + T.cellBlank, this.#row.column + 1, SHORT_CELL_BYTES);
		} else if (type === T.cellRichText) {
			this.#cell(T.cellText, this.#records.uint32(0), CELL_BYTES + 1);
		}
	}

	#startRow(): void {
		this.#finishRow();
		const records = this.#records;
		const row = records.uint32(0);
		if (row >= MOST_ROWS) throw damaged(`it has a row beyond ${MOST_ROWS}`);
		this.#row.start(row + 1, (records.uint8(ROW_FLAGS) & ROW_HIDDEN) !== 0);
	}

	#finishRow(): void {
		const row = this.#row.finish();
		if (row === undefined) return;
		this.#rows.push(row);
		this.#cellsMade += row.cells.length;
	}

	/** @param offset where the value begins in the record */
	#cell(type: number, column: number, offset: number): void {
		if (column >= MOST_COLUMNS) throw damaged(`it has a cell beyond column ${MOST_COLUMNS}`);
		if (!this.#row.isOpen) throw damaged('it has a cell outside of any row');
		const records = this.#records;
		switch (type) {
			case T.cellRk:
				this.#number(column, offset, records.rk(offset));
				break;
			case T.cellReal:
			case T.formulaNumber:
				this.#number(column, offset, records.double(offset));
				break;
			case T.cellText:
			case T.formulaText:
				this.#text(column, offset, records.text(offset));
				break;
			case T.cellSharedText:
				this.#sharedText(column, offset, records.uint32(offset));
				break;
			case T.cellBoolean:
			case T.formulaBoolean: {
				this.#row.put(column, this.#context.styles.boolean(records.uint8(offset) !== 0));
				break;
			}
			case T.cellError:
			case T.formulaError:
				this.#row.putFault(column, 'formula-error', errorText(records.uint8(offset)));
		}
		if (this.#missingText === undefined) this.#row.column = column;
	}

	/** The style stands before the value, but for the flags of a rich text. */
	#style(offset: number): number {
		return this.#records.uint24(offset >= CELL_BYTES ? SHORT_CELL_BYTES : 0);
	}

	#number(column: number, offset: number, value: number): void {
		const { styles } = this.#context;
		const style = this.#style(offset);
		const handling =
			style < styles.handling.length ? styles.handling[style] : styles.handlingOfOthers;
		let cell: Cell = value;
		if (handling !== NumberHandling.plain) cell = styles.format(style).cell(value);
		this.#row.put(column, cell);
	}

	#text(column: number, offset: number, text: string): void {
		const { styles } = this.#context;
		this.#row.put(
			column,
			styles.hasShownTexts ? styles.format(this.#style(offset)).text(text) : text,
		);
	}

	#sharedText(column: number, offset: number, index: number): void {
		const { texts } = this.#context;
		const text = texts.get(index);
		if (text !== undefined) this.#text(column, offset, text);
		else if (texts.isComplete) this.#row.putFault(column, 'unknown-text', String(index));
		else this.#missingText = index;
	}
}
