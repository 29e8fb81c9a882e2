import { ImportError } from '../../issues';
import { columnLetters } from '../header';
import { RowBuilder, type CellMode, type CellRanges, type SheetRow } from '../workbook';
import { damaged } from '../zip';
import { CellValues } from './cell-value';

type Attributes = Readonly<Record<string, string>>;

/** A row, and how many times it stands there. */
export interface RowRun {
	row: SheetRow;
	times: number;
}

/** No spreadsheet program has more columns. */
const MOST_COLUMNS = 16_384;

/** LibreOffice with its largest sheets. */
const MOST_ROWS = 2 ** 24;

/** So many cells of a sheet may come of repeating others; more is an attack. */
const MOST_REPEATED = 16_000_000;

/** The rows of a table as they are put together, cell by cell; repeated ones count once (OpenDocument 1.3 part 3, 9.1). */
export class TableRows {
	/** The rows that were completed since they were last taken. */
	#runs: RowRun[] = [];

	readonly #row: RowBuilder;

	readonly #values: CellValues;

	readonly #merges: CellRanges | undefined;

	#cell: Attributes = {};

	/** Number of the next row, from 1. */
	#nextRow = 1;

	#rowRepeat = 1;

	#column = 0;

	#repeated = 0;

	/**
	 * @param width how many cells a row has at least
	 * @param merges gets the ranges of merged cells, where they are wanted
	 */
	constructor(width: number, mode: CellMode, merges?: CellRanges) {
		this.#row = new RowBuilder(width);
		this.#values = new CellValues(mode);
		this.#merges = merges;
	}

	/** The rows that were completed since the last call. */
	take(): RowRun[] {
		const runs = this.#runs;
		if (runs.length > 0) this.#runs = [];
		return runs;
	}

	startRow(attributes: Attributes, isHidden: boolean): void {
		this.#rowRepeat = positive(attributes['table:number-rows-repeated'], 1);
		this.#row.start(this.#nextRow, isHidden);
		this.#column = 0;
	}

	startCell(attributes: Attributes): void {
		this.#cell = attributes;
		const columns = attributes['table:number-columns-spanned'];
		const rows = attributes['table:number-rows-spanned'];
		if (columns !== undefined || rows !== undefined) {
			this.#addMerge(positive(columns, 1), positive(rows, 1));
		}
	}

	/** @param text of its paragraphs; undefined when there are none */
	endCell(text: string | undefined): void {
		const times = positive(this.#cell['table:number-columns-repeated'], 1);
		const first = this.#column;
		this.#column += times;
		const content = this.#values.content(this.#cell, text);
		if ('value' in content && (content.value === null || content.value === '')) return;
		if (this.#column > MOST_COLUMNS) {
			throw damaged(`a row has values beyond column ${columnLetters(MOST_COLUMNS - 1)}`);
		}
		this.#countRepeated(times - 1);
		for (let column = first; column < this.#column; column++) {
			if ('error' in content) this.#row.putFault(column, 'formula-error', content.error);
			else this.#row.put(column, content.value);
		}
	}

	endRow(): void {
		const times = this.#rowRepeat;
		this.#nextRow += times;
		const row = this.#row.finish();
		if (row === undefined) return;
		if (this.#nextRow > MOST_ROWS + 1) throw damaged(`it has values beyond row ${MOST_ROWS}`);
		this.#countRepeated((times - 1) * row.cells.length);
		this.#runs.push({ row, times });
	}

	#addMerge(columns: number, rows: number): void {
		if (columns * rows === 1) return;
		const right = Math.min(this.#column + columns, MOST_COLUMNS) - 1;
		this.#merges?.add({
			firstRow: this.#nextRow,
			lastRow: this.#nextRow + rows - 1,
			firstColumn: this.#column,
			lastColumn: right,
		});
	}

	#countRepeated(cells: number): void {
		this.#repeated += cells;
		if (this.#repeated <= MOST_REPEATED) return;
		throw new ImportError(
			'FILE_TOO_LARGE',
			`A sheet repeats its cells more than ${MOST_REPEATED} times.`,
			{ hint: 'If the file is genuine, delete the rows that only repeat each other.' },
		);
	}
}

function positive(text: string | undefined, otherwise: number): number {
	const number = text === undefined ? otherwise : Number(text);
	return Number.isSafeInteger(number) && number > 0 ? number : otherwise;
}
