import { ImportError } from '../../issues';
import type { LoadSession, PlannedAction, PlannedRow } from '../../targets';
import { RowDigests } from './row-digests';
import type { KeptPlan, KeptRow, RunStore } from './run-store';

const PAGE_ROWS = 5000;

/** Compares what a load is to do with what was planned. */
export class PlanCheck {
	readonly #store: RunStore;

	readonly #plan: KeptPlan;

	readonly #digests: RowDigests;

	constructor(store: RunStore, plan: KeptPlan) {
		this.#store = store;
		this.#plan = plan;
		this.#digests = new RowDigests(plan.columns);
	}

	/** @throws ImportError RUN_PLAN_CHANGED where other records are absent from the file, or they have changed */
	async requireSameAbsent(session: LoadSession): Promise<void> {
		const { parts, madeAt, token } = this.#plan;
		if (parts.absent === (await session.absentDigest?.())) return;
		throw new ImportError(
			'RUN_PLAN_CHANGED',
			`Since the plan was made on ${madeAt}, something has changed: the records that are absent from the file`,
			{ value: token },
		);
	}

	/** The numbers of rows that are to do something else than planned, in pages; a page may be empty. */
	async *staleRows(session: LoadSession): AsyncGenerator<number[]> {
		const planned = this.#pages((after) =>
			this.#store.plannedRows(this.#plan.token, after, PAGE_ROWS),
		);
		let expected = (await planned.next()).value;
		let place = 0;
		for await (const rows of this.#pages((after) => writtenPage(session, after))) {
			const stale: number[] = [];
			for (const row of rows) {
				const now = this.#digests.keep(row);
				for (;;) {
					const next: KeptRow | undefined = expected?.[place];
					if (next === undefined || next.number > now.number) {
						// it was not to be written
						stale.push(now.number);
						break;
					}
					if (++place >= (expected?.length ?? 0)) {
						expected = (await planned.next()).value;
						place = 0;
					}
					if (next.number === now.number) {
						if (!this.#digests.isSame(next, now)) stale.push(now.number);
						break;
					}
					// it was to be written and is not any more
					stale.push(next.number);
				}
			}
			yield stale;
		}
		if (expected === undefined) return;
		yield expected.slice(place).map(({ number }) => number);
		for await (const rows of planned) yield rows.map(({ number }) => number);
	}

	/** Why withheld rows are stale, in words, by the number of the row. @param rows in ascending order */
	async reasons(rows: readonly PlannedRow[]): Promise<Map<number, string>> {
		const reasons = new Map<number, string>();
		const stale = rows.filter(({ instead }) => instead !== undefined);
		const end = stale.at(-1)?.number ?? 0;
		const planned = new Map<number, KeptRow>();
		for (let after = (stale[0]?.number ?? 1) - 1; after < end;) {
			const page = await this.#store.plannedRows(this.#plan.token, after, PAGE_ROWS);
			for (const row of page) planned.set(row.number, row);
			after = page.at(-1)?.number ?? end;
		}
		for (const row of stale) reasons.set(row.number, this.#reason(row, planned.get(row.number)));
		return reasons;
	}

	#reason({ instead = 'skip', ...row }: PlannedRow, planned: KeptRow | undefined): string {
		if (planned?.action !== 'update' || instead !== 'update') {
			return `was planned ${PLANNED[planned?.action ?? 'skip']}, and would be ${NOW[instead]} now`;
		}
		const now = this.#digests.keep({ ...row, action: 'update' });
		const names = this.#digests.differences(planned, now);
		const shown = names.map((name) => `${name} is ${JSON.stringify(row.current?.[name] ?? null)}`);
		return names.length === 0
			? 'was planned to update another record'
			: `was planned to update a record that has changed since: ${shown.join(', ')} now`;
	}

	async *#pages<T extends { number: number }>(
		page: (after: number) => Promise<T[]>,
	): AsyncGenerator<T[], undefined> {
		for (let after = 0; ;) {
			const rows = await page(after);
			const last = rows.at(-1);
			if (last === undefined) return undefined;
			yield rows;
			after = last.number;
		}
	}
}

const writtenPage = (session: LoadSession, after: number): Promise<PlannedRow[]> =>
	session.planned(['insert', 'update'], PAGE_ROWS, after);

/** The rows that a plan keeps, in pages. */
export async function* rowsToKeep(
	session: LoadSession,
	columns: readonly string[],
): AsyncGenerator<KeptRow[]> {
	const digests = new RowDigests(columns);
	for (let after = 0; ;) {
		const rows = await writtenPage(session, after);
		const last = rows.at(-1);
		if (last === undefined) return;
		yield rows.map((row) => digests.keep(row));
		after = last.number;
	}
}

const PLANNED: Readonly<Record<'insert' | 'update' | 'skip', string>> = {
	insert: 'to be inserted',
	update: 'to update a record',
	skip: 'not to be written',
};

const NOW: Readonly<Record<PlannedAction, string>> = {
	insert: 'inserted',
	update: 'written to a record',
	unchanged: 'left as it is in a record',
	skip: 'skipped',
	fail: 'refused',
};
