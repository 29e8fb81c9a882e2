import type { ColumnDescription, RefusedRow, RefusedWrite, StagedRow } from '../target';
import { RowsWithheld, type Failure, type LoadConnection } from './load-connection';
import type { LoadStatements, RowRange } from './load-statements';
import { planCodes, type PlanLetter } from './plan-codes';
import { PLAN } from './plan-tables';
import type { Refusals } from './refused-rows';

/** Rows that are written by one statement once the statement for all of them was refused. */
const RETRY_ROWS = 1000;

/** Rows of which one at least is refused and that are written one by one: to divide them would take more statements. */
const ROWS_ONE_BY_ONE = 16;

/** From this share of refused rows on, those that follow are not divided. */
const MANY = 1 / 8;

const WRITE_POINT = 'data_import_writing';

const EVERY_ROW: RowRange = { first: 0, last: Number.MAX_SAFE_INTEGER };

/** What of the plan is written. */
export type WrittenLetter = 'I' | 'U';

/**
 * Writes the planned rows by one statement for each action. Where the database refuses it, its rows are divided until few
 * are left, which are written one by one. Where many are refused, all are.
 */
export class Writing {
	readonly #connection: LoadConnection;

	readonly #statements: LoadStatements;

	readonly #columns: readonly ColumnDescription[];

	readonly #refusals: Refusals;

	readonly #counts: ReadonlyMap<PlanLetter, number>;

	/** Records that were written so far: a row may be for several. */
	records = 0;

	/** Whether many of the rows that were written last were refused. */
	#areManyRefused = false;

	/** @param counts planned rows by letter */
	constructor(
		connection: LoadConnection,
		statements: LoadStatements,
		columns: readonly ColumnDescription[],
		refusals: Refusals,
		counts: ReadonlyMap<PlanLetter, number>,
	) {
		this.#connection = connection;
		this.#statements = statements;
		this.#columns = columns;
		this.#refusals = refusals;
		this.#counts = counts;
	}

	/** Writes all rows of a letter. @returns those that the database refused */
	async write(letter: WrittenLetter): Promise<RefusedWrite[]> {
		const planned = this.#counts.get(letter) ?? 0;
		if (planned === 0) return [];
		const { action } = planCodes[letter];
		return (await this.#writeAll(letter, planned)).map((row) => ({ ...row, action }));
	}

	async #writeAll(letter: WrittenLetter, planned: number): Promise<RefusedRow[]> {
		const failure = await this.#tryWrite(letter, planned);
		if (failure === undefined) return [];
		// where tables are joined by indexes it has one already; making one now could commit what is written so far
		if (!this.#connection.dialect.joinsByIndex) {
			for (const statement of this.#statements.indexRows) {
				await this.#connection.run(statement).catch(() => undefined);
			}
		}
		await this.#connection.analyze(PLAN);
		const { rows } = await this.#connection.run(this.#statements.countRange(letter, EVERY_ROW));
		const range = { first: Number(rows[0]?.first_row), last: Number(rows[0]?.last_row) };
		return await this.#writeParts(letter, range, planned, failure.error);
	}

	/** Writes a range that was refused as a whole, part by part. */
	async #writeParts(
		letter: WrittenLetter,
		range: RowRange,
		planned: number,
		cause: unknown,
	): Promise<RefusedRow[]> {
		if (planned === 1) return await this.#refused([[await this.#rowAt(letter, range, 0), cause]]);
		if (planned <= (this.#areManyRefused ? RETRY_ROWS : ROWS_ONE_BY_ONE)) {
			return await this.#writeEach(letter, range, planned);
		}
		const refused: RefusedRow[] = [];
		const size = planned > RETRY_ROWS ? RETRY_ROWS : Math.ceil(planned / 2);
		let first = range.first;
		for (let done = 0; done < planned; done += size) {
			const count = Math.min(size, planned - done);
			const last = await this.#rowAt(letter, { first, last: range.last }, count - 1);
			const failure = await this.#tryWrite(letter, count, { first, last });
			if (failure !== undefined) {
				const part = await this.#writeParts(letter, { first, last }, count, failure.error);
				this.#areManyRefused = part.length > count * MANY;
				refused.push(...part);
			}
			first = last + 1;
		}
		return refused;
	}

	async #writeEach(letter: WrittenLetter, range: RowRange, planned: number): Promise<RefusedRow[]> {
		const { rows } = await this.#connection.run(
			this.#statements.rowNumbers(letter, range, planned),
		);
		const numbers = rows.map(({ row_no }) => Number(row_no));
		const failures = await this.#connection.attemptEach(WRITE_POINT, numbers, (number) =>
			this.#writeRange(letter, 1, { first: number, last: number }),
		);
		return await this.#refused([...failures].map(([number, { error }]) => [number, error]));
	}

	/** Writes the planned rows of a range by one statement. @returns what is wrong when the database refuses it */
	async #tryWrite(
		letter: WrittenLetter,
		planned: number,
		range?: RowRange,
	): Promise<Failure | undefined> {
		return await this.#connection.attempt(WRITE_POINT, () =>
			this.#writeRange(letter, planned, range),
		);
	}

	async #writeRange(
		letter: WrittenLetter,
		planned: number,
		range: RowRange | undefined,
	): Promise<void> {
		const expected = letter === 'I' ? planned : await this.#recordsOf(planned, range);
		const everyRow = this.#counts.size === 1 && range === undefined;
		const statement =
			letter === 'I' ? this.#statements.insert(range, everyRow) : this.#statements.update(range);
		const { changes } = await this.#connection.run(statement);
		if (changes !== expected) throw new RowsWithheld(expected - changes);
		this.records += changes;
	}

	async #recordsOf(planned: number, range: RowRange | undefined): Promise<number> {
		const statement = this.#statements.countRecords(range);
		if (statement === undefined) return planned;
		const { rows } = await this.#connection.run(statement);
		return Number(rows[0]?.records);
	}

	async #rowAt(letter: PlanLetter, range: RowRange, skipped: number): Promise<number> {
		const { rows } = await this.#connection.run(this.#statements.rowAt(letter, range, skipped));
		return Number(rows[0]?.row_no ?? range.last);
	}

	/** The rows that the table does not take, each with why. */
	async #refused(causes: ReadonlyArray<readonly [number, unknown]>): Promise<RefusedRow[]> {
		if (causes.length === 0) return [];
		const { rows } = await this.#connection.run(
			this.#statements.stagedRows(causes.map(([number]) => number)),
		);
		const staged = new Map(rows.map((row) => [Number(row.row_no), row]));
		return causes.map(([number, cause]) => {
			const row = staged.get(number);
			const values = this.#columns.map((_, i) => row?.[`c${i}`] as StagedRow['values'][number]);
			return this.#refusals.ofTable({ number, values }, cause);
		});
	}
}
