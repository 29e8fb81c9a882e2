import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { ImportError } from '../../issues';
import type { Listed, RowComparison, SimilarMatch } from './row-comparison';
import type { SimilarityRequest } from './similarity-worker';

/** What the thread may hold, in megabytes: beyond, it is ended and n8n lives on. */
const MOST_MEMORY = 2048;

/** Rows whose matches are taken from the thread at a time. */
const ROWS_AT_ONCE = 2000;

export interface ThreadOptions {
	/** Ends the thread, whatever it is doing. */
	signal?: AbortSignal;
	/** Megabytes. */
	memory?: number;
}

/** Compares rows with records on a thread of its own. One request at a time. */
export class SimilarityThread {
	readonly #worker: Worker;

	readonly #signal: AbortSignal | undefined;

	/** Why nothing more is answered. */
	#ended: ImportError | undefined;

	#waiting: { resolve: (answer: unknown) => void; reject: (error: Error) => void } | undefined;

	constructor({ signal, memory = MOST_MEMORY }: ThreadOptions = {}) {
		const extension = extname(__filename);
		this.#signal = signal;
		this.#worker = new Worker(join(__dirname, `similarity-worker${extension}`), {
			resourceLimits: { maxOldGenerationSizeMb: memory },
			// from source it is compiled as the tests are
			execArgv: extension === '.ts' ? ['--require', SOURCE_COMPILER] : [],
		});
		this.#worker.on('message', (answer: unknown) => {
			this.#waiting?.resolve(answer);
			this.#waiting = undefined;
		});
		this.#worker.on('error', (error: Error) => this.#end(brokenOff(error)));
		this.#worker.on('exit', () => this.#end(brokenOff(new Error('the thread has ended'))));
		signal?.addEventListener('abort', this.#onAbort, { once: true });
		if (signal?.aborted === true) this.#onAbort();
	}

	/** @throws ImportError RUN_COMPARISON, RUN_CANCELLED, as the others do */
	async addRows(list: readonly Listed[]): Promise<void> {
		await this.#ask({ kind: 'rows', list });
	}

	async addRecords(list: readonly Listed[]): Promise<void> {
		await this.#ask({ kind: 'records', list });
	}

	/** @returns what was not compared, in words */
	async compare(comparison: Parameters<RowComparison['compare']>[0]): Promise<string[]> {
		return (await this.#ask({ kind: 'compare', ...comparison })) as string[];
	}

	/** The records that rows may be meant for, page by page; those of a row are together, the best first. */
	async *matches(): AsyncGenerator<SimilarMatch[]> {
		for (;;) {
			const page = (await this.#ask({ kind: 'take', rows: ROWS_AT_ONCE })) as SimilarMatch[];
			if (page.length === 0) return;
			yield page;
		}
	}

	/** Ends the thread. May be called again. */
	async close(): Promise<void> {
		this.#signal?.removeEventListener('abort', this.#onAbort);
		await this.#worker.terminate();
	}

	readonly #onAbort = () => {
		this.#end(new ImportError('RUN_CANCELLED', 'The run was cancelled; nothing was written'));
		void this.#worker.terminate();
	};

	#ask(request: SimilarityRequest): Promise<unknown> {
		if (this.#ended !== undefined) return Promise.reject(this.#ended);
		return new Promise((resolve, reject) => {
			this.#waiting = { resolve, reject };
			this.#worker.postMessage(request);
		});
	}

	#end(error: ImportError): void {
		this.#ended ??= error;
		this.#waiting?.reject(this.#ended);
		this.#waiting = undefined;
	}
}

const SOURCE_COMPILER = join(__dirname, '../../../test/compile-typescript.cjs');

function brokenOff(error: Error): ImportError {
	const { code } = error as NodeJS.ErrnoException;
	const reason = code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'it needs too much memory' : error.message;
	return new ImportError(
		'RUN_COMPARISON',
		`The search for similar records broke off: ${reason}`,
		{},
		{ cause: error },
	);
}
