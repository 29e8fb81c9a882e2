import type { Column } from '../dataset';
import { ImportError, issue, quoteValue, type Issue, type IssueCode } from '../issues';
import type { TableDescription, Target, UndoAction, UndoneEntry, UndoSession } from '../targets';
import { FailedRows, type FailedRow } from './failed';
import { brokenGuard, type Guards } from './guards';
import { IssueGroups, type IssueGroup } from './issue-groups';
import type { OutcomeCounts } from './load';

interface UndoJob {
	table: TableDescription;
	run: string;
	/** Plan: everything but the write. */
	mode: 'plan' | 'apply';
	/** At most so many undone records are listed. */
	listLimit: number;
	/** What must hold before anything is written: of the failed, and of the restored as updated. */
	guards?: Guards;
	signal?: AbortSignal;
}

/** Every write of the run is counted in exactly one of the seven; nothing is ever inserted. */
export interface UndoCounts extends OutcomeCounts {
	/** Records that the run inserted, and that are gone now. Records that are restored count as updated. */
	deleted: number;
}

export interface UndoSummary extends UndoCounts {
	status: 'undone' | 'planned' | 'stopped' | 'already undone';
	run: string;
	/** Why the undo was stopped, or would be if the plan were applied. */
	stopped?: string;
	/** Records that the run wrote. */
	rows: number;
	seconds: number;
	codes: Partial<Record<IssueCode, number>>;
	problems: IssueGroup[];
}

export interface UndoResult {
	summary: UndoSummary;
	/** The first records that were deleted or restored, or would be. */
	written: UndoneEntry[];
	/** What was left as it is: `columns` are those of its rows. */
	failed: FailedRows;
	columns: Column[];
}

const LISTED_PROBLEMS = 20;
const PAGE_ENTRIES = 2000;

const OUTCOMES: Readonly<Record<UndoAction, keyof UndoCounts>> = {
	delete: 'deleted',
	restore: 'updated',
	unchanged: 'unchanged',
	skip: 'skipped',
	fail: 'failed',
};

/**
 * Takes back what a run has written to a table: deletes the records that it inserted, and gives those that it updated their
 * fields back. Records that somebody changed since are left as they are.
 *
 * @throws ImportError UNDO_UNKNOWN, RUN_*, WRITE_DENIED, WRITE_REFUSED; nothing is written then, but for
 * RUN_OUTCOME_UNKNOWN, which leaves it open
 */
export async function undo(target: Target, job: UndoJob): Promise<UndoResult> {
	const started = performance.now();
	const { table, run, signal, mode } = job;
	if (target.startUndo === undefined) {
		throw new ImportError('RUN_CONFIG', `A ${target.label} keeps no journal: no run can be undone`);
	}
	const session = await target.startUndo({ table, run, signal, exclusive: mode === 'apply' });
	const account = new UndoAccount(job);
	try {
		for (const { action, entries } of await session.decide()) {
			account.counts[OUTCOMES[action]] += entries;
		}
		const written = await settle(session, job, account);
		const status = statusOf(account, mode);
		if (status === 'undone') await session.commit();
		return {
			summary: account.summary(status, started),
			written: status === 'stopped' ? [] : written,
			failed: account.failed,
			columns: account.columns,
		};
	} catch (error) {
		await account.failed.dispose();
		throw error;
	} finally {
		await session.close();
	}
}

function statusOf(account: UndoAccount, mode: UndoJob['mode']): UndoSummary['status'] {
	if (account.isDone) return 'already undone';
	if (mode === 'plan') return 'planned';
	return account.stopped === undefined ? 'undone' : 'stopped';
}

/** Lists and, unless this is a plan, writes. @returns the first records that are written */
async function settle(
	session: UndoSession,
	{ mode, listLimit }: UndoJob,
	account: UndoAccount,
): Promise<UndoneEntry[]> {
	let written = await session.planned(['delete', 'restore'], listLimit);
	const refused = new Map<number, Issue>();
	if (!account.isStopped() && mode === 'apply' && !account.isDone) {
		for (const { entry, action, issue: found } of await session.apply()) {
			account.counts[OUTCOMES[action]]--;
			account.counts.failed++;
			refused.set(entry, found);
		}
		written = written.filter(({ entry }) => !refused.has(entry));
		// the write may have brought more failures to light
		account.isStopped();
	}
	await account.listFailures(session, refused);
	if (mode === 'apply' && account.stopped !== undefined) account.leaveUnprocessed();
	return written;
}

/** Keeps the books of an undo. */
class UndoAccount {
	readonly #job: UndoJob;

	readonly failed = new FailedRows();

	readonly #groups = new IssueGroups();

	/** The columns of failed rows: what was to be done, and what tells the record from every other. */
	columns: Column[] = [{ name: 'undo' }];

	readonly counts: UndoCounts = {
		inserted: 0,
		updated: 0,
		deleted: 0,
		unchanged: 0,
		skipped: 0,
		failed: 0,
		unprocessed: 0,
	};

	/** What a guard has to say against the write. */
	stopped: string | undefined;

	constructor(job: UndoJob) {
		this.#job = job;
	}

	get #rows(): number {
		return Object.values<number>({ ...this.counts }).reduce((sum, count) => sum + count, 0);
	}

	/** Whether all that the run wrote was undone before. */
	get isDone(): boolean {
		return this.counts.skipped === this.#rows;
	}

	isStopped(): boolean {
		this.stopped = brokenGuard(this.#job.guards ?? {}, { ...this.counts, rows: this.#rows });
		return this.stopped !== undefined;
	}

	/** What was to be written is not. */
	leaveUnprocessed(): void {
		this.counts.unprocessed += this.counts.deleted + this.counts.updated;
		this.counts.deleted = 0;
		this.counts.updated = 0;
	}

	/** @param refused what the database had to say against entries, by their numbers in the journal */
	async listFailures(session: UndoSession, refused: ReadonlyMap<number, Issue>): Promise<void> {
		for (let after = 0; ;) {
			const entries = await session.planned(['fail'], PAGE_ENTRIES, after);
			const rows = entries.map((entry) => this.#failedRow(entry, refused.get(entry.entry)));
			await this.failed.add(rows);
			const last = entries.at(-1);
			if (last === undefined || entries.length < PAGE_ENTRIES) return;
			after = last.entry;
		}
	}

	#failedRow(entry: UndoneEntry, refused: Issue | undefined): FailedRow {
		const { number, record, wrote } = entry;
		if (this.columns.length === 1) {
			this.columns = [...this.columns, ...Object.keys(record).map((name) => ({ name }))];
		}
		const found = refused === undefined ? reasonOf(entry) : { ...refused, row: number };
		this.#groups.add(found);
		const wanted = wrote === 'insert' ? 'delete' : 'restore';
		const key = Object.values(record).map((value) => (value ?? null) as string | number | null);
		return { number, source: [wanted, ...key], issues: [found] };
	}

	summary(status: UndoSummary['status'], started: number): UndoSummary {
		if (this.counts.skipped > 0) this.#groups.addRows('UNDO_DONE', this.counts.skipped);
		if (this.stopped !== undefined) this.#groups.addRows('RUN_GUARD', 1);
		return {
			status,
			run: this.#job.run,
			...(this.stopped !== undefined && { stopped: this.stopped }),
			rows: this.#rows,
			...this.counts,
			seconds: Math.round(performance.now() - started) / 1000,
			codes: this.#groups.byCode,
			problems: this.#groups.largest(LISTED_PROBLEMS),
		};
	}
}

/** Why a record is left as it is. */
function reasonOf({ number, code = 'WRITE_REFUSED', record, changed }: UndoneEntry): Issue {
	const key = Object.entries(record)
		.map(([name, value]) => `${name} = ${quoteValue(value ?? '')}`)
		.join(', ');
	const text =
		code === 'UNDO_GONE'
			? `The record (${key}) is no longer there`
			: changed === undefined
				? `The record (${key}) was changed since`
				: `The record (${key}) was changed since: ${changed.field} is ${quoteValue(changed.now ?? '')}, and the run left ${quoteValue(changed.left ?? '')}`;
	return issue(code, text, {
		severity: 'error',
		row: number,
		field: changed?.field,
		value: changed && quoteValue(changed.now ?? ''),
	});
}
