import { ImportError } from '../../issues';
import type { SqlConnection } from './connection';

/**
 * Breaks off what a connection is doing once a signal is aborted: a statement that waits for a lock would otherwise wait
 * until the lock is free.
 */
export class Cancellation {
	readonly #connection: SqlConnection;

	readonly #signal: AbortSignal | undefined;

	#cancelling: Promise<void> | undefined;

	readonly #onAbort = () => {
		this.#cancelling = this.#connection.cancel();
	};

	constructor(connection: SqlConnection, signal: AbortSignal | undefined) {
		this.#connection = connection;
		this.#signal = signal;
		signal?.addEventListener('abort', this.#onAbort, { once: true });
	}

	/** What an error means once the run was cancelled: the statement failed because it was broken off. */
	get error(): ImportError | undefined {
		if (this.#signal?.aborted !== true) return undefined;
		return new ImportError('RUN_CANCELLED', 'The run was cancelled; nothing was written');
	}

	/** From here on nothing is broken off. Waits until a cancel that is under way has arrived. */
	async end(): Promise<void> {
		this.#signal?.removeEventListener('abort', this.#onAbort);
		await this.#cancelling;
	}
}
