import { damaged } from '../compound-file';
import {
	errorText,
	rkNumber,
	type NumberFormat,
	type NumberFormats,
	type SharedTexts,
	type SheetRow,
} from '../workbook';
import { isBof, type BiffVersion } from './bof';
import type { CodePage } from './code-page';
import { FormulaText } from './formula-text';
import type { RecordCursor } from './record-cursor';
import { recordText } from './record-text';
import { RecordType } from './record-types';
import type { RowOrder } from './row-order';

/** What the cells of a sheet are made of. */
export interface CellContext {
	version: BiffVersion;
	codePage: CodePage | undefined;
	texts: SharedTexts;
	numberFormats: NumberFormats;
	/** For each cell style (XF) its format; in BIFF2 for each number of a format. */
	formats: readonly NumberFormat[];
	/** The format of cells whose style is not there. */
	general: NumberFormat;
}

/** Where the value of a cell begins in its record: behind row, column and style. */
const VALUE = 6;
const VALUE_BIFF2 = 7;

const KIND_OF_FORMULA_VALUE = { text: 0, boolean: 1, error: 2 } as const;

/** Reads the cells of a sheet that was surveyed: its records are as long as they must be. */
export class SheetCells {
	/** Number of the shared text that is wanted next and was not read yet. */
	missingText: number | undefined;

	/** Whether the sheet was read to its end. */
	isComplete = false;

	readonly #cursor: RecordCursor;

	readonly #context: CellContext;

	readonly #rows: RowOrder;

	/** Sheets inside the sheet, such as charts; their cells are not of this one. */
	#depth = 0;

	/** The cell of a formula whose text is still to come. */
	#formula: { row: number; column: number; format: NumberFormat } | undefined;

	/** The text of a formula that goes on in the next record. */
	#openText: FormulaText | undefined;

	/** @param cursor right before the sheet */
	constructor(cursor: RecordCursor, context: CellContext, rows: RowOrder) {
		this.#cursor = cursor;
		this.#context = context;
		this.#rows = rows;
	}

	/** Reads as many cells as were loaded. @returns the rows that are complete */
	read(): SheetRow[] {
		const cursor = this.#cursor;
		if (this.missingText !== undefined) {
			this.missingText = undefined;
			this.#readRecord();
		}
		while (!this.#isHalted() && cursor.next()) this.#readRecord();
		return this.#rows.take(this.isComplete);
	}

	#isHalted(): boolean {
		return this.isComplete || this.missingText !== undefined;
	}

	#readRecord(): void {
		const { type } = this.#cursor;
		if (this.#openText !== undefined && type !== RecordType.continue) {
			throw damaged('the text of a formula is cut off');
		}
		if (this.#depth === 1 && this.#readCell(type)) return;
		if (isBof(type)) this.#depth++;
		else if (type === RecordType.eof) this.isComplete = --this.#depth === 0;
	}

	/** @returns whether it was one */
	#readCell(type: number): boolean {
		switch (type) {
			case RecordType.sharedText:
				this.#putShared();
				break;
			case RecordType.number:
				this.#putNumber(this.#double(VALUE), this.#format());
				break;
			case RecordType.rk:
				this.#putNumber(rkNumber(this.#int32(VALUE)), this.#format());
				break;
			case RecordType.multipleRk:
				this.#putSeveral();
				break;
			case RecordType.formula:
				this.#putFormula(this.#context.version === 2 ? VALUE_BIFF2 : VALUE);
				break;
			case RecordType.formulaBiff3:
			case RecordType.formulaBiff4:
				this.#putFormula(VALUE);
				break;
			case RecordType.formulaText:
			case RecordType.formulaTextBiff2:
				this.#readFormulaText();
				break;
			case RecordType.continue:
				this.#continueFormulaText();
				break;
			case RecordType.label:
			case RecordType.richText:
				this.#putText(VALUE, 2, this.#format());
				break;
			case RecordType.boolErr:
				this.#putBooleanOrError(VALUE);
				break;
			case RecordType.integerBiff2:
				this.#putNumber(this.#uint16(VALUE_BIFF2), this.#formatBiff2());
				break;
			case RecordType.numberBiff2:
				this.#putNumber(this.#double(VALUE_BIFF2), this.#formatBiff2());
				break;
			case RecordType.labelBiff2:
				this.#putText(VALUE_BIFF2, 1, this.#formatBiff2());
				break;
			case RecordType.boolErrBiff2:
				this.#putBooleanOrError(VALUE_BIFF2);
				break;
			default:
				return false;
		}
		return true;
	}

	/** [MS-XLS] 2.4.149. Where the text was not read yet the record is read again once it is. */
	#putShared(): void {
		const { texts } = this.#context;
		const row = this.#uint16(0);
		const builder = this.#rows.builder(row);
		if (builder === undefined) return;
		const column = this.#uint16(2);
		const index = this.#int32(VALUE) >>> 0;
		const text = texts.get(index);
		if (text !== undefined) builder.put(column, this.#format().text(text));
		else if (texts.isComplete) builder.putFault(column, 'unknown-text', String(index));
		else this.missingText = index;
	}

	#putNumber(value: number, format: NumberFormat): void {
		this.#put(this.#uint16(0), this.#uint16(2), value, format);
	}

	/** Numbers beside each other, each with its style ([MS-XLS] 2.4.175). */
	#putSeveral(): void {
		const { start, end } = this.#cursor;
		const row = this.#uint16(0);
		let column = this.#uint16(2);
		for (let at = 4; start + at + 8 <= end; at += 6) {
			this.#put(row, column++, rkNumber(this.#int32(at + 2)), this.#formatAt(at));
		}
	}

	#put(row: number, column: number, value: number, format: NumberFormat): void {
		const builder = this.#rows.builder(row);
		if (builder === undefined) return;
		if (!Number.isFinite(value)) builder.putFault(column, 'formula-error', '#NUM!');
		else builder.put(column, format.isPlain ? value : format.cell(value));
	}

	/** Text inside the record ([MS-XLS] 2.4.148). @param at where it begins */
	#putText(at: number, lengthBytes: 1 | 2, format: NumberFormat): void {
		const { buffer, start, end } = this.#cursor;
		const builder = this.#rows.builder(this.#uint16(0));
		if (builder === undefined) return;
		const text = recordText(buffer, start + at, end, lengthBytes, this.#context.codePage);
		builder.put(this.#uint16(2), format.text(text));
	}

	/** [MS-XLS] 2.4.24 */
	#putBooleanOrError(at: number): void {
		const { buffer, start } = this.#cursor;
		const isError = buffer[start + at + 1] !== 0;
		const format = at === VALUE ? this.#format() : this.#formatBiff2();
		this.#putLogical(isError, buffer[start + at] ?? 0, format);
	}

	/** The text section of a format shows booleans as it shows text; errors are always shown. */
	#putLogical(isError: boolean, value: number, format: NumberFormat): void {
		const builder = this.#rows.builder(this.#uint16(0));
		const column = this.#uint16(2);
		if (isError) {
			builder?.putFault(column, 'formula-error', errorText(value));
		} else {
			const cell = this.#context.numberFormats.boolean(value !== 0);
			builder?.put(column, typeof cell === 'string' ? format.text(cell) : cell);
		}
	}

	/** What the formula gave when it was calculated last ([MS-XLS] 2.5.133). @param at where that stands */
	#putFormula(at: number): void {
		const { buffer, start } = this.#cursor;
		const format = at === VALUE ? this.#format() : this.#formatBiff2();
		this.#formula = undefined;
		if (this.#uint16(at + 6) !== 0xffff) {
			this.#putNumber(this.#double(at), format);
			return;
		}
		const kind = buffer[start + at];
		if (kind === KIND_OF_FORMULA_VALUE.text) {
			this.#formula = { row: this.#uint16(0), column: this.#uint16(2), format };
		} else if (kind === KIND_OF_FORMULA_VALUE.boolean || kind === KIND_OF_FORMULA_VALUE.error) {
			const isError = kind === KIND_OF_FORMULA_VALUE.error;
			this.#putLogical(isError, buffer[start + at + 2] ?? 0, format);
		}
	}

	#readFormulaText(): void {
		if (this.#formula === undefined) return;
		const { version, codePage } = this.#context;
		const { buffer, start, end } = this.#cursor;
		this.#finishFormulaText(new FormulaText(version, codePage, buffer, start, end));
	}

	#continueFormulaText(): void {
		if (this.#openText === undefined) return;
		const { buffer, start, end } = this.#cursor;
		this.#openText.add(buffer, start, end);
		this.#finishFormulaText(this.#openText);
	}

	#finishFormulaText(text: FormulaText): void {
		this.#openText = text.isComplete ? undefined : text;
		if (!text.isComplete || this.#formula === undefined) return;
		const { row, column, format } = this.#formula;
		this.#formula = undefined;
		this.#rows.builder(row)?.put(column, format.text(text.text));
	}

	#format(): NumberFormat {
		return this.#formatAt(4);
	}

	#formatAt(at: number): NumberFormat {
		const { formats, general } = this.#context;
		return formats[this.#uint16(at)] ?? general;
	}

	/** Cells of BIFF2 carry their format themselves; later versions that use such records give them none. */
	#formatBiff2(): NumberFormat {
		const { version, formats, general } = this.#context;
		if (version !== 2) return general;
		return formats[(this.#cursor.buffer[this.#cursor.start + 5] ?? 0) & 0x3f] ?? general;
	}

	#uint16(at: number): number {
		const { view, start } = this.#cursor;
		return view.getUint16(start + at, true);
	}

	#int32(at: number): number {
		const { view, start } = this.#cursor;
		return view.getInt32(start + at, true);
	}

	#double(at: number): number {
		const { view, start } = this.#cursor;
		return view.getFloat64(start + at, true);
	}
}
