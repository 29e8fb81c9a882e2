import { setTimeout as sleep } from 'node:timers/promises';
import { ImportError } from '../../issues';
import type { SqlConnection } from './connection';

/** A cancel that arrives between two steps of a statement may be lost: it is sent again after so long. */
const REPEAT_MS = 500;

/**
 * Breaks off what a connection is doing once a signal is aborted: a statement that waits for a lock would otherwise wait
 * until the lock is free. Only statements that run through `during` are broken off, each until it has ended; nothing that
 * is sent after one can be hit by what was meant for it.
 */
export class Cancellation {
	readonly #connection: SqlConnection;

	readonly #signal: AbortSignal | undefined;

	#running = 0;

	#ended = false;

	#breakingOff: Promise<void> | undefined;

	/** Wakes the one who waits to send the next cancel: the statement has ended. */
	#wake = new AbortController();

	readonly #onAbort = () => {
		if (this.#running > 0 && !this.#ended) this.#breakingOff ??= this.#breakOff();
	};

	constructor(connection: SqlConnection, signal: AbortSignal | undefined) {
		this.#connection = connection;
		this.#signal = signal;
		signal?.addEventListener('abort', this.#onAbort);
	}

	/** What an error means once the run was cancelled: the statement failed because it was broken off. */
	get error(): ImportError | undefined {
		if (this.#signal?.aborted !== true) return undefined;
		return new ImportError('RUN_CANCELLED', 'The run was cancelled; nothing was written');
	}

	/** Lets a statement be broken off while it runs. Its outcome is told when no cancel for it is under way any more. */
	async during<T>(statement: () => Promise<T>): Promise<T> {
		this.#running++;
		try {
			const outcome = statement();
			if (this.#signal?.aborted === true) this.#onAbort();
			return await outcome;
		} finally {
			this.#running--;
			if (this.#running === 0) {
				this.#wake.abort();
				await this.#breakingOff;
				this.#breakingOff = undefined;
				this.#wake = new AbortController();
			}
		}
	}

	async #breakOff(): Promise<void> {
		const { signal } = this.#wake;
		while (!signal.aborted) {
			await this.#connection.cancel();
			await sleep(REPEAT_MS, undefined, { signal }).catch(() => undefined);
		}
	}

	/** From here on nothing is broken off. Waits until a cancel that is under way has arrived. */
	async end(): Promise<void> {
		this.#ended = true;
		this.#signal?.removeEventListener('abort', this.#onAbort);
		await this.#breakingOff;
	}
}
