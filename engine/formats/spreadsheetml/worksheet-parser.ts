import { damaged } from '../zip';
import {
	isoDateCell,
	isoDateSerial,
	RowBuilder,
	TimeKind,
	type CellRanges,
	type SheetRow,
} from '../workbook';
import { numberCell } from '../xlsx/number-text';
import { cellTooLarge } from '../xml/document-outline';
import type { XmlListener } from '../xml/xml-parser';
import type { CellStyles } from './cell-styles';
import { attribute, localName, type Attributes } from './local-names';

const MOST_COLUMNS = 16_384;
const MOST_ROWS = 1_048_576;

/** What an element that is open is. */
const Kind = { worksheet: 1, table: 2, row: 3, cell: 4, data: 5 } as const;

type Kind = (typeof Kind)[keyof typeof Kind];

/** Day 0 of the 1900 system: Excel writes times of day so. */
const DAY_ZERO = '1899-12-31T';

/**
 * Takes the XML of a worksheet apart into rows (`ss:Worksheet/ss:Table/ss:Row/ss:Cell/ss:Data`, XML Spreadsheet Reference
 * of Office 2003).
 */
export class WorksheetParser implements XmlListener {
	readonly #styles: CellStyles;

	readonly #maxLength: number;

	readonly #row: RowBuilder;

	#rows: SheetRow[] = [];

	/** For each element that is open, what it is. */
	readonly #open: Kind[] = [];

	/** Elements within one another that are passed over. */
	#passed = 0;

	/** Number of the next row, from 1, and index of the next cell, from 0. */
	#nextRow = 1;

	#nextColumn = 0;

	#column = 0;

	#type: string | undefined;

	#text = '';

	/** Styles of cells that name none: of the row, else of the column, else of the table. */
	#cellStyle: string | undefined;

	#rowStyle: string | undefined;

	readonly #columnStyles: (string | undefined)[] = [];

	#tableStyle: string | undefined;

	#nextColumnElement = 0;

	readonly #merges: CellRanges | undefined;

	/**
	 * @param width how many cells a row has at least
	 * @param merges gets the ranges of merged cells, where they are wanted
	 */
	constructor(styles: CellStyles, width: number, maxLength: number, merges?: CellRanges) {
		this.#styles = styles;
		this.#maxLength = maxLength;
		this.#row = new RowBuilder(width);
		this.#merges = merges;
	}

	/** The rows that were completed since the last call. */
	take(): SheetRow[] {
		const rows = this.#rows;
		if (rows.length > 0) this.#rows = [];
		return rows;
	}

	onOpen(name: string, attributes: Attributes): void {
		const kind = this.#passed > 0 ? undefined : this.#kindOf(localName(name), attributes);
		if (kind === undefined) this.#passed++;
		else this.#open.push(kind);
	}

	onText(text: string): void {
		if (this.#open.at(-1) !== Kind.data) return;
		this.#text += text;
		if (this.#text.length > this.#maxLength) throw cellTooLarge(this.#maxLength);
	}

	onClose(): void {
		if (this.#passed > 0) {
			this.#passed--;
			return;
		}
		const kind = this.#open.pop();
		if (kind === Kind.data && this.#open.at(-1) === Kind.cell) this.#endData();
		else if (kind === Kind.row) this.#endRow();
	}

	/** @returns undefined for what is passed over */
	#kindOf(name: string, attributes: Attributes): Kind | undefined {
		switch (this.#open.at(-1)) {
			case undefined:
				return Kind.worksheet;
			case Kind.worksheet:
				if (name !== 'Table') return undefined;
				this.#tableStyle = attribute(attributes, 'StyleID');
				return Kind.table;
			case Kind.table:
				if (name === 'Column') this.#addColumn(attributes);
				if (name !== 'Row') return undefined;
				this.#startRow(attributes);
				return Kind.row;
			case Kind.row:
				if (name !== 'Cell') return undefined;
				this.#startCell(attributes);
				return Kind.cell;
			case Kind.cell:
				if (name !== 'Data') return undefined;
				this.#type = attribute(attributes, 'Type');
				this.#text = '';
				return Kind.data;
			default:
				// rich text: all of it is the text of the cell
				return Kind.data;
		}
	}

	#addColumn(attributes: Attributes): void {
		const first = indexOf(attributes, this.#nextColumnElement);
		const end = first + 1 + count(attributes, 'Span');
		this.#nextColumnElement = end;
		const style = attribute(attributes, 'StyleID');
		if (style === undefined) return;
		for (let column = first; column < Math.min(end, MOST_COLUMNS); column++) {
			this.#columnStyles[column] = style;
		}
	}

	#startRow(attributes: Attributes): void {
		const number = Math.max(this.#nextRow, indexOf(attributes, this.#nextRow - 1) + 1);
		this.#row.start(number, attribute(attributes, 'Hidden') === '1');
		this.#nextRow = number + 1 + count(attributes, 'Span');
		this.#rowStyle = attribute(attributes, 'StyleID');
		this.#nextColumn = 0;
	}

	#startCell(attributes: Attributes): void {
		const column = indexOf(attributes, this.#nextColumn);
		const across = count(attributes, 'MergeAcross');
		const down = count(attributes, 'MergeDown');
		this.#column = column;
		this.#nextColumn = column + 1 + across;
		this.#cellStyle = attribute(attributes, 'StyleID');
		if (across === 0 && down === 0) return;
		const row = this.#row.number;
		this.#merges?.add({
			firstRow: row,
			lastRow: row + down,
			firstColumn: column,
			lastColumn: column + across,
		});
	}

	#endRow(): void {
		const row = this.#row.finish();
		if (row === undefined) return;
		if (row.number > MOST_ROWS) throw damaged(`it has a row beyond ${MOST_ROWS}`);
		this.#rows.push(row);
	}

	#endData(): void {
		const column = this.#column;
		const text = this.#text;
		if (text === '') return;
		if (column >= MOST_COLUMNS) throw damaged(`it has a cell beyond column ${MOST_COLUMNS}`);
		const style =
			this.#cellStyle ?? this.#rowStyle ?? this.#columnStyles[column] ?? this.#tableStyle;
		switch (this.#type) {
			case 'Number':
				this.#putNumber(column, text, style);
				break;
			case 'DateTime':
				this.#putDate(column, text.trim(), style);
				break;
			case 'Boolean':
				this.#row.put(column, this.#styles.boolean(/^\s*(?:1|true)\s*$/i.test(text)));
				break;
			case 'Error':
				this.#row.putFault(column, 'formula-error', text.trim());
				break;
			default:
				this.#row.put(column, this.#styles.isShown ? this.#styles.format(style).text(text) : text);
		}
	}

	#putNumber(column: number, text: string, style: string | undefined): void {
		const format = this.#styles.format(style);
		const exact = numberCell(text);
		this.#row.put(column, typeof exact === 'number' ? format.cell(Number(text)) : exact);
	}

	/** Dates are ISO 8601 text whatever the date system is; the format says how much of it counts. */
	#putDate(column: number, text: string, style: string | undefined): void {
		const format = this.#styles.format(style);
		const serial = isoDateSerial(text, this.#styles.date1904);
		const isDate = format.kind !== TimeKind.none;
		if (serial !== undefined && (isDate || this.#styles.isShown)) {
			this.#row.put(column, format.cell(serial));
			return;
		}
		const kind = text.startsWith(DAY_ZERO) ? TimeKind.time : TimeKind.date;
		this.#row.put(column, isoDateCell(text, kind));
	}
}

/** The position that `ss:Index` sets, from 0; the next one without it. */
function indexOf(attributes: Attributes, next: number): number {
	const index = Number(attribute(attributes, 'Index') ?? 0);
	return Number.isSafeInteger(index) && index > 0 ? index - 1 : next;
}

/** How many further rows or columns an attribute speaks of. */
function count(attributes: Attributes, name: string): number {
	const number = Number(attribute(attributes, name) ?? 0);
	return Number.isSafeInteger(number) && number > 0 ? Math.min(number, MOST_ROWS) : 0;
}
