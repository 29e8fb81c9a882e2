/** Counts that runs left behind under a name: one for each key, such as the group of a row. */
export interface KeptCounts {
	/** Grows with each commit under the name; 0 when there was none. */
	version: number;
	counts: ReadonlyMap<string, number>;
}

/** What a run counted under a name. */
export interface CounterChange {
	name: string;
	/** The version that the run began with. */
	version: number;
	/** What is added to each count. */
	added: ReadonlyMap<string, number>;
	/** Whether nobody else may have counted since: numbers must not be given twice. */
	isExclusive: boolean;
}

/** Where counts are kept between runs. */
export interface CounterStore {
	/** @throws ImportError RUN_STATE when they cannot be read */
	read(name: string): Promise<KeptCounts>;
	/**
	 * Adds what was counted, all or nothing, around the work that makes it true: when `work` fails, nothing is added.
	 *
	 * @throws ImportError RUN_STATE, before `work` is begun, when an exclusive count was changed by another run
	 */
	commit<T>(changes: readonly CounterChange[], work: () => Promise<T>): Promise<T>;
}
