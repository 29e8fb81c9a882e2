/** What an import is made of, as fingerprints: two imports with the same ones do the same with the same table. */
export interface ImportParts {
	file: string;
	steps: string;
	table: string;
	rules: string;
	choices: string;
	/** Of the records that are absent from the file, where those are looked for. Known when the rows are matched. */
	absent?: string | undefined;
}

/** A row that was planned to be written. */
export interface KeptRow {
	/** The number that it is staged under. */
	number: number;
	action: 'insert' | 'update';
	/** What its record was: see `RowDigests`. */
	digest: Uint8Array;
}

/** A plan, without its rows. */
export interface KeptPlan {
	token: string;
	/** ISO 8601 in UTC. */
	madeAt: string;
	parts: ImportParts;
	/** The columns that are written, in the order of the digests. */
	columns: string[];
}

/** What plans and runs leave behind for later runs. All methods throw ImportError RUN_STATE where the store cannot be used. */
export interface RunStore {
	/**
	 * Keeps a plan. Nothing is to be found of it before its last row is kept.
	 *
	 * @param pages the rows that are to be written, in ascending order
	 */
	keepPlan(plan: KeptPlan, pages: AsyncIterable<readonly KeptRow[]>): Promise<void>;
	plan(token: string): Promise<KeptPlan | undefined>;
	/** Rows of a plan behind the number `after`, in ascending order, at most `limit`. */
	plannedRows(token: string, after: number, limit: number): Promise<KeptRow[]>;
	removePlan(token: string): Promise<void>;
	/** Rows of the file that was imported last under a name. */
	lastRows(name: string): Promise<number | undefined>;
	keepLastRows(name: string, rows: number): Promise<void>;
}
