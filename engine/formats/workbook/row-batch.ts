import type { Column } from '../../dataset/dataset';
import { ReadRow } from '../../dataset/read-row';
import type { RawBatch } from '../../dataset/reader';
import { issue, quoteValue, type Issue } from '../../issues';
import { columnLetters } from '../header';
import { holdsValue } from './sheet-head';
import type { CellFault, SheetRow } from './sheet-row';

/** A batch of wide rows is cut short, so that its memory stays bounded. */
const MOST_CELLS = 500_000;

/** Collects rows into batches, and sets apart those that must not be imported. */
export class RowBatch {
	readonly #sheet: string;

	readonly #columns: readonly Column[];

	readonly #size: number;

	#batch: RawBatch = { rows: [], rejected: [], issues: [] };

	constructor(sheet: string, columns: readonly Column[], size: number) {
		this.#sheet = sheet;
		this.#columns = columns;
		this.#size = Math.max(1, Math.min(size, Math.ceil(MOST_CELLS / Math.max(1, columns.length))));
	}

	get isFull(): boolean {
		return this.#batch.rows.length + this.#batch.rejected.length >= this.#size;
	}

	get isEmpty(): boolean {
		return this.#batch.rows.length + this.#batch.rejected.length === 0;
	}

	/** The rows collected; a new batch begins. */
	take(): RawBatch {
		const batch = this.#batch;
		this.#batch = { rows: [], rejected: [], issues: [] };
		return batch;
	}

	/** @param row has at least as many cells as there are columns */
	add(row: SheetRow): void {
		const { number, cells, faults } = row;
		const width = this.#columns.length;
		if (cells.length === width && faults === undefined) {
			this.#batch.rows.push(new ReadRow(number, cells));
			return;
		}
		const issues = [
			...this.#overflow(row),
			...(faults ?? []).map((fault) => this.#fault(row, fault)),
		];
		if (issues.length > 0) {
			this.#batch.rejected.push({ number, source: cells, outcome: 'failed', issues });
		} else {
			cells.length = width;
			this.#batch.rows.push(new ReadRow(number, cells));
		}
	}

	#overflow({ number, cells }: SheetRow): Issue[] {
		const width = this.#columns.length;
		const extra = cells.findIndex((cell, column) => column >= width && holdsValue(cell));
		if (extra < 0) return [];
		const address = `${columnLetters(extra)}${number}`;
		return [
			issue(
				'ROW_LONG',
				`Cell ${address} holds a value, but the table ends at column ${columnLetters(width - 1)}.`,
				{ ...this.#place(number, address), value: quoteValue(cells[extra]) },
			),
		];
	}

	#fault({ number }: SheetRow, { column, kind, value }: CellFault): Issue {
		const address = `${columnLetters(column)}${number}`;
		const place = { ...this.#place(number, address), column: this.#columns[column]?.name, value };
		return kind === 'formula-error'
			? issue('CELL_FORMULA_ERROR', `Cell ${address} holds the formula error ${value}.`, place)
			: issue(
					'ROW_MALFORMED',
					`Cell ${address} refers to text number ${value}, which the workbook does not hold.`,
					place,
				);
	}

	#place(row: number, cell: string): Pick<Issue, 'row' | 'cell' | 'sheet'> {
		return { row, cell, sheet: this.#sheet };
	}
}
