import type { ColumnDescription, RefusedRow, RefusedWrite, StagedRow } from '../target';
import { RowsWithheld, type Failure, type LoadConnection } from './load-connection';
import type { LoadStatements, RowRange } from './load-statements';
import { planCodes, type PlanLetter } from './plan-codes';
import { PLAN } from './plan-tables';
import type { Refusals } from './refused-rows';
import type { TrackedRecords } from './tracked-records';

/** Rows that are written by one statement once the statement for all of them was refused. */
const RETRY_ROWS = 1000;

/** Rows of which one at least is refused and that are written one by one: to divide them would take more statements. */
const ROWS_ONE_BY_ONE = 4;

/** From this share of refused rows on, those that follow are not divided. */
const MANY = 1 / 8;

const WRITE_POINT = 'data_import_writing';

const EVERY_ROW: RowRange = { first: 0, last: Number.MAX_SAFE_INTEGER };

type Report = (refused: RefusedRow[]) => void;

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

	readonly #plan: string;

	/** Records that updates have changed so far: a row may be for several. */
	records = 0;

	/** Whether many of the rows that were written last were refused. */
	#areManyRefused = false;

	readonly #tracked: TrackedRecords | undefined;

	/**
	 * @param counts planned rows by letter
	 * @param plan the table that the statements take for the plan
	 * @param tracked what is to know the records of the rows
	 */
	constructor(
		connection: LoadConnection,
		statements: LoadStatements,
		columns: readonly ColumnDescription[],
		refusals: Refusals,
		counts: ReadonlyMap<PlanLetter, number>,
		plan = PLAN,
		tracked?: TrackedRecords,
	) {
		this.#plan = plan;
		this.#tracked = tracked;
		this.#connection = connection;
		this.#statements = statements;
		this.#columns = columns;
		this.#refusals = refusals;
		this.#counts = counts;
	}

	/** Writes all rows of a letter. @param report takes those that the database refused: nobody keeps them here */
	async write(letter: WrittenLetter, report: (refused: RefusedWrite[]) => void): Promise<void> {
		const planned = this.#counts.get(letter) ?? 0;
		if (planned === 0) return;
		const { action } = planCodes[letter];
		await this.#writeAll(letter, planned, (rows) =>
			report(rows.map((row) => ({ ...row, action }))),
		);
	}

	/** Writes the next rows of a letter. @returns those that the database refused */
	async writeNext(
		letter: WrittenLetter,
		range: RowRange,
		planned: number,
	): Promise<RefusedWrite[]> {
		const failure = await this.#tryWrite(letter, planned, range);
		if (failure === undefined) return [];
		const { action } = planCodes[letter];
		const refused: RefusedWrite[] = [];
		await this.#writeParts(letter, range, planned, failure.error, (rows) => {
			for (const row of rows) refused.push({ ...row, action });
		});
		return refused;
	}

	async #writeAll(letter: WrittenLetter, planned: number, report: Report): Promise<void> {
		const failure = await this.#tryWrite(letter, planned);
		if (failure === undefined) return;
		// where tables are joined by indexes it has one already; making one now could commit what is written so far
		if (!this.#connection.dialect.joinsByIndex) {
			for (const statement of this.#statements.indexRows) {
				await this.#connection.run(statement).catch(() => undefined);
			}
		}
		await this.#connection.analyze(this.#plan);
		const { rows } = await this.#connection.run(this.#statements.countRange(letter, EVERY_ROW));
		const range = { first: Number(rows[0]?.first_row), last: Number(rows[0]?.last_row) };
		await this.#writeParts(letter, range, planned, failure.error, report);
	}

	/** Writes a range that was refused as a whole, part by part. @returns how many of its rows are refused */
	async #writeParts(
		letter: WrittenLetter,
		range: RowRange,
		planned: number,
		cause: unknown,
		report: Report,
	): Promise<number> {
		if (planned === 1) {
			const number = await this.#rowAt(letter, range, 0);
			return await this.#report([[number, cause]], report);
		}
		if (planned <= (this.#areManyRefused ? RETRY_ROWS : ROWS_ONE_BY_ONE)) {
			return await this.#writeEach(letter, range, planned, report);
		}
		let refused = 0;
		const size = planned > RETRY_ROWS ? RETRY_ROWS : Math.ceil(planned / 2);
		let first = range.first;
		for (let done = 0; done < planned; done += size) {
			const count = Math.min(size, planned - done);
			const last = await this.#rowAt(letter, { first, last: range.last }, count - 1);
			const failure = await this.#tryWrite(letter, count, { first, last });
			if (failure !== undefined) {
				const part = await this.#writeParts(letter, { first, last }, count, failure.error, report);
				this.#areManyRefused = part > count * MANY;
				refused += part;
			}
			first = last + 1;
		}
		return refused;
	}

	async #writeEach(
		letter: WrittenLetter,
		range: RowRange,
		planned: number,
		report: Report,
	): Promise<number> {
		const { rows } = await this.#connection.run(
			this.#statements.rowNumbers(letter, range, planned),
		);
		const numbers = rows.map(({ row_no }) => Number(row_no));
		const failures = await this.#connection.attemptEach(WRITE_POINT, numbers, (number) =>
			this.#writeRange(letter, 1, { first: number, last: number }),
		);
		const causes = [...failures].map(([number, { error }]) => [number, error] as const);
		return await this.#report(causes, report);
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
		const changes = await this.#run(letter, planned, range);
		if (changes !== expected) throw new RowsWithheld(expected - changes);
		if (letter === 'U') this.records += changes;
	}

	async #recordsOf(planned: number, range: RowRange | undefined): Promise<number> {
		const statement = this.#statements.countRecords(range);
		if (statement === undefined) return planned;
		const { rows } = await this.#connection.run(statement);
		return Number(rows[0]?.records);
	}

	/** @returns how many records were written */
	async #run(letter: WrittenLetter, planned: number, range: RowRange | undefined): Promise<number> {
		if (letter === 'I' && this.#tracked !== undefined) {
			return await this.#tracked.insert(range, planned);
		}
		const everyRow = this.#counts.size === 1 && range === undefined;
		const statement =
			letter === 'I' ? this.#statements.insert(range, everyRow) : this.#statements.update(range);
		return (await this.#connection.run(statement)).changes;
	}

	async #rowAt(letter: PlanLetter, range: RowRange, skipped: number): Promise<number> {
		const { rows } = await this.#connection.run(this.#statements.rowAt(letter, range, skipped));
		return Number(rows[0]?.row_no ?? range.last);
	}

	/** @returns how many rows were reported */
	async #report(
		causes: ReadonlyArray<readonly [number, unknown]>,
		report: Report,
	): Promise<number> {
		report(await this.#refused(causes));
		return causes.length;
	}

	/** The rows that the table does not take, each with why. */
	async #refused(causes: ReadonlyArray<readonly [number, unknown]>): Promise<RefusedRow[]> {
		if (causes.length === 0) return [];
		await this.#tracked?.drop(causes.map(([number]) => number));
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
