import { setTimeout as sleep } from 'node:timers/promises';
import { ImportError } from '../issues';
import type { BatchedLoad, PlannedRow } from '../targets';

/** How often a whole load is begun anew that another transaction was in the way of. */
const MOST_CONFLICTS = 3;

const CONFLICT_WAIT_MS = 200;

/** Milliseconds before each try to reach a server again that a load in batches has lost: half a minute in all. */
const RECONNECT_WAITS_MS = [1000, 2000, 4000, 8000, 15_000];

/** What may come of a connection that was lost: the server may take the import for alive, and keep its lock. */
const LOST: ReadonlySet<string> = new Set(['RUN_CONNECTION', 'RUN_OUTCOME_UNKNOWN']);

/** The rows that are written first, and how many there are of each kind. */
export interface ListedRows {
	rows: PlannedRow[];
	planned: Readonly<Record<'insert' | 'update', number>>;
}

/** The tries of one load, and what has to be known of the earlier ones. */
export class Tries {
	readonly #inBatches: boolean;

	readonly #signal: AbortSignal | undefined;

	/** How often something was begun anew, batches included. */
	retries = 0;

	/** Rows that an earlier start had written when this one began. */
	resumed: number | undefined;

	/** What the first try was to write: of that, a later one knows only what is left. */
	listed: ListedRows | undefined;

	/** Rows that the tries have committed in batches. */
	#committed = 0;

	#conflicts = 0;

	#reconnects = 0;

	#lost: ImportError | undefined;

	constructor(inBatches: boolean, signal: AbortSignal | undefined) {
		this.#inBatches = inBatches;
		this.#signal = signal;
	}

	/** Takes over what a session has done. */
	enter(session: BatchedLoad | undefined): void {
		if (session === undefined) return;
		this.retries += session.retries;
		this.#committed += session.written;
		if (session.written > 0) this.#reconnects = 0;
	}

	/**
	 * Waits for the next try.
	 *
	 * @param wasStarted whether the database had taken the load
	 * @throws ImportError when there is none
	 */
	async again(error: unknown, wasStarted: boolean): Promise<void> {
		if (!(error instanceof ImportError)) throw error;
		const wait = this.#waitAfter(error, wasStarted);
		if (wait === undefined) throw this.#last(error);
		this.retries++;
		try {
			await sleep(wait, undefined, { signal: this.#signal });
		} catch {
			const message = 'The run was cancelled; nothing was written';
			throw this.#last(new ImportError('RUN_CANCELLED', message));
		}
	}

	#waitAfter(error: ImportError, wasStarted: boolean): number | undefined {
		const { code } = error.issue;
		if (code === 'RUN_CONFLICT' && this.#committed === 0) {
			if (this.#conflicts >= MOST_CONFLICTS) return undefined;
			return CONFLICT_WAIT_MS * 2 ** this.#conflicts++ * (0.5 + Math.random());
		}
		if (!this.#inBatches) return undefined;
		const isReconnecting = this.#lost !== undefined;
		if (LOST.has(code) && (wasStarted || isReconnecting)) {
			this.#lost = error;
			return this.#nextReconnect();
		}
		return code === 'RUN_LOCKED' && !wasStarted && isReconnecting
			? this.#nextReconnect()
			: undefined;
	}

	#nextReconnect(): number | undefined {
		return RECONNECT_WAITS_MS[this.#reconnects++];
	}

	/** The error that the load ends with: it says what is written all the same. */
	#last(error: ImportError): ImportError {
		if (!this.#inBatches) return error;
		if (this.#committed === 0 && this.#lost === undefined) return error;
		const shown = error.issue.code === 'RUN_CANCELLED' ? error : (this.#lost ?? error);
		const { code, message: _, ...found } = shown.issue;
		const reason =
			code === 'RUN_CANCELLED'
				? 'The run was cancelled'
				: code === 'RUN_OUTCOME_UNKNOWN'
					? 'The connection was lost before the database confirmed a batch'
					: shown.message;
		const hint = 'Start the import again: it goes on behind the last batch that is written.';
		return new ImportError(
			code === 'RUN_OUTCOME_UNKNOWN' ? 'RUN_CONNECTION' : code,
			`${reason}; ${this.#committed} rows are known to be written, and stay`,
			{ ...found, hint },
			{ cause: error },
		);
	}
}
