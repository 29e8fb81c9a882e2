import { ImportError } from '../../issues';
import { NumberFormats, RowBuilder, type NumberFormat, type SheetRow } from '../workbook';
import { numberCell } from '../xlsx/number-text';
import { cellText } from './cell-text';
import { fieldOf, type DocumentHead } from './document-head';
import type { SylkRecord } from './records';

const MOST_ROWS = 1_048_576;
const MOST_COLUMNS = 16_384;

/** Puts the cells of a sheet together row by row. The place that a record does not name is that of the one before. */
export class SheetCells {
	readonly #head: DocumentHead;

	readonly #formats: NumberFormats;

	readonly #isShown: boolean;

	readonly #row: RowBuilder;

	readonly #columnFormats = new Map<number, NumberFormat>();

	readonly #rowFormats = new Map<number, NumberFormat>();

	#defaultFormat: NumberFormat | undefined;

	/** The format of the cell at the present place, where it has one of its own. */
	#cellFormat: NumberFormat | undefined;

	/** 1-based, as the records count. */
	#y = 1;

	#x = 1;

	#rows: SheetRow[] = [];

	constructor(head: DocumentHead, cells: 'typed' | 'shown', width: number) {
		this.#head = head;
		this.#formats = new NumberFormats(head.date1904, cells);
		this.#isShown = cells === 'shown';
		this.#row = new RowBuilder(width);
	}

	/** @throws ImportError FILE_UNREADABLE when rows are not in order, or a cell lies beyond any sheet */
	add(record: SylkRecord): void {
		if (record.name === 'F') this.#format(record);
		else if (record.name === 'C') this.#cell(record);
	}

	/** The rows that are complete. @param isEnd whether the last one is */
	take(isEnd = false): SheetRow[] {
		if (isEnd) this.#endRow();
		const rows = this.#rows;
		this.#rows = [];
		return rows;
	}

	#format(record: SylkRecord): void {
		this.#moveTo(record);
		const place = fieldOf(record, 'P');
		const code = place === undefined ? undefined : this.#head.formats[Number(place)];
		if (code === undefined) return;
		const format = this.#formats.ofCode(code);
		const row = fieldOf(record, 'R');
		const column = fieldOf(record, 'C');
		if (row !== undefined) this.#rowFormats.set(Number(row), format);
		else if (column !== undefined) this.#columnFormats.set(Number(column), format);
		else if (fieldOf(record, 'X') !== undefined) this.#cellFormat = format;
		else if (fieldOf(record, 'Y') === undefined) this.#defaultFormat = format;
	}

	#cell(record: SylkRecord): void {
		this.#moveTo(record);
		const value = fieldOf(record, 'K');
		if (value === undefined || value === '') return;
		if (!this.#row.isOpen || this.#row.number !== this.#y) this.#startRow();
		this.#put(this.#x - 1, value);
	}

	#moveTo(record: SylkRecord): void {
		const y = fieldOf(record, 'Y');
		const x = fieldOf(record, 'X');
		if (y === undefined && x === undefined) return;
		const before = [this.#y, this.#x];
		if (y !== undefined) this.#y = place(y, MOST_ROWS);
		if (x !== undefined) this.#x = place(x, MOST_COLUMNS);
		if (before[0] !== this.#y || before[1] !== this.#x) this.#cellFormat = undefined;
	}

	#startRow(): void {
		this.#endRow();
		if (this.#y <= this.#row.number) {
			throw new ImportError('FILE_UNREADABLE', 'The rows of the SYLK file are not in order.', {
				row: this.#y,
				hint: 'Open it in a spreadsheet program, and save it as XLSX or CSV.',
			});
		}
		this.#row.start(this.#y);
	}

	#endRow(): void {
		const row = this.#row.finish();
		if (row !== undefined) this.#rows.push(row);
	}

	#put(column: number, value: string): void {
		const row = this.#row;
		if (value.startsWith('"')) {
			// the office programs that call themselves SCALC double the quotes in a text, others leave them as they are
			const text = cellText(value, this.#head.program.startsWith('SCALC'));
			row.put(column, this.#isShown ? this.#formatAt().text(text) : text);
		} else if (value === 'TRUE' || value === 'FALSE') {
			row.put(column, this.#formats.boolean(value === 'TRUE'));
		} else if (value.startsWith('#')) {
			row.putFault(column, 'formula-error', value);
		} else {
			const exact = numberCell(value);
			row.put(column, typeof exact === 'number' ? this.#formatAt().cell(exact) : exact);
		}
	}

	#formatAt(): NumberFormat {
		return (
			this.#cellFormat ??
			this.#rowFormats.get(this.#y) ??
			this.#columnFormats.get(this.#x) ??
			this.#defaultFormat ??
			this.#formats.builtIn(0)
		);
	}
}

function place(text: string, most: number): number {
	const number = Number(text);
	if (Number.isInteger(number) && number >= 1 && number <= most) return number;
	throw new ImportError(
		'FILE_UNREADABLE',
		`The SYLK file has a cell at a place that no sheet has: ${text.slice(0, 20)}`,
	);
}
