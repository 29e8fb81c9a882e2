import { setTimeout as sleep } from 'node:timers/promises';
import { ImportError } from '../../issues';
import type { BatchedLoad, RefusedWrite } from '../target';
import type { BatchLedger } from './batch-ledger';
import type { LoadConnection } from './load-connection';
import type { LoadStatements, RowRange } from './load-statements';
import type { PlanLetter } from './plan-codes';
import type { Writing, WrittenLetter } from './writing';

/** How often a batch is tried that others are in the way of. */
const TRIES = 5;

/** Milliseconds before the second try; doubled for each further one. */
const FIRST_WAIT_MS = 100;

/** Updates before inserts, as in a load that is written at once: a row may free a value that another one takes. */
const ORDER = ['U', 'I'] as const satisfies WrittenLetter[];

/** Writes a plan range by range, each range in a transaction of its own together with its entry in the ledger. */
export class BatchWriting implements BatchedLoad {
	readonly #connection: LoadConnection;

	readonly #statements: LoadStatements;

	readonly #ledger: BatchLedger;

	readonly #batchRows: number;

	/** Planned rows that are still to be written. */
	readonly #open: Record<WrittenLetter, number> = { U: 0, I: 0 };

	written = 0;

	retries = 0;

	constructor(
		connection: LoadConnection,
		statements: LoadStatements,
		ledger: BatchLedger,
		batchRows: number,
	) {
		this.#connection = connection;
		this.#statements = statements;
		this.#ledger = ledger;
		this.#batchRows = batchRows;
	}

	get isResumed(): boolean {
		return this.#ledger.isKnown;
	}

	get left(): Record<'insert' | 'update', number> {
		return { insert: this.#open.I, update: this.#open.U };
	}

	async keepPlan(): Promise<void> {
		await this.#connection.explained(async () => {
			if (!this.#ledger.isKnown) await this.#ledger.begin();
			await this.#connection.commit();
		});
	}

	/** @param counts planned rows by letter @param report takes rows that the database refused */
	async writeAll(
		writing: Writing,
		counts: ReadonlyMap<PlanLetter, number>,
		report: (refused: RefusedWrite[]) => void,
	): Promise<void> {
		for (const letter of ORDER) this.#open[letter] = counts.get(letter) ?? 0;
		for (const letter of ORDER) {
			while (this.#open[letter] > 0 && !this.#connection.isCancelled) {
				const batch = await this.#writeBatch(writing, letter);
				if (batch === undefined) break;
				report(batch);
			}
		}
	}

	/** @returns undefined when the run was cancelled meanwhile: nothing of the batch is written then */
	async #writeBatch(writing: Writing, letter: WrittenLetter): Promise<RefusedWrite[] | undefined> {
		for (let tries = 1; ; tries++) {
			try {
				return await this.#connection.explained(() => this.#tryBatch(writing, letter));
			} catch (error) {
				if (!(error instanceof ImportError)) throw error;
				const { code } = error.issue;
				if (code !== 'RUN_OUTCOME_UNKNOWN') await this.#connection.rollback();
				if (code === 'RUN_CANCELLED') return undefined;
				if (!IN_THE_WAY.has(code) || tries === TRIES) throw error;
				this.retries++;
				// whoever was in the way at the same time as this one must not be so again
				await sleep(FIRST_WAIT_MS * 2 ** (tries - 1) * (0.5 + Math.random()));
			}
		}
	}

	async #tryBatch(writing: Writing, letter: WrittenLetter): Promise<RefusedWrite[]> {
		const connection = this.#connection;
		await connection.begin();
		const first = this.#ledger.upTo(letter) + 1;
		const { rows } = await connection.run(
			this.#statements.nextRows(letter, first - 1, this.#batchRows),
		);
		const planned = Number(rows[0]?.rows_counted);
		if (planned === 0) throw new Error('The plan has fewer rows than were counted');
		const range: RowRange = { first, last: Number(rows[0]?.last_row) };
		const refused = await writing.writeNext(letter, range, planned);
		const entered = await this.#ledger.enter(letter, range, planned - refused.length, refused);
		await connection.commit();
		entered();
		this.written += planned - refused.length;
		this.#open[letter] -= planned;
		return refused;
	}

	/** @param closing what else belongs to the end of the run */
	async end(closing: () => Promise<void>): Promise<void> {
		await this.#connection.begin();
		await closing();
		await this.#ledger.end();
		await this.#connection.commit();
	}
}

/** Another transaction was in the way, or holds the database: it will not be so for ever. */
const IN_THE_WAY: ReadonlySet<string> = new Set(['RUN_CONFLICT', 'RUN_LOCKED']);
