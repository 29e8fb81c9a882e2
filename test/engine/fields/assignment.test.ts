import { assign, type Pair } from '../../../engine/fields/assignment';

const worthOf = (pairs: readonly Pair[]) => pairs.reduce((sum, { worth }) => sum + worth, 0);

/** The best sum there is, by trying everything. */
function bestByTrying(
	pairs: readonly Pair[],
	row: number,
	rows: number,
	taken = new Set<number>(),
): number {
	if (row === rows) return 0;
	let best = bestByTrying(pairs, row + 1, rows, taken);
	for (const pair of pairs) {
		if (pair.row !== row || taken.has(pair.column)) continue;
		const rest = bestByTrying(pairs, row + 1, rows, new Set([...taken, pair.column]));
		best = Math.max(best, pair.worth + rest);
	}
	return best;
}

test('the sum of all pairs counts, not the best single one', () => {
	const pairs = [
		{ row: 0, column: 0, worth: 5 },
		{ row: 0, column: 1, worth: 4 },
		{ row: 1, column: 0, worth: 4 },
	];
	expect(assign(pairs, 2, 2)).toEqual([pairs[1], pairs[2]]);
});

test('no choice is worth more than the one that is made, whatever the pairs', () => {
	let seed = 7;
	const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
	for (let round = 0; round < 300; round++) {
		const rows = 1 + Math.floor(random() * 5);
		const columns = 1 + Math.floor(random() * 5);
		const pairs: Pair[] = [];
		for (let row = 0; row < rows; row++) {
			for (let column = 0; column < columns; column++) {
				if (random() < 0.6) pairs.push({ row, column, worth: random() });
			}
		}
		const chosen = assign(pairs, rows, columns);
		expect(new Set(chosen.map(({ row }) => row)).size).toBe(chosen.length);
		expect(new Set(chosen.map(({ column }) => column)).size).toBe(chosen.length);
		expect(worthOf(chosen)).toBeCloseTo(bestByTrying(pairs, 0, rows), 10);
	}
});

test('beyond 300 rows the best pairs are taken first', () => {
	const pairs = [
		{ row: 0, column: 1, worth: 4 },
		{ row: 0, column: 0, worth: 5 },
		{ row: 400, column: 0, worth: 4.5 },
		{ row: 400, column: 2, worth: 1 },
	];
	expect(assign(pairs, 401, 3)).toEqual([pairs[1], pairs[3]]);
});
