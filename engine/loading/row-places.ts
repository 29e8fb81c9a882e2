const CHUNK_ROWS = 64 * 1024;

/**
 * Which row of the file stands behind a row that was staged. Rows are staged under ascending numbers: under their own,
 * where the steps leave the order of the file; else under numbers given out here, four bytes of memory for each.
 */
export class RowPlaces {
	readonly #inFileOrder: boolean;

	readonly #chunks: Uint32Array[] = [];

	#count = 0;

	/** @param inFileOrder whether rows come as the file has them, each once */
	constructor(inFileOrder: boolean) {
		this.#inFileOrder = inFileOrder;
	}

	/** The number to stage a row under. */
	stage(row: number): number {
		if (this.#inFileOrder) return row;
		const index = this.#count % CHUNK_ROWS;
		if (index === 0) this.#chunks.push(new Uint32Array(CHUNK_ROWS));
		const chunk = this.#chunks.at(-1);
		if (chunk !== undefined) chunk[index] = row;
		return ++this.#count;
	}

	/** The row of the file that was staged under the number. */
	rowOf(staged: number): number {
		if (this.#inFileOrder) return staged;
		const index = staged - 1;
		return this.#chunks[Math.floor(index / CHUNK_ROWS)]?.[index % CHUNK_ROWS] ?? staged;
	}
}
