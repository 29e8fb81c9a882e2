import type { CounterStore, KeptCounts } from './counter-store';

/** Counts under a name, as earlier runs left them and this one goes on. */
export interface Counter {
	get(key: string): number;
	add(key: string, amount: number): void;
	/** How many keys this run has counted under. */
	readonly keys: number;
}

class RunningCounter implements Counter {
	readonly kept: KeptCounts;

	readonly isExclusive: boolean;

	readonly added = new Map<string, number>();

	constructor(kept: KeptCounts, isExclusive: boolean) {
		this.kept = kept;
		this.isExclusive = isExclusive;
	}

	get keys(): number {
		return this.added.size;
	}

	get(key: string): number {
		return (this.kept.counts.get(key) ?? 0) + (this.added.get(key) ?? 0);
	}

	add(key: string, amount: number): void {
		this.added.set(key, (this.added.get(key) ?? 0) + amount);
	}
}

/**
 * What a run takes over from earlier ones and leaves behind for the next: read when the steps open, and kept by `commit`
 * only, so that a preview, a plan or a failed run leaves everything as it was. One object serves one run.
 */
export class RunState {
	readonly #store: CounterStore | undefined;

	readonly #counters = new Map<string, RunningCounter>();

	/** @param store without one, each run starts anew */
	constructor(store?: CounterStore) {
		this.#store = store;
	}

	/**
	 * The counter of that name; steps that name the same one share it.
	 *
	 * @param isExclusive whether the run must fail when another one has counted meanwhile
	 * @throws ImportError RUN_STATE
	 */
	async counter(name: string, isExclusive: boolean): Promise<Counter> {
		const open = this.#counters.get(name);
		if (open !== undefined) return open;
		const kept = (await this.#store?.read(name)) ?? { version: 0, counts: new Map() };
		const counter = new RunningCounter(kept, isExclusive);
		this.#counters.set(name, counter);
		return counter;
	}

	/** Forgets what was counted and not left behind: the run begins anew. */
	restart(): void {
		this.#counters.clear();
	}

	/**
	 * Leaves behind what was counted, if `work` succeeds: the last thing that makes the rows of the run true, such as the
	 * commit of a transaction.
	 *
	 * @throws ImportError RUN_STATE, before `work` is begun
	 */
	async commit<T>(work: () => Promise<T>): Promise<T> {
		const changes = [...this.#counters]
			.filter(([, { added }]) => added.size > 0)
			.map(([name, { kept, added, isExclusive }]) => ({
				name,
				version: kept.version,
				added,
				isExclusive,
			}));
		if (this.#store === undefined || changes.length === 0) return await work();
		return await this.#store.commit(changes, work);
	}
}
