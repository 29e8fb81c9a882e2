/** Above so many rows or columns the exact answer takes too long: the best pairs are taken first. */
const MOST_FOR_EXACT = 300;

export interface Pair {
	row: number;
	column: number;
	/** Above 0; what choosing the pair is worth. */
	worth: number;
}

/**
 * Chooses pairs so that each row and each column is used at most once and the sum of their worth is as great as it can
 * be. The same pairs always give the same choice. Beyond 300 rows or columns greedily, best pair first.
 */
export function assign(pairs: readonly Pair[], rows: number, columns: number): Pair[] {
	if (rows > MOST_FOR_EXACT || columns > MOST_FOR_EXACT) return assignGreedily(pairs);
	const width = Math.max(rows, columns);
	const costs = Array.from({ length: rows }, () => new Float64Array(width));
	for (const { row, column, worth } of pairs) {
		const line = costs[row];
		if (line !== undefined) line[column] = -worth;
	}
	const chosen = new LeastCost(costs, width).solve();
	return pairs.filter(({ row, column }) => chosen[row] === column);
}

function assignGreedily(pairs: readonly Pair[]): Pair[] {
	const takenRows = new Set<number>();
	const takenColumns = new Set<number>();
	const sorted = [...pairs].sort(
		(a, b) => b.worth - a.worth || a.row - b.row || a.column - b.column,
	);
	return sorted.filter(({ row, column }) => {
		if (takenRows.has(row) || takenColumns.has(column)) return false;
		takenRows.add(row);
		takenColumns.add(column);
		return true;
	});
}

const FREE = -1;

/**
 * A column for each row at the least total cost; there are at least as many columns as rows.
 *
 * Shortest augmenting paths with potentials (Kuhn 1955; Jonker and Volgenant 1987), O(rows² x columns). The typed arrays
 * are read within their bounds, which the compiler cannot know.
 */
class LeastCost {
	readonly #rowPotential: Float64Array;
	readonly #columnPotential: Float64Array;
	readonly #rowOf: Int32Array;
	readonly #columnOf: Int32Array;

	constructor(
		private readonly costs: readonly Float64Array[],
		private readonly width: number,
	) {
		this.#rowPotential = new Float64Array(costs.length);
		this.#columnPotential = new Float64Array(width);
		this.#rowOf = new Int32Array(width).fill(FREE);
		this.#columnOf = new Int32Array(costs.length).fill(FREE);
	}

	solve(): Int32Array {
		for (let row = 0; row < this.costs.length; row++) this.#placeRow(row);
		return this.#columnOf;
	}

	/** Finds the cheapest way to give one more row a column, moving rows that have one where that pays. */
	#placeRow(start: number): void {
		const distance = new Float64Array(this.width).fill(Infinity);
		const from = new Int32Array(this.width);
		const passed: number[] = [];
		const isPassed = new Uint8Array(this.width);
		let row = start;
		let reached = 0;
		while (row !== FREE) {
			const line = this.costs[row] as Float64Array;
			const base = reached - (this.#rowPotential[row] as number);
			let nearest = FREE;
			let least = Infinity;
			for (let column = 0; column < this.width; column++) {
				if (isPassed[column] === 1) continue;
				const length = base + (line[column] as number) - (this.#columnPotential[column] as number);
				if (length < (distance[column] as number)) {
					distance[column] = length;
					from[column] = row;
				}
				if ((distance[column] as number) < least) {
					least = distance[column] as number;
					nearest = column;
				}
			}
			reached = least;
			isPassed[nearest] = 1;
			passed.push(nearest);
			row = this.#rowOf[nearest] as number;
		}
		this.#adjustPotentials(start, passed, distance, reached);
		this.#moveRows(start, passed.at(-1) as number, from);
	}

	#adjustPotentials(start: number, passed: number[], distance: Float64Array, reached: number) {
		const add = (potentials: Float64Array, index: number, amount: number) => {
			potentials[index] = (potentials[index] as number) + amount;
		};
		add(this.#rowPotential, start, reached);
		for (const column of passed) {
			const saved = reached - (distance[column] as number);
			add(this.#columnPotential, column, -saved);
			const row = this.#rowOf[column] as number;
			if (row !== FREE) add(this.#rowPotential, row, saved);
		}
	}

	/** Each row on the path takes the next column of it. */
	#moveRows(start: number, end: number, from: Int32Array): void {
		let column = end;
		for (;;) {
			const row = from[column] as number;
			const before = this.#columnOf[row] as number;
			this.#rowOf[column] = row;
			this.#columnOf[row] = column;
			if (row === start) return;
			column = before;
		}
	}
}
