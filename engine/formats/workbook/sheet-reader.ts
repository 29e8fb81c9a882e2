import { ReadRow } from '../../dataset/read-row';
import type { Column } from '../../dataset/dataset';
import type { RawBatch } from '../../dataset/reader';
import { issue } from '../../issues';
import { columnLetters } from '../header';
import { TableRows, type RowFault } from '../table';
import { MergedRanges } from './merged-ranges';
import { columnsOfSheet, type ReadPlan, type SheetPlan } from './read-plan';
import { atPlaces } from './sheet-columns';
import type { CellFault, SheetRow } from './sheet-row';
import type { Sheet, Workbook } from './workbook';

/** A batch of wide rows is cut short, so that its memory stays bounded. */
const MOST_CELLS = 500_000;

/** Reads the table of one sheet into batches of the whole. */
export class SheetReader {
	/** Number of the last row that was read, as the sheet counts. */
	lastRow = 0;

	/** How many rows were put out, rejected ones among them. */
	count = 0;

	readonly #plan: ReadPlan;

	readonly #sheetPlan: SheetPlan;

	readonly #width: number;

	readonly #columns: readonly Column[];

	readonly #batchSize: number;

	#isBlankFormulaNoted = false;

	/** Numbers of hidden rows that were not put out yet. */
	readonly #hidden = new Set<number>();

	/** @param columns those of the whole, the one for the name of the sheet among them */
	constructor(plan: ReadPlan, sheetPlan: SheetPlan, columns: readonly Column[], batchSize: number) {
		this.#plan = plan;
		this.#sheetPlan = sheetPlan;
		this.#width = columns.length;
		this.#columns = columnsOfSheet(sheetPlan, plan.namesSheets ? columns.slice(0, -1) : columns);
		const fitting = Math.ceil(MOST_CELLS / Math.max(1, columns.length));
		this.#batchSize = Math.max(1, Math.min(batchSize, fitting));
	}

	/**
	 * @param offset what is added to the numbers of rows, so that they go on over several sheets
	 * @param limit at most so many rows are wanted
	 */
	async *read(
		workbook: Workbook,
		sheet: Sheet,
		offset: number,
		limit: number,
	): AsyncGenerator<RawBatch, void, undefined> {
		const { layout, name } = this.#sheetPlan;
		const { cells, policies } = this.#plan;
		const source = { kind: 'sheet', sheet: name } as const;
		const table = new TableRows(layout, this.#columns, policies, source, limit);
		const merged = await this.#mergedRanges(workbook, sheet);
		const width = layout.firstColumn + this.#columns.length;
		let batch = emptyBatch();
		for await (const rows of workbook.rows(sheet, { width, cells })) {
			for (const row of rows) {
				merged?.fill(row);
				this.#take(table, batch, row);
				if (size(batch) < this.#batchSize) continue;
				yield this.#finished(batch, offset);
				batch = emptyBatch();
			}
			if (table.isDone) break;
		}
		table.end(batch);
		if (size(batch) > 0 || batch.issues.length > 0) yield this.#finished(batch, offset);
	}

	#take(table: TableRows, batch: RawBatch, row: SheetRow): void {
		const { number, cells, faults, hidden } = row;
		if (number > this.lastRow) this.lastRow = number;
		if (hidden === true && this.#plan.hiddenRows === 'skip') this.#hidden.add(number);
		if (row.blankFormula !== undefined) this.#noteBlankFormula(batch, number, row.blankFormula);
		if (faults === undefined) table.add(batch, number, cells);
		else {
			const issues = faults.map((fault) => rowFault(number, fault));
			table.add(batch, number, cells, undefined, issues);
		}
	}

	/** Said once for a sheet: where one formula was not calculated, none was. */
	#noteBlankFormula(batch: RawBatch, row: number, index: number): void {
		const { layout, name } = this.#sheetPlan;
		if (this.#isBlankFormulaNoted || row < layout.firstRow) return;
		this.#isBlankFormulaNoted = true;
		const cell = `${columnLetters(index)}${row}`;
		const column = this.#columns[index - layout.firstColumn]?.name;
		const message = `Cell ${cell} has a formula that no value was saved with. It is read as empty; further cells like it are not listed`;
		batch.issues.push(issue('CELL_FORMULA_EMPTY', message, { row, sheet: name, column, cell }));
	}

	async #mergedRanges(workbook: Workbook, sheet: Sheet): Promise<MergedRanges | undefined> {
		if (this.#plan.mergedCells !== 'fill') return undefined;
		const { layout } = this.#sheetPlan;
		const ranges = await workbook.merges(sheet);
		return new MergedRanges(ranges, layout.firstColumn, this.#columns.length);
	}

	/** Brings a batch of the sheet into the shape of the whole. */
	#finished(batch: RawBatch, offset: number): RawBatch {
		if (this.#hidden.size > 0) this.#skipHidden(batch);
		this.count += size(batch);
		const { name, places } = this.#sheetPlan;
		const { namesSheets } = this.#plan;
		if (places !== undefined) {
			batch.rows = batch.rows.map(
				({ number, cells }) => new ReadRow(number, atPlaces(cells, places, this.#width)),
			);
		} else if (namesSheets) {
			for (const row of batch.rows) row.cells.push(name);
		}
		if (places !== undefined && namesSheets) {
			for (const row of batch.rows) row.cells[this.#width - 1] = name;
		}
		if (offset > 0) {
			for (const row of batch.rows) row.number += offset;
			for (const row of batch.rejected) row.number += offset;
		}
		return batch;
	}

	#skipHidden(batch: RawBatch): void {
		const hidden = this.#hidden;
		const wasFailed = batch.rejected.filter(({ number }) => hidden.has(number));
		const skipped = [
			...batch.rows.filter(({ number }) => hidden.has(number)),
			...wasFailed.map(({ number, source }) => ({ number, cells: source })),
		];
		if (skipped.length === 0) return;
		batch.rows = batch.rows.filter(({ number }) => !hidden.has(number));
		batch.rejected = batch.rejected.filter(({ number }) => !hidden.has(number));
		batch.issues = batch.issues.filter(({ row }) => row === undefined || !hidden.has(row));
		for (const { number, cells } of skipped) {
			hidden.delete(number);
			const place = { row: number, sheet: this.#sheetPlan.name };
			const issues = [issue('ROW_HIDDEN', `Row ${number} is hidden and therefore skipped.`, place)];
			batch.rejected.push({ number, source: cells, outcome: 'skipped', issues });
		}
	}
}

function emptyBatch(): RawBatch {
	return { rows: [], rejected: [], issues: [] };
}

function size({ rows, rejected }: RawBatch): number {
	return rows.length + rejected.length;
}

function rowFault(row: number, { column, kind, value }: CellFault): RowFault {
	const address = `${columnLetters(column)}${row}`;
	if (kind === 'formula-error') {
		const message = `Cell ${address} holds the formula error ${value}.`;
		return { column, code: 'CELL_FORMULA_ERROR', message, value };
	}
	const message = `Cell ${address} refers to text number ${value}, which the workbook does not hold.`;
	return { column, code: 'ROW_MALFORMED', message, value };
}
