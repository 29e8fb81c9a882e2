import type { Issue } from '../../issues';
import type { Batch, Cell, Column, Row } from '../dataset';
import { isBlank } from '../values';
import { ColumnOddities, type Oddity } from './column-oddities';

/** A row that is worth a look, and why. */
export interface OddRow {
	/** Row of the file. */
	number: number;
	/** The cells as they come out of the steps; of a row that was rejected, as they were read. */
	cells: Cell[];
	/** Whether it was rejected: its cells are those of the source, in the columns of the source. */
	isRejected: boolean;
	reasons: string[];
}

/** Columns behind these are not looked at one by one: memory is bounded for each column. */
const MOST_COLUMNS = 200;

/** Kinds of issues of which a row is kept, by code and column. */
const MOST_KINDS = 50;

const EMPTIEST = 3;

interface Candidate extends Oddity {
	isRejected: boolean;
}

/**
 * Picks the rows of a run that a person should look at: those with issues, with values and shapes of values that are rare
 * in their column, the longest values, and the emptiest rows. One pass, and memory that does not grow with the rows.
 */
export class OddRows {
	#columns: ColumnOddities[] | undefined;

	readonly #withIssues = new Map<string, Candidate>();

	#emptiest: Array<{ row: Row; empty: number }> = [];

	#rows = 0;

	add({ columns, rows, rejected, issues }: Batch): void {
		const watched = (this.#columns ??= columns
			.slice(0, MOST_COLUMNS)
			.map((column: Column) => new ColumnOddities(column)));
		const byNumber = new Map<number, Row>();
		if (issues.length > 0) for (const row of rows) byNumber.set(row.number, row);
		for (const found of issues) {
			const row = found.row === undefined ? undefined : byNumber.get(found.row);
			if (row !== undefined) this.#noteIssue(found, row, false);
		}
		for (const { number, source, outcome, issues: reasons } of rejected) {
			const [first] = reasons;
			if (outcome === 'skipped' || first === undefined) continue;
			this.#noteIssue(first, { number, cells: source }, true);
		}
		for (const row of rows) {
			let empty = 0;
			for (const cell of row.cells) if (isEmpty(cell)) empty++;
			this.#noteEmpty(row, empty);
			for (let i = 0; i < watched.length; i++) watched[i]?.add(row, row.cells[i] ?? null);
		}
		this.#rows += rows.length;
	}

	/** At most so many rows, in the order of the file: of each kind in turn, beginning with those that have issues. */
	pick(most: number): OddRow[] {
		const kinds = [
			[...this.#withIssues.values()],
			...(this.#columns ?? []).map((column) => column.rarest(this.#rows).map(notRejected)),
			(this.#columns ?? []).flatMap((column) => column.longest(this.#rows).map(notRejected)),
			this.#emptyCandidates(),
		];
		const picked = new Map<string, OddRow>();
		for (const { row, reason, isRejected } of inTurn(kinds)) {
			const id = `${row.number} ${row.part ?? ''}`;
			const known = picked.get(id);
			if (known !== undefined) known.reasons.push(reason);
			else if (picked.size < most) {
				const { number, cells } = row;
				picked.set(id, { number, cells, isRejected, reasons: [reason] });
			}
		}
		return [...picked.values()].sort((a, b) => a.number - b.number);
	}

	#noteIssue(found: Issue, { number, part, cells }: Row, isRejected: boolean): void {
		const kind = `${found.code} ${found.column ?? found.field ?? ''}`;
		if (this.#withIssues.has(kind) || this.#withIssues.size >= MOST_KINDS) return;
		const row = { number, cells: cells.slice(), part };
		this.#withIssues.set(kind, { row, reason: `${found.message} [${found.code}]`, isRejected });
	}

	#noteEmpty(row: Row, empty: number): void {
		const least = this.#emptiest.at(-1);
		if (empty === 0) return;
		if (this.#emptiest.length === EMPTIEST && empty <= (least?.empty ?? 0)) return;
		const kept = { row: { ...row, cells: row.cells.slice() }, empty };
		this.#emptiest = [...this.#emptiest, kept].sort((a, b) => b.empty - a.empty).slice(0, EMPTIEST);
	}

	#emptyCandidates(): Candidate[] {
		return this.#emptiest.map(({ row, empty }) => ({
			row,
			reason: `${empty} of ${row.cells.length} cells are empty, more than in most rows`,
			isRejected: false,
		}));
	}
}

const notRejected = (oddity: Oddity): Candidate => ({ ...oddity, isRejected: false });

const isEmpty = (cell: Cell): boolean =>
	cell === null || (typeof cell === 'string' && isBlank(cell));

/** The first of each list, then the second of each, and so on: no kind crowds out the others. */
function* inTurn<T>(lists: readonly T[][]): Generator<T> {
	const longest = Math.max(0, ...lists.map((list) => list.length));
	for (let i = 0; i < longest; i++) {
		for (const list of lists) {
			const entry = list[i];
			if (entry !== undefined) yield entry;
		}
	}
}
