import type { Cell, Column, RawBatch } from '../../dataset';
import { ReadRow } from '../../dataset/read-row';
import { ImportError, issue, quoteValue, type Issue } from '../../issues';
import { columnLetters } from '../header';
import type { GridSource, OriginOf, RowFault, RowOrigin, RowPolicies } from './layout';
import { isFilled } from './row-profile';

/** Brings rows to the width of the table, and puts them into batches or sets them apart. */
export class RowWriter {
	readonly #first: number;

	readonly #last: number;

	/** A row with fewer cells is short. */
	readonly #least: number;

	readonly #columns: readonly Column[];

	readonly #policies: RowPolicies;

	readonly #source: GridSource;

	#left: number;

	onRow: ((batch: RawBatch, number: number, cells: readonly Cell[]) => void) | undefined;

	constructor(
		first: number,
		columns: readonly Column[],
		policies: RowPolicies,
		source: GridSource,
		limit: number,
		headerWidth = 0,
	) {
		this.#first = first;
		this.#last = first + columns.length;
		// columns that were made for long rows are no reason to call the others short
		const own = policies.longRows === 'keep' && headerWidth > 0 ? headerWidth : this.#last;
		this.#least = Math.min(own, this.#last);
		this.#columns = columns;
		this.#policies = policies;
		this.#source = source;
		this.#left = limit;
	}

	get isDone(): boolean {
		return this.#left <= 0;
	}

	/** @param cells from column A on; the array is taken over and may be changed */
	write(
		batch: RawBatch,
		number: number,
		cells: Cell[],
		originOf: OriginOf | undefined,
		faults: readonly RowFault[] | undefined,
	): void {
		if (this.#left <= 0) return;
		if (faults !== undefined && faults.length > 0) {
			this.reject(batch, number, cells, originOf, 'failed', this.#faults(number, faults));
			return;
		}
		const shaped =
			cells.length === this.#last && this.#first === 0
				? cells
				: this.#shape(batch, number, cells, originOf);
		if (shaped === undefined) return;
		this.#left--;
		this.onRow?.(batch, number, shaped);
		batch.rows.push(new ReadRow(number, shaped));
	}

	/** Sets a row apart, with the issues that say why. */
	reject(
		batch: RawBatch,
		number: number,
		source: Cell[],
		originOf: OriginOf | undefined,
		outcome: 'failed' | 'skipped',
		issues: readonly Issue[],
	): void {
		if (this.#left <= 0) return;
		this.#left--;
		const origin = originOf?.(number);
		const { line, raw } = origin ?? {};
		batch.rejected.push({
			number,
			...(line === undefined || line === number ? {} : { line }),
			source,
			...(raw === undefined ? {} : { raw }),
			outcome,
			issues: issues.map((found) => ({ ...found, ...this.place(number, origin) })),
		});
	}

	/** Where a row stands, as the fields of an issue say it. */
	place(row: number, origin: RowOrigin | undefined): Pick<Issue, 'row' | 'line' | 'sheet'> {
		const { line } = origin ?? {};
		const { sheet } = this.#source;
		return {
			row,
			...(line === undefined || line === row ? {} : { line }),
			...(sheet === undefined ? {} : { sheet }),
		};
	}

	/** The cells of the table; undefined where the row was rejected. */
	#shape(
		batch: RawBatch,
		number: number,
		cells: Cell[],
		originOf: OriginOf | undefined,
	): Cell[] | undefined {
		const outside = this.#cellOutside(cells);
		if (outside !== undefined) {
			this.#rejectLong(batch, number, cells, originOf, outside);
			return undefined;
		}
		if (cells.length > this.#last) cells.length = this.#last;
		else if (cells.length < this.#last && !this.#fillUp(batch, number, cells, originOf)) {
			return undefined;
		}
		return this.#first === 0 ? cells : cells.slice(this.#first);
	}

	/** Index of the first cell left or right of the table that holds something. */
	#cellOutside(cells: readonly Cell[]): number | undefined {
		for (let index = 0; index < this.#first; index++) if (isFilled(cells[index])) return index;
		for (let index = this.#last; index < cells.length; index++) {
			if (isFilled(cells[index])) return index;
		}
		return undefined;
	}

	#rejectLong(
		batch: RawBatch,
		number: number,
		cells: Cell[],
		originOf: OriginOf | undefined,
		outside: number,
	): void {
		const values = outside < this.#first ? cells.slice(outside, this.#first) : cells.slice(outside);
		const fields = {
			value: quoteValue(values.filter(isFilled).map(String).join(' | ')),
			...this.#address(number, outside),
		};
		const message = this.#longMessage(number, cells, outside);
		if (this.#policies.longRows === 'stop') {
			throw new ImportError('ROW_LONG', message, {
				...this.place(number, originOf?.(number)),
				...fields,
			});
		}
		this.reject(batch, number, cells, originOf, 'failed', [issue('ROW_LONG', message, fields)]);
	}

	#longMessage(number: number, cells: readonly Cell[], outside: number): string {
		if (this.#source.kind === 'text' && outside >= this.#last) {
			return `Row ${number} has ${cells.length} cells, the header has ${this.#last}: its values may stand in the wrong columns`;
		}
		const address = `${columnLetters(outside)}${number}`;
		return outside < this.#first
			? `Cell ${address} holds a value, but the table begins at column ${columnLetters(this.#first)}.`
			: `Cell ${address} holds a value, but the table ends at column ${columnLetters(this.#last - 1)}.`;
	}

	/** Fills up a row that is too short. @returns whether it is to be read */
	#fillUp(batch: RawBatch, number: number, cells: Cell[], originOf: OriginOf | undefined): boolean {
		// what a sheet leaves out is empty, and its rows have no end of their own
		if (this.#source.kind === 'sheet' || cells.length >= this.#least) {
			const nothing = this.#source.kind === 'sheet' ? null : '';
			while (cells.length < this.#last) cells.push(nothing);
			return true;
		}
		const width = this.#columns.length;
		const has = Math.max(0, cells.length - this.#first);
		const column = this.#columns[has]?.name;
		const policy = this.#policies.shortRows;
		const counts = `Row ${number} has ${has} of ${width} cells`;
		if (policy === 'stop') {
			const place = this.place(number, originOf?.(number));
			throw new ImportError('ROW_SHORT', counts, { ...place, column });
		}
		if (policy === 'reject') {
			const severity = 'error' as const;
			this.reject(batch, number, cells, originOf, 'failed', [
				issue('ROW_SHORT', counts, { severity, column }),
			]);
			return false;
		}
		batch.issues.push(
			issue('ROW_SHORT', `${counts}; the others are read as empty`, { row: number, column }),
		);
		while (cells.length < this.#last) cells.push('');
		return true;
	}

	#faults(number: number, faults: readonly RowFault[]): Issue[] {
		return faults.map(({ column, code, message, value }) =>
			issue(code, message, {
				column: this.#columns[column - this.#first]?.name,
				...(value === undefined ? {} : { value }),
				...this.#address(number, column),
			}),
		);
	}

	#address(number: number, column: number): Pick<Issue, 'cell'> {
		return this.#source.kind === 'sheet' ? { cell: `${columnLetters(column)}${number}` } : {};
	}
}
