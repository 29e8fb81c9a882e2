import type { Cell, Column, RawBatch } from '../../dataset';
import { issue, quoteValue, type Issue } from '../../issues';
import { BLANK, isTyped, NUMBER } from './cell-kind';
import { isDrawnRow, mayBeDrawn } from './drawn-row';
import { countFooters, mayBeTotalLabel } from './footer';
import type {
	ColumnRange,
	GridSource,
	OriginOf,
	RowFault,
	RowPolicies,
	TableLayout,
} from './layout';
import { isFilled, profileOf, textOf, type RowProfile } from './row-profile';
import { RowWriter } from './row-writer';
import { cellsWithin } from './side-by-side';
import { EndWatch, type Verdict } from './table-end';
import { repeatsHeader, type TableShape } from './table-shape';

/** A row that is not put out before the rows behind it are known. */
interface HeldRow {
	profile: RowProfile;
	cells: Cell[];
	originOf: OriginOf | undefined;
	faults: readonly RowFault[] | undefined;
}

/**
 * Brings the rows of a file or sheet into the shape of its table, one by one and in order: all rows of the file, those
 * above the table too, and blank ones where the source has them.
 *
 * Every row from the first row of the table on comes out once, as read or as rejected; rows of another table below it
 * are counted, and named by one issue at the end. A few rows are held back while they may be a footer or another table.
 */
export class TableRows {
	readonly #writer: RowWriter;

	readonly #shape: TableShape;

	readonly #firstRow: number;

	readonly #lastRow: number;

	readonly #key: number;

	/** Whether there are columns that a total may sum up. */
	readonly #hasNumbers: boolean;

	/** The columns of the table, where others stand beside it. */
	readonly #within: ColumnRange | undefined;

	readonly #source: GridSource;

	/** Whether lines of dashes are no rows. */
	readonly #isDrawn: boolean;

	readonly #skipsFooter: boolean;

	/** The text of the first column's name, where a row that begins like it may repeat the header. */
	readonly #firstName: string | undefined;

	#expected = 0;

	#newFile = 0;

	readonly #watch: EndWatch;

	#held: HeldRow[] = [];

	#isWarned = false;

	#behindFrom = 0;

	#behindTo = 0;

	#behindRows = 0;

	/** @param limit how many rows are put out at most, rejected ones included */
	constructor(
		layout: TableLayout,
		columns: readonly Column[],
		policies: RowPolicies = {},
		source: GridSource = { kind: 'text' },
		limit = Infinity,
	) {
		const { firstColumn, headerWidth } = layout;
		this.#writer = new RowWriter(firstColumn, columns, policies, source, limit, headerWidth);
		this.#shape = shapeOf(layout, columns);
		this.#watch = new EndWatch(this.#shape);
		this.#firstRow = layout.firstRow;
		this.#lastRow = layout.lastRow ?? Infinity;
		this.#key = layout.key;
		this.#hasNumbers = layout.kinds.includes(NUMBER);
		this.#within = layout.within;
		this.#source = source;
		this.#isDrawn = source.isDrawn === true;
		this.#skipsFooter = policies.footer !== 'keep';
		this.#firstName = this.#shape.header[0];
	}

	/** Called for every row that is read, before its cells are put into the batch. */
	get onRow(): RowWriter['onRow'] {
		return this.#writer.onRow;
	}

	set onRow(look: RowWriter['onRow']) {
		this.#writer.onRow = look;
	}

	/** Whether no more row is wanted: the limit is reached. */
	get isDone(): boolean {
		return this.#writer.isDone;
	}

	/**
	 * Takes the next row. It may be held back until the rows behind it are known.
	 *
	 * @param number 1-based row in the file; a gap in the numbers stands for blank rows
	 * @param cells from column A on; the array is taken over and may be changed
	 * @param faults what keeps the row from being used
	 * @throws ImportError ROW_SHORT, ROW_LONG where they are to stop the import
	 */
	add(
		batch: RawBatch,
		number: number,
		cells: Cell[],
		originOf?: OriginOf,
		faults?: readonly RowFault[],
	): void {
		if (this.#within !== undefined) {
			this.#addWithin(batch, number, cells, originOf, faults, this.#within);
			return;
		}
		this.#add(batch, number, cells, originOf, faults);
	}

	/** Takes a row of which other tables have a part. */
	#addWithin(
		batch: RawBatch,
		number: number,
		cells: readonly Cell[],
		originOf: OriginOf | undefined,
		faults: readonly RowFault[] | undefined,
		within: ColumnRange,
	): void {
		const { from, to = Infinity } = within;
		const own = faults?.filter(({ column }) => column >= from && column < to);
		this.#add(batch, number, cellsWithin(cells, within, this.#source), originOf, own);
	}

	#add(
		batch: RawBatch,
		number: number,
		cells: Cell[],
		originOf: OriginOf | undefined,
		faults: readonly RowFault[] | undefined,
	): void {
		const last = this.#shape.last;
		// many programs end each line with a delimiter
		while (cells.length > last && number >= this.#firstRow && cells[cells.length - 1] === '')
			cells.pop();
		if (
			number === this.#expected &&
			cells.length === last &&
			this.#held.length === 0 &&
			this.#isPlain(cells)
		) {
			this.#expected = number + 1;
			this.#writer.write(batch, number, cells, originOf, faults);
		} else if (number >= this.#firstRow) {
			this.#addOdd(batch, number, cells, originOf, faults);
		}
	}

	/** Says that the next row is the first of a file that was put behind another: it may hold the header again. */
	startFile(number: number): void {
		if (number < this.#firstRow || this.#behindRows > 0) return;
		this.#newFile = number;
		// the row is looked at closely
		this.#expected = Infinity;
	}

	/** Takes a row of a table of one column whose value is empty: it is no blank line. */
	addEmpty(batch: RawBatch, number: number, originOf?: OriginOf): void {
		if (number < this.#firstRow || this.#isBehind(batch, number)) return;
		this.#expected = number + 1;
		this.#writer.write(batch, number, [''], originOf, undefined);
	}

	/** Takes a row that cannot be taken apart into cells. */
	addMalformed(batch: RawBatch, number: number, found: Issue, originOf?: OriginOf): void {
		if (number < this.#firstRow) return;
		if (this.#isBehind(batch, number)) return;
		this.#watch.clear();
		this.#release(batch, this.#held.length);
		this.#expected = number + 1;
		this.#writer.reject(batch, number, [], originOf, 'failed', [found]);
	}

	/** Puts out what is still held back, and says which rows of the file are not read. */
	end(batch: RawBatch): void {
		this.#finishTable(batch);
		if (this.#behindRows === 0 || this.isDone) return;
		const range = rangeOf(this.#behindFrom, this.#behindTo);
		const message = `Another table begins below the one that is read: ${range} ${this.#behindRows === 1 ? 'is' : 'are'} not read`;
		const place = this.#writer.place(this.#behindFrom, undefined);
		batch.issues.push(issue('FILE_PARTLY_READ', message, { ...place, count: this.#behindRows }));
	}

	/**
	 * Whether a row is a record beyond doubt, for which at most three cells need be looked at: a footer leaves all cells
	 * but one empty, and a total that of the key.
	 */
	#isPlain(cells: readonly Cell[]): boolean {
		const width = cells.length;
		let first = 0;
		while (first < width && !isFilled(cells[first])) first++;
		const label = cells[first];
		if (label === this.#firstName) return false;
		if (this.#isDrawn && mayBeDrawn(label)) return false;
		if (this.#key > first) return isFilled(cells[this.#key]);
		let second = first + 1;
		while (second < width && !isFilled(cells[second])) second++;
		if (second >= width) return first < width && width === this.#shape.first + 1;
		return !this.#hasNumbers || typeof label !== 'string' || !mayBeTotalLabel(label);
	}

	#addOdd(
		batch: RawBatch,
		number: number,
		cells: Cell[],
		originOf: OriginOf | undefined,
		faults: readonly RowFault[] | undefined,
	): void {
		if (this.#isBehind(batch, number, cells)) return;
		if (this.#isDrawn && isDrawnRow(cells)) {
			this.#skipDrawn(batch, number, cells, originOf);
			return;
		}
		const isAfterGap = this.#expected > 0 && number !== this.#expected;
		const profile = profileOf({ number, cells }, isAfterGap);
		if (profile === undefined) {
			this.#skipBlank(batch, number, cells, originOf);
			return;
		}
		this.#expected = number + 1;
		this.#take(batch, { profile, cells, originOf, faults });
	}

	/** A line without anything in it is no row; one with blanks that cannot be seen is, and is accounted for. */
	#skipBlank(batch: RawBatch, number: number, cells: Cell[], originOf: OriginOf | undefined): void {
		if (cells.every((cell) => cell === '' || cell === null)) return;
		this.#writer.reject(batch, number, cells, originOf, 'skipped', [
			issue('ROW_BLANK', `Row ${number} holds nothing but blanks`),
		]);
	}

	#skipDrawn(batch: RawBatch, number: number, cells: Cell[], originOf: OriginOf | undefined): void {
		if (number === this.#expected) this.#expected = number + 1;
		this.#writer.reject(batch, number, cells, originOf, 'skipped', [
			issue('ROW_DRAWN', `Row ${number} is a line of dashes and no record`),
		]);
	}

	#take(batch: RawBatch, row: HeldRow): void {
		const { profile } = row;
		const isNewPart = this.#isDrawn || profile.number === this.#newFile;
		if (isNewPart && repeatsHeader(profile, this.#shape, 1)) {
			// what is held back was the end of a page or of a file
			this.#putOutLast(batch);
			this.#skipHeader(batch, row);
			return;
		}
		if (this.#held.length === 0 && !profile.isAfterGap && this.#isHeaderAgain(profile)) {
			this.#skipHeader(batch, row);
			return;
		}
		const verdict = this.#watch.add(profile);
		if (verdict === 'record') this.#write(batch, row);
		else this.#held.push(row);
		if (verdict === 'released') this.#release(batch, this.#held.length);
		else this.#endBefore(batch, verdict);
		this.#warnOfHeader(batch);
	}

	/** Says once that a row which is read as a record may be the header of another table. */
	#warnOfHeader(batch: RawBatch): void {
		const row = this.#watch.doubtful;
		if (row === undefined || this.#isWarned) return;
		this.#isWarned = true;
		const { number, cells } = row;
		const text = quoteValue(cells.map(textOf).join(' | '));
		const message = `Row ${number} stands below blank rows and may be the header of another table: “${text}”. It is read as a record; further rows like it are not listed`;
		batch.issues.push(
			issue('HEADER_DOUBTFUL', message, { ...this.#writer.place(number, undefined), value: text }),
		);
	}

	/** Ends the table where another one was found. */
	#endBefore(batch: RawBatch, verdict: Verdict): void {
		if (typeof verdict !== 'object') return;
		const other = this.#held.splice(verdict.otherTable);
		this.#putOutLast(batch);
		for (const { profile } of other) this.#countBehind(profile.number);
	}

	/** Puts out the rows held back, which are the last of the table: footers are among them. */
	#putOutLast(batch: RawBatch): void {
		const profiles = this.#held.map(({ profile }) => profile);
		const footers = this.#skipsFooter ? countFooters(profiles, this.#shape) : 0;
		this.#watch.clear();
		this.#release(batch, this.#held.length - footers);
		for (const { profile, cells, originOf } of this.#held.splice(0)) {
			const text = quoteValue(textOf(cells[profile.first]));
			this.#writer.reject(batch, profile.number, cells, originOf, 'skipped', [
				issue(
					'ROW_FOOTER',
					`Row ${profile.number} stands below the records and is none: “${text}”`,
					{
						value: text,
					},
				),
			]);
		}
	}

	#release(batch: RawBatch, rows: number): void {
		for (const row of this.#held.splice(0, rows)) this.#write(batch, row);
	}

	#write(batch: RawBatch, { profile, cells, originOf, faults }: HeldRow): void {
		this.#writer.write(batch, profile.number, cells, originOf, faults);
	}

	#isHeaderAgain(row: RowProfile): boolean {
		return this.#shape.kinds.some(isTyped) && repeatsHeader(row, this.#shape);
	}

	#skipHeader(batch: RawBatch, { profile: { number }, cells, originOf }: HeldRow): void {
		this.#writer.reject(batch, number, cells, originOf, 'skipped', [
			issue('ROW_HEADER', `Row ${number} holds the names of the columns again`),
		]);
	}

	/** Whether the row stands behind the table; it is counted then. */
	#isBehind(batch: RawBatch, number: number, cells?: readonly Cell[]): boolean {
		if (this.#behindRows === 0 && number <= this.#lastRow) return false;
		if (cells !== undefined && !cells.some(isFilled)) return true;
		if (this.#behindRows === 0) this.#finishTable(batch);
		this.#countBehind(number);
		return true;
	}

	#finishTable(batch: RawBatch): void {
		this.#endBefore(batch, this.#watch.end());
		this.#putOutLast(batch);
		this.#warnOfHeader(batch);
	}

	#countBehind(number: number): void {
		if (this.#behindRows === 0) this.#behindFrom = number;
		this.#behindTo = number;
		this.#behindRows++;
		// no row is plain any more
		this.#expected = -1;
	}
}

const rangeOf = (from: number, to: number): string =>
	from === to ? `row ${from}` : `rows ${from} to ${to}`;

function shapeOf(
	{ firstColumn, kinds, headerRows }: TableLayout,
	columns: readonly Column[],
): TableShape {
	return {
		first: firstColumn,
		last: firstColumn + columns.length,
		kinds: kinds.length === 0 ? [BLANK] : kinds,
		header:
			headerRows.length === 1 ? columns.map(({ name, header }) => (header ?? name).trim()) : [],
	};
}
