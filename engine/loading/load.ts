import type { Batch, Cell, Row, RunState } from '../dataset';
import { ImportError, type Issue, type IssueCode } from '../issues';
import type {
	AbsenceCounts,
	AbsentRecord,
	LoadSession,
	LoadSpecification,
	PlannedCount,
	PlannedRow,
	ReferenceOutcome,
	RefusedRecord,
	RefusedRow,
	RefusedWrite,
	RowChoice,
	StagedRow,
	StagedValue,
	Target,
} from '../targets';
import { FailedRows, RefusedRows, type FailedRow } from './failed';
import { brokenAbsenceGuard, brokenGuard, type AbsenceGuards, type Guards } from './guards';
import { IssueGroups, type IssueGroup } from './issue-groups';
import { PlannedFailures } from './planned-failures';
import type { PlanCheck, PlanFile, PlanReport } from './plans';
import { RowPlaces } from './row-places';
import { Tries, type ListedRows } from './tries';

interface LoadJob extends LoadSpecification {
	/** Plan: everything but the write. */
	mode: 'plan' | 'apply';
	/** Rows whose columns are those of the specification, in that order. Each call reads them from the first one on. */
	batches: () => AsyncIterable<Batch>;
	/** Whether the batches give the rows in the order of the file, each at most once. */
	inFileOrder: boolean;
	/** Reads the given rows of the source again, as they stand there: for rows that the target refuses. */
	reread: (numbers: Pick<ReadonlySet<number>, 'has' | 'size'>) => AsyncIterable<Row>;
	/** At most so many written rows are listed. */
	listLimit: number;
	/** What the steps leave behind for the next run: kept together with what is written. */
	state?: RunState;
	/** What must hold before anything is written. */
	guards?: Guards;
	/** Rows of the file that was imported last. */
	lastRows?: number;
	/** Knows what was planned: rows that would do something else fail. */
	check?: PlanCheck;
	/** Takes the plan of every row. */
	report?: PlanReport;
	/** Keeps what was planned, while the session is open. @returns the token to apply it by */
	keep?: (session: LoadSession) => Promise<string>;
	/** What is to be done once the rows are written. @throws ImportError RUN_STATE, which is a warning then */
	written?: (rows: number) => Promise<void>;
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
	/** Cancelled: the batches that were committed stay, and the rows of the others are unprocessed. */
	status: 'applied' | 'planned' | 'stopped' | 'already imported' | 'cancelled';
	/** The run under which the writes are kept, where they can be undone. */
	run?: string;
	/** Why the run was stopped, or would be if the plan were applied. */
	stopped?: string;
	/** Rows read from the file. */
	rows: number;
	/** Records of other tables that were created because rows refer to them, or would be. */
	referencesCreated?: number;
	/** What a person should know about how records were looked for. */
	notes?: string[];
	seconds: number;
	/** Records that are absent from the file: those that were deleted or changed, or would be, and those that cannot be. */
	removed?: number;
	retired?: number;
	notRemoved?: number;
	/** Records that were updated, or would be, where a rule takes all that fit. */
	updatedRecords?: number;
	/** The token that the plan is applied by. */
	plan?: string;
	/** Rows for which a record was found, by the name of the rule. */
	rules: Record<string, number>;
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
	/** What is to become of every row, where that was asked for. */
	planFile?: PlanFile;
	/** The first records that were deleted or changed because they are absent from the file, or would be. */
	absent: AbsentRecord[];
	/** The first of those that the database refused to delete or change. */
	refusedRecords: RefusedRecord[];
}

const LISTED_PROBLEMS = 20;
const PAGE_ROWS = 5000;

/** Rows that are read again and kept at a time. */
const ROWS_READ_AGAIN = 1000;

/**
 * Runs one import: stages the rows, settles what is to become of each, writes them and accounts for every one.
 * Nothing is written unless all of it is: an error half-way leaves the table as it was, unless the target has no
 * transactions, or the load commits in batches. RUN_OUTCOME_UNKNOWN alone leaves open whether all of it is.
 *
 * Where another transaction is in the way, the load is tried again from the source on; so is one in batches that loses its
 * connection.
 *
 * @throws ImportError FILE_*, RUN_*, WRITE_DENIED, WRITE_NO_SPACE, WRITE_REFUSED
 */
export async function load(target: Target, job: LoadJob): Promise<LoadResult> {
	const started = performance.now();
	const tries = new Tries(job.commitInBatches !== undefined, job.signal);
	for (;;) {
		let session: LoadSession | undefined;
		try {
			session = await target.startLoad(job);
			return await loadOnce(session, job, tries, started);
		} catch (error) {
			tries.enter(session?.inBatches);
			await tries.again(error, session !== undefined);
		}
	}
}

async function loadOnce(
	session: LoadSession,
	job: LoadJob,
	tries: Tries,
	started: number,
): Promise<LoadResult> {
	const failed = new FailedRows();
	const account = new Account(job, failed);
	let planFile: PlanFile | undefined;
	try {
		if (await session.alreadyImported()) {
			account.note('RUN_FILE_ALREADY_IMPORTED');
			const summary = account.summary('already imported', started);
			return { summary, written: [], failed, absent: [], refusedRecords: [] };
		}
		for await (const batch of job.batches()) await account.take(session, batch);
		const written = await settle(session, job, account, tries);
		// before the commit: should the file have become another, nothing is written
		await account.fetchRefusedRows();
		const status = await finish(session, job, account);
		if (status === 'applied' && account.isAnythingTaken) await account.remember();
		if (status === 'planned') {
			planFile = await account.writePlan(session);
			await account.keepPlan(session);
		}
		account.noteTries(tries, session.inBatches?.retries);
		const { absence, absent } = account;
		const refusedRecords = absence?.listed ?? [];
		const kept = new Set(refusedRecords.map(({ values }) => JSON.stringify(values)));
		return {
			summary: account.summary(status, started),
			written,
			failed,
			...(planFile && { planFile }),
			absent: absent.filter(({ values }) => !kept.has(JSON.stringify(values))),
			refusedRecords,
		};
	} catch (error) {
		await failed.dispose();
		await planFile?.dispose();
		throw withWrittenRows(error, session.writtenAtOnce ?? 0);
	} finally {
		account.close();
		await session.close();
	}
}

/** Commits, unless there is nothing to commit. @returns how the run has ended */
async function finish(
	session: LoadSession,
	job: LoadJob,
	account: Account,
): Promise<LoadSummary['status']> {
	const { mode, signal, state } = job;
	if (mode === 'plan') return 'planned';
	if (account.stopped !== undefined) return 'stopped';
	const commit = () => session.commit(account.isAnythingTaken);
	if (session.inBatches === undefined) {
		await leaveBehind(state, commit);
		return 'applied';
	}
	try {
		// its rows are committed; what is left is to close the run
		if (signal?.aborted !== true) await commit();
	} catch (error) {
		if (!(error instanceof ImportError) || error.issue.code !== 'RUN_CANCELLED') throw error;
	}
	return signal?.aborted === true ? 'cancelled' : 'applied';
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
async function leaveBehind(state: LoadJob['state'], commit: () => Promise<void>): Promise<void> {
	if (state === undefined) {
		await commit();
		return;
	}
	let unknown: ImportError | undefined;
	await state.commit(async () => {
		try {
			await commit();
		} catch (error) {
			if (!(error instanceof ImportError) || error.issue.code !== 'RUN_OUTCOME_UNKNOWN')
				throw error;
			unknown = error;
		}
	});
	if (unknown !== undefined) throw unknown;
}

/** Decides, lists and, unless this is a plan, writes. @returns the first rows that are written */
async function settle(
	session: LoadSession,
	job: LoadJob,
	account: Account,
	tries: Tries,
): Promise<PlannedRow[]> {
	await account.choose(session);
	const { refused, counts, byRule, references, notes = [] } = await session.decide();
	account.refuse(refused);
	account.noteUnread(counts);
	if (references !== undefined) account.takeReferences(references);
	account.rules = byRule;
	account.warn(notes);
	await job.check?.requireSameAbsent(session);
	const settled =
		job.check === undefined ? counts : await session.withhold(job.check.staleRows(session));
	account.updatedRecords = session.updatedRecords;
	account.absence = session.absence;
	for (const { action, code, rows } of settled) account.plan(action, code, rows);
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
	const { inBatches } = session;
	if (inBatches?.isResumed !== true) tries.listed = undefined;
	tries.resumed ??= account.resumed;
	tries.listed ??= { rows: written, planned: account.planned };
	// numbers must not be given twice: what is counted counts before the first batch is written
	if (inBatches !== undefined) await leaveBehind(job.state, () => inBatches.keepPlan());
	const listed = new Set(tries.listed.rows.map(({ number }) => number));
	const kept = new Set(refused.map(({ number }) => number).filter((row) => listed.has(row)));
	await session.apply((refusedWrites) => {
		for (const { number } of refusedWrites) if (listed.has(number)) kept.add(number);
		account.withdraw(refusedWrites);
	});
	account.updatedRecords = session.updatedRecords;
	account.noteAbsence(session.absence);
	if (inBatches !== undefined) account.leave(inBatches.left);
	// what is written by and by can be taken back by no guard and no cancel
	else if (session.writtenAtOnce === undefined) {
		// the write may have brought more failures to light
		if (account.isStopped()) {
			account.leaveUnprocessed();
			return [];
		}
		stopIfCancelled(job.signal);
	}
	const all = inBatches === undefined ? written : reached(tries.listed, inBatches.left);
	return account.inFile(all.filter(({ number }) => !kept.has(number)));
}

/** Of the listed rows those that were come to: of each kind the first ones. */
function reached(
	{ rows, planned }: ListedRows,
	left: Readonly<Record<'insert' | 'update', number>>,
): PlannedRow[] {
	const open = { insert: planned.insert - left.insert, update: planned.update - left.update };
	return rows.filter(({ action }) => open[action === 'insert' ? 'insert' : 'update']-- > 0);
}

async function* pages(
	session: LoadSession,
	action: PlannedRow['action'],
): AsyncGenerator<PlannedRow[]> {
	for (let after = 0; ;) {
		const page = await session.planned([action], PAGE_ROWS, after);
		yield page;
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

	/** Those of the inserted and updated rows that an earlier start has written. */
	readonly #resumed = { inserted: 0, updated: 0 };

	/** Rows that were staged and fail later; their cells are read again at the end. */
	readonly #refused = new RefusedRows();

	readonly #places: RowPlaces;

	readonly #failures: PlannedFailures;

	/** What a person has decided about rows of the file, and about staged ones. */
	readonly #choices: ReadonlyMap<number, RowChoice>;

	readonly #chosen: RowChoice[] = [];

	readonly #chosenRows = new Set<number>();

	/** Rows for which a record was found, by the name of the rule. */
	rules: Record<string, number> = {};

	#plan: string | undefined;

	#rows = 0;

	#referencesCreated = 0;

	readonly #notes: string[] = [];

	/** Positions of the columns that hold JSON: there a text or a number is JSON too, and must be written as such. */
	readonly #jsonColumns: readonly number[];

	constructor(job: LoadJob, failed: FailedRows) {
		this.#job = job;
		this.#failed = failed;
		this.#places = new RowPlaces(job.inFileOrder);
		this.#failures = new PlannedFailures(job, this.#places, job.check);
		this.#choices = new Map(job.choices?.map((choice) => [choice.row, choice]));
		const types = new Map(job.table.columns.map(({ name, type }) => [name, type]));
		this.#jsonColumns = job.columns.flatMap((name, i) => (types.get(name) === 'json' ? [i] : []));
	}

	async take(session: LoadSession, batch: Batch): Promise<void> {
		this.#rows += batch.rows.length + batch.rejected.length;
		for (const warning of batch.issues) this.#groups.add(warning);
		for (const rejected of batch.rejected) {
			this.#counts[rejected.outcome]++;
			for (const found of rejected.issues) this.#groups.add(found);
			const action = rejected.outcome === 'failed' ? 'fail' : 'skip';
			this.#job.report?.addOther(rejected.number, action, rejected.issues);
		}
		const failed = batch.rejected.filter(({ outcome }) => outcome === 'failed');
		await this.#failed.add(failed.map(({ outcome: _, ...row }) => row));
		const staged = batch.rows.map((row) => {
			const number = this.#places.stage(row.number);
			const choice = this.#choices.get(row.number);
			if (choice !== undefined) this.#chosen.push({ ...choice, row: number });
			if (choice !== undefined) this.#chosenRows.add(row.number);
			const cleared = takeCleared(row.cells, this.#job.clearingValue);
			return stagedRow(row, number, this.#jsonColumns, cleared);
		});
		this.refuse(await session.stage(staged));
	}

	refuse(refused: readonly RefusedRow[]): void {
		for (const { number, issue: found, tell } of refused) {
			this.#counts.failed++;
			const message = tell?.((staged) => this.#places.rowOf(staged)) ?? found.message;
			const placed = this.#noteRefused(number, { ...found, message });
			this.#job.report?.addOther(this.#places.rowOf(number), 'fail', [placed]);
		}
	}

	/** Hands the choices on; those for rows that are not matched are said to be of no use. */
	async choose(session: LoadSession): Promise<void> {
		if (this.#job.choices === undefined) return;
		await session.choose(this.#chosen);
		const unused = this.#choices.size - this.#chosenRows.size;
		if (unused > 0) this.#groups.addRows('MATCH_CHOICE_UNUSED', unused);
	}

	/** @param staged number that the row was staged under */
	#noteRefused(staged: number, found: Issue): Issue {
		const row = this.#places.rowOf(staged);
		const placed = found.row === undefined ? found : { ...found, row };
		this.#groups.add(placed);
		this.#refused.add(row, placed);
		return placed;
	}

	/** Planned rows under their numbers in the file. */
	inFile(rows: PlannedRow[]): PlannedRow[] {
		return rows.map((row) => ({ ...row, number: this.#places.rowOf(row.number) }));
	}

	/** What became of references to records. */
	takeReferences({ created, emptied }: ReferenceOutcome): void {
		this.#referencesCreated += created;
		for (const { issue: found, rows } of emptied) {
			const row = found.row === undefined ? undefined : this.#places.rowOf(found.row);
			this.#groups.add({ ...found, row }, rows);
		}
	}

	/** What a person should know about the run as a whole. */
	warn(notes: readonly Issue[]): void {
		for (const note of notes) this.#groups.add(note);
		this.#notes.push(...notes.map(({ message }) => message));
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
		if (code === 'RUN_RESUMED' && (outcome === 'inserted' || outcome === 'updated')) {
			this.#resumed[outcome] += rows;
		}
		// the issues of failed rows are added one by one
		if (code !== undefined && (action === 'skip' || action === 'unchanged'))
			this.#groups.addRows(code, rows);
	}

	async listPlannedFailures(session: LoadSession): Promise<void> {
		for await (const rows of pages(session, 'fail')) {
			const issues = await this.#failures.describe(session, rows);
			for (const [i, { number }] of rows.entries()) {
				const found = issues[i];
				if (found !== undefined) this.#noteRefused(number, found);
			}
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
		const { guards = {}, lastRows, absenceGuards = {} } = this.#job;
		this.stopped = brokenGuard(guards, { ...this.#counts, rows: this.#rows }, lastRows);
		if (this.stopped === undefined && this.absence !== undefined) {
			this.stopped = brokenAbsenceGuard(absenceGuards, this.absence, this.#unread);
		}
		if (this.stopped === undefined) return false;
		this.note('RUN_GUARD');
		return true;
	}

	/** Rows that an earlier start has written. */
	get resumed(): number {
		return this.#resumed.inserted + this.#resumed.updated;
	}

	/** What is to be written, once it is decided. */
	get planned(): Record<'insert' | 'update', number> {
		return {
			insert: this.#counts.inserted - this.#resumed.inserted,
			update: this.#counts.updated - this.#resumed.updated,
		};
	}

	/** What was to be written is not. */
	leaveUnprocessed(): void {
		this.leave(this.planned);
		if (this.updatedRecords !== undefined) this.updatedRecords = 0;
		if (this.absence !== undefined)
			this.absence = { ...this.absence, absent: 0, refused: 0, listed: [] };
		this.absent = [];
	}

	/** Of what was to be written some rows are not. */
	leave({ insert, update }: Readonly<Record<'insert' | 'update', number>>): void {
		this.#counts.inserted -= insert;
		this.#counts.updated -= update;
		this.#counts.unprocessed += insert + update;
	}

	/** What is to be said of the tries of a load. @param more in the last one */
	noteTries({ retries, resumed = 0 }: Tries, more = 0): void {
		if (retries + more > 0) this.#groups.addRows('RUN_RETRIED', retries + more);
		if (resumed > 0) this.#groups.addRows('RUN_RESUMED', resumed);
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
		let rows: FailedRow[] = [];
		for await (const row of this.#job.reread(this.#refused)) {
			rows.push(this.#refused.failedRow(row));
			if (rows.length < ROWS_READ_AGAIN) continue;
			await this.#failed.addRefused(rows);
			rows = [];
		}
		await this.#failed.addRefused(rows);
	}

	/** Writes what is to become of every row to a file, where that is wanted. */
	async writePlan(session: LoadSession): Promise<PlanFile | undefined> {
		return await this.#job.report?.write({
			session,
			rowOf: (staged) => this.#places.rowOf(staged),
			describe: (failing) => this.#failures.describe(session, failing),
		});
	}

	/** A plan that cannot be kept is a plan all the same: it can be looked at, and not be applied by its token. */
	async keepPlan(session: LoadSession): Promise<void> {
		await this.#orNote('RUN_PLAN_NOT_KEPT', async () => {
			this.#plan = await this.#job.keep?.(session);
		});
	}

	/** Leaves the run behind for the next; the rows are written, whatever comes of it. */
	async remember(): Promise<void> {
		await this.#orNote('RUN_STATE', async () => await this.#job.written?.(this.#rows));
	}

	async #orNote(code: IssueCode, work: () => Promise<void>): Promise<void> {
		try {
			await work();
		} catch (error) {
			if (!(error instanceof ImportError) || error.code !== 'RUN_STATE') throw error;
			this.#groups.add({ ...error.issue, code, severity: 'warning' });
		}
	}

	close(): void {
		this.#refused.close();
		this.#job.report?.close();
	}

	get #isAnythingWritten(): boolean {
		return this.#counts.inserted + this.#counts.updated > 0;
	}

	summary(status: LoadSummary['status'], started: number): LoadSummary {
		return {
			status,
			...(status === 'applied' && this.#isAnythingWritten && { run: this.#job.journal?.run }),
			...(this.stopped !== undefined && { stopped: this.stopped }),
			rows: this.#rows,
			...this.#counts,
			...(this.#notes.length > 0 && { notes: this.#notes }),
			...(this.#referencesCreated > 0 && { referencesCreated: this.#referencesCreated }),
			...this.#absenceSummary,
			...(this.updatedRecords !== undefined && { updatedRecords: this.updatedRecords }),
			seconds: Math.round(performance.now() - started) / 1000,
			...(this.#plan !== undefined && { plan: this.#plan }),
			rules: this.rules,
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
}

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
