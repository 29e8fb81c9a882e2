import type { Batch, Cell, Row, RunState } from '../dataset';
import { ImportError, issue, quoteValue, type Issue, type IssueCode } from '../issues';
import { nameOfRule, type MatchRule } from '../matching';
import type {
	AbsenceCounts,
	AbsentRecord,
	LoadSession,
	LoadSpecification,
	PlannedCount,
	PlannedRow,
	RefusedRecord,
	RefusedRow,
	RefusedWrite,
	StagedRow,
	StagedValue,
	Target,
} from '../targets';
import { FailedRows } from './failed';
import { brokenAbsenceGuard, brokenGuard, type AbsenceGuards, type Guards } from './guards';
import { IssueGroups, type IssueGroup } from './issue-groups';
import { RowPlaces } from './row-places';

interface LoadJob extends LoadSpecification {
	/** Plan: everything but the write. */
	mode: 'plan' | 'apply';
	/** Rows whose columns are those of the specification, in that order. */
	batches: AsyncIterable<Batch>;
	/** Whether the batches give the rows in the order of the file, each at most once. */
	inFileOrder: boolean;
	/** Reads the given rows of the source again, as they stand there: for rows that the target refuses. */
	reread: (numbers: ReadonlySet<number>) => AsyncIterable<Row>;
	/** At most so many written rows are listed. */
	listLimit: number;
	/** What the steps leave behind for the next run: kept together with what is written. */
	state?: RunState;
	/** What must hold before anything is written. */
	guards?: Guards;
	/** What must hold before absent records are deleted or changed. */
	absenceGuards?: AbsenceGuards;
}

/** Every row of the file is counted in exactly one of the six. */
export interface OutcomeCounts {
	inserted: number;
	updated: number;
	unchanged: number;
	skipped: number;
	failed: number;
	unprocessed: number;
}

export interface LoadSummary extends OutcomeCounts {
	status: 'applied' | 'planned' | 'stopped' | 'already imported';
	/** Why the run was stopped, or would be if the plan were applied. */
	stopped?: string;
	/** Rows read from the file. */
	rows: number;
	seconds: number;
	/** Records that are absent from the file: those that were deleted or changed, or would be, and those that cannot be. */
	removed?: number;
	retired?: number;
	notRemoved?: number;
	/** Records that were updated, or would be, where a rule takes all that fit. */
	updatedRecords?: number;
	/** Rows or warnings by code. */
	codes: Partial<Record<IssueCode, number>>;
	/** The most frequent problems, by code, column and value. */
	problems: IssueGroup[];
}

export interface LoadResult {
	summary: LoadSummary;
	/** The first rows that were inserted or updated, or would be. */
	written: PlannedRow[];
	failed: FailedRows;
	/** The first records that were deleted or changed because they are absent from the file, or would be. */
	absent: AbsentRecord[];
	/** The first of those that the database refused to delete or change. */
	refusedRecords: RefusedRecord[];
}

const LISTED_PROBLEMS = 20;
const PAGE_ROWS = 5000;

/**
 * Runs one import: stages the rows, settles what is to become of each, writes them and accounts for every one.
 * Nothing is written unless all of it is: an error half-way leaves the table as it was, unless the target has no
 * transactions. RUN_OUTCOME_UNKNOWN alone leaves open whether all of it is.
 *
 * @throws ImportError FILE_*, RUN_*, WRITE_DENIED, WRITE_NO_SPACE, WRITE_REFUSED
 */
export async function load(target: Target, job: LoadJob): Promise<LoadResult> {
	const started = performance.now();
	const session = await target.startLoad(job);
	const failed = new FailedRows();
	try {
		const account = new Account(job, failed);
		if (await session.alreadyImported()) {
			account.note('RUN_FILE_ALREADY_IMPORTED');
			const summary = account.summary('already imported', started);
			return { summary, written: [], failed, absent: [], refusedRecords: [] };
		}
		for await (const batch of job.batches) await account.take(session, batch);
		const written = await settle(session, job, account);
		// before the commit: should the file have become another, nothing is written
		await account.fetchRefusedRows();
		const isStopped = job.mode === 'apply' && account.stopped !== undefined;
		if (job.mode === 'apply' && !isStopped) await commit(session, job, account.isAnythingTaken);
		const status = isStopped ? 'stopped' : job.mode === 'apply' ? 'applied' : 'planned';
		const { absence, absent } = account;
		const refusedRecords = absence?.listed ?? [];
		const kept = new Set(refusedRecords.map(({ values }) => JSON.stringify(values)));
		return {
			summary: account.summary(status, started),
			written,
			failed,
			absent: absent.filter(({ values }) => !kept.has(JSON.stringify(values))),
			refusedRecords,
		};
	} catch (error) {
		await failed.dispose();
		throw withWrittenRows(error, session.writtenAtOnce ?? 0);
	} finally {
		await session.close();
	}
}

/** An error after rows were written for good must say that they are there. */
function withWrittenRows(error: unknown, rows: number): unknown {
	if (rows === 0 || !(error instanceof ImportError)) return error;
	const { code, issue: found } = error;
	return new ImportError(code, `${error.message}; ${rows} rows were written and stay`, found, {
		cause: error,
	});
}

/**
 * What the steps leave behind counts only when the rows are written, and the rows only when it can be left behind. Where it
 * is not known whether they are written it counts: a number that is left out does less harm than one given twice.
 */
async function commit(session: LoadSession, { state }: LoadJob, remember: boolean): Promise<void> {
	if (state === undefined) {
		await session.commit(remember);
		return;
	}
	let unknown: ImportError | undefined;
	await state.commit(async () => {
		try {
			await session.commit(remember);
		} catch (error) {
			if (!(error instanceof ImportError) || error.issue.code !== 'RUN_OUTCOME_UNKNOWN')
				throw error;
			unknown = error;
		}
	});
	if (unknown !== undefined) throw unknown;
}

/** Decides, lists and, unless this is a plan, writes. @returns the first rows that are written */
async function settle(session: LoadSession, job: LoadJob, account: Account): Promise<PlannedRow[]> {
	const { refused, counts } = await session.decide();
	account.updatedRecords = session.updatedRecords;
	account.absence = session.absence;
	account.refuse(refused);
	account.noteUnread(counts);
	for (const { action, code, rows } of counts) account.plan(action, code, rows);
	await account.listPlannedFailures(session);
	const written = await session.planned(['insert', 'update'], job.listLimit);
	account.absent = (await session.absent?.(job.listLimit)) ?? [];
	const isStopped = account.isStopped();
	if (job.mode === 'plan') return account.inFile(written);
	if (isStopped) {
		account.leaveUnprocessed();
		return [];
	}

	stopIfCancelled(job.signal);
	const kept = await session.apply();
	account.withdraw(kept);
	account.updatedRecords = session.updatedRecords;
	account.noteAbsence(session.absence);
	// what is written at once can be taken back by no guard and no cancel
	if (session.writtenAtOnce === undefined) {
		// the write may have brought more failures to light
		if (account.isStopped()) {
			account.leaveUnprocessed();
			return [];
		}
		stopIfCancelled(job.signal);
	}
	const numbers = new Set(kept.map(({ number }) => number));
	return account.inFile(written.filter(({ number }) => !numbers.has(number)));
}

async function* pages(
	session: LoadSession,
	action: PlannedRow['action'],
): AsyncGenerator<PlannedRow> {
	for (let after = 0; ;) {
		const page = await session.planned([action], PAGE_ROWS, after);
		yield* page;
		const last = page.at(-1);
		if (last === undefined || page.length < PAGE_ROWS) return;
		after = last.number;
	}
}

function stopIfCancelled(signal: AbortSignal | undefined): void {
	if (signal?.aborted) {
		throw new ImportError('RUN_CANCELLED', 'The run was cancelled; nothing was written');
	}
}

/** Keeps the books of a run: every row that was read has one outcome. */
class Account {
	readonly #job: LoadJob;

	readonly #failed: FailedRows;

	readonly #groups = new IssueGroups();

	readonly #counts: OutcomeCounts = {
		inserted: 0,
		updated: 0,
		unchanged: 0,
		skipped: 0,
		failed: 0,
		unprocessed: 0,
	};

	/** Issues of rows that were staged and fail later; their cells are read again at the end. */
	readonly #refused = new Map<number, Issue[]>();

	readonly #places: RowPlaces;

	#rows = 0;

	/** Positions of the columns that hold JSON: there a text or a number is JSON too, and must be written as such. */
	readonly #jsonColumns: readonly number[];

	constructor(job: LoadJob, failed: FailedRows) {
		this.#job = job;
		this.#failed = failed;
		this.#places = new RowPlaces(job.inFileOrder);
		const types = new Map(job.table.columns.map(({ name, type }) => [name, type]));
		this.#jsonColumns = job.columns.flatMap((name, i) => (types.get(name) === 'json' ? [i] : []));
	}

	async take(session: LoadSession, batch: Batch): Promise<void> {
		this.#rows += batch.rows.length + batch.rejected.length;
		for (const warning of batch.issues) this.#groups.add(warning);
		for (const rejected of batch.rejected) {
			this.#counts[rejected.outcome]++;
			for (const found of rejected.issues) this.#groups.add(found);
		}
		const failed = batch.rejected.filter(({ outcome }) => outcome === 'failed');
		await this.#failed.add(failed.map(({ outcome: _, ...row }) => row));
		const staged = batch.rows.map((row) =>
			stagedRow(
				row,
				this.#places.stage(row.number),
				this.#jsonColumns,
				takeCleared(row.cells, this.#job.clearingValue),
			),
		);
		this.refuse(await session.stage(staged));
	}

	refuse(refused: readonly RefusedRow[]): void {
		for (const { number, issue: found } of refused) {
			this.#counts.failed++;
			this.#noteRefused(number, found);
		}
	}

	/** @param staged number that the row was staged under */
	#noteRefused(staged: number, found: Issue): void {
		const row = this.#places.rowOf(staged);
		const placed = found.row === undefined ? found : { ...found, row };
		this.#groups.add(placed);
		const known = this.#refused.get(row);
		if (known === undefined) this.#refused.set(row, [placed]);
		else known.push(placed);
	}

	/** Planned rows under their numbers in the file. */
	inFile(rows: PlannedRow[]): PlannedRow[] {
		return rows.map((row) => ({ ...row, number: this.#places.rowOf(row.number) }));
	}

	/** Something about the run as a whole. */
	note(code: IssueCode): void {
		this.#groups.addRows(code, 1);
	}

	plan(action: PlannedRow['action'], code: IssueCode | undefined, rows: number): void {
		const outcome = (
			{
				insert: 'inserted',
				update: 'updated',
				unchanged: 'unchanged',
				skip: 'skipped',
				fail: 'failed',
			} as const
		)[action];
		this.#counts[outcome] += rows;
		// the issues of failed rows are added one by one
		if (code !== undefined && (action === 'skip' || action === 'unchanged'))
			this.#groups.addRows(code, rows);
	}

	async listPlannedFailures(session: LoadSession): Promise<void> {
		for await (const row of pages(session, 'fail')) {
			const number = this.#places.rowOf(row.number);
			this.#noteRefused(row.number, this.#describeFailure({ ...row, number }));
		}
	}

	/** Records that updates are for, where rows may be for several. */
	updatedRecords: number | undefined;

	/** Records that are absent from the file. */
	absence: AbsenceCounts | undefined;

	/** The first of them. */
	absent: AbsentRecord[] = [];

	/** Rows of which it is not known which record they are for. */
	#unread = 0;

	/** To be called before any row fails for another reason. */
	noteUnread(counts: readonly PlannedCount[]): void {
		const blank = counts.find(
			({ action, code }) => action === 'fail' && code === 'MATCH_BLANK_KEY',
		);
		this.#unread = this.#counts.failed + (blank?.rows ?? 0);
	}

	noteAbsence(absence: AbsenceCounts | undefined): void {
		this.absence = absence;
		for (const { issue: found } of absence?.listed ?? []) this.#groups.add(found);
	}

	/** What a guard has to say against the write. */
	stopped: string | undefined;

	/** Whether a guard does not hold. */
	isStopped(): boolean {
		this.stopped = brokenGuard(this.#job.guards ?? {}, { ...this.#counts, rows: this.#rows });
		if (this.stopped === undefined && this.absence !== undefined) {
			const { absenceGuards = {} } = this.#job;
			this.stopped = brokenAbsenceGuard(absenceGuards, this.absence, this.#unread);
		}
		if (this.stopped === undefined) return false;
		this.note('RUN_GUARD');
		return true;
	}

	/** What was to be written is not. */
	leaveUnprocessed(): void {
		this.#counts.unprocessed += this.#counts.inserted + this.#counts.updated;
		this.#counts.inserted = 0;
		this.#counts.updated = 0;
		if (this.updatedRecords !== undefined) this.updatedRecords = 0;
		if (this.absence !== undefined)
			this.absence = { ...this.absence, absent: 0, refused: 0, listed: [] };
		this.absent = [];
	}

	/** Rows that were planned to be written and were refused count as failed only. */
	withdraw(refused: readonly RefusedWrite[]): void {
		this.refuse(refused);
		for (const { action } of refused) this.#counts[action === 'insert' ? 'inserted' : 'updated']--;
	}

	/** A file of which every row failed is not imported: it may come again once the cause is mended. */
	get isAnythingTaken(): boolean {
		return this.#rows === 0 || this.#counts.failed < this.#rows;
	}

	/** Reads the cells of refused rows from the source again: they were not kept while the rows were staged. */
	async fetchRefusedRows(): Promise<void> {
		if (this.#refused.size === 0) return;
		const rows = [];
		for await (const { number, cells } of this.#job.reread(new Set(this.#refused.keys()))) {
			rows.push({ number, source: cells, issues: this.#refused.get(number) ?? [] });
		}
		this.#failed.addRefused(rows);
	}

	summary(status: LoadSummary['status'], started: number): LoadSummary {
		return {
			status,
			...(this.stopped !== undefined && { stopped: this.stopped }),
			rows: this.#rows,
			...this.#counts,
			...this.#absenceSummary,
			...(this.updatedRecords !== undefined && { updatedRecords: this.updatedRecords }),
			seconds: Math.round(performance.now() - started) / 1000,
			codes: this.#groups.byCode,
			problems: this.#groups.largest(LISTED_PROBLEMS),
		};
	}

	get #absenceSummary(): Pick<LoadSummary, 'removed' | 'retired' | 'notRemoved'> {
		if (this.absence === undefined) return {};
		const { action, absent, refused } = this.absence;
		return {
			...(action === 'delete' ? { removed: absent - refused } : { retired: absent - refused }),
			...(refused > 0 && { notRemoved: refused }),
		};
	}

	#describeFailure({ number, code = 'WRITE_REFUSED', values, rule }: PlannedRow): Issue {
		const { rules, table } = this.#job;
		const matchOn = columnsOfRules(
			rules.match.filter((known) => rule === undefined || nameOfRule(known) === rule),
		);
		const key = matchOn.map((name) => `${name} = ${quoteValue(values[name] ?? '')}`).join(', ');
		const needed =
			code === 'MATCH_BLANK_KEY'
				? matchOn
				: table.columns.filter((c) => !c.nullable && !c.hasDefault).map(({ name }) => name);
		const empty = needed.filter((name) => values[name] === null);
		const messages: Partial<Record<IssueCode, string>> = {
			MATCH_BLANK_KEY: `Row ${number} has no value in ${empty.join(', ')}, so its record cannot be told`,
			WRITE_NOT_NULL: `Row ${number} has no value for ${empty.join(', ')}, which the table needs`,
			CELL_LENGTH: `Row ${number} adds more to a list than its column can hold`,
			MATCH_DUPLICATE_IN_FILE: `Row ${number} has the same key as another row of the file (${key})`,
			MATCH_SEVERAL: `Row ${number} matches several records (${key})`,
			MATCH_FOUND: `Row ${number} matches a record that is already there (${key})`,
			MATCH_NONE: `Row ${number} matches no record (${key})`,
		};
		return issue(code, messages[code] ?? `Row ${number} was refused`, {
			severity: 'error',
			row: number,
			field: empty[0] ?? matchOn[0],
			value: empty.length > 0 ? undefined : quoteValue(values[matchOn[0] ?? ''] ?? ''),
		});
	}
}

const columnsOfRules = (rules: readonly MatchRule[]): string[] => [
	...new Set(rules.flatMap(({ fields }) => fields.map(({ column }) => column))),
];

/** Empties the cells that hold the clearing value. @returns their positions; undefined where there are none */
function takeCleared(cells: Cell[], clearingValue: string | undefined): number[] | undefined {
	if (clearingValue === undefined) return undefined;
	let cleared: number[] | undefined;
	for (const [index, cell] of cells.entries()) {
		if (typeof cell !== 'string' || cell.trim() !== clearingValue) continue;
		cells[index] = null;
		(cleared ??= []).push(index);
	}
	return cleared;
}

function stagedRow(
	{ cells }: Row,
	number: number,
	jsonColumns: readonly number[],
	cleared?: number[],
): StagedRow {
	for (const index of jsonColumns) {
		const cell = cells[index] ?? null;
		if (cell !== null) cells[index] = JSON.stringify(cell);
	}
	// most rows hold nothing but plain values: then the array itself is staged
	const plain = cells.every((cell) => typeof cell !== 'object' || cell === null);
	const values = plain ? (cells as StagedValue[]) : cells.map(stagedValue);
	return new RowToStage(number, values, cleared);
}

/** A class for the reason that `ReadRow` gives. */
class RowToStage implements StagedRow {
	number: number;

	values: StagedValue[];

	cleared: number[] | undefined;

	constructor(number: number, values: StagedValue[], cleared: number[] | undefined) {
		this.number = number;
		this.values = values;
		this.cleared = cleared;
	}
}

function stagedValue(cell: Cell): StagedValue {
	return typeof cell === 'object' && cell !== null ? JSON.stringify(cell) : cell;
}
