/** Likeness is counted in steps; what follows is where each begins. The last is for values that are the same. */
const STEPS = [0, 0.3, 0.5, 0.7, 0.85, 0.97] as const;
export const STEP_COUNT = STEPS.length;

/** The middle of each step: between them evidence goes in a straight line. */
const CENTRES = [0.1, 0.4, 0.6, 0.78, 0.91, 1] as const;

export const MISSING = 255;

export function stepOf(likeness: number): number {
	let step = STEP_COUNT - 1;
	while (likeness < (STEPS[step] as number)) step--;
	return step;
}

/** The evidence of a likeness, from that of the steps around it. */
export function evidenceAt(bits: readonly number[], likeness: number): number {
	let above = 0;
	while (above < STEP_COUNT && likeness > (CENTRES[above] as number)) above++;
	if (above === 0) return bits[0] as number;
	if (above === STEP_COUNT) return bits[STEP_COUNT - 1] as number;
	const from = CENTRES[above - 1] as number;
	const share = (likeness - from) / ((CENTRES[above] as number) - from);
	const low = bits[above - 1] as number;
	return low + share * ((bits[above] as number) - low);
}

/** Makes evidence grow with likeness: neighbours in the wrong order are taken together (pool adjacent violators). */
export function growing(values: readonly number[], weights: readonly number[]): number[] {
	const pools: Array<{ value: number; weight: number; count: number }> = [];
	for (const [i, value] of values.entries()) {
		let pool = { value, weight: weights[i] ?? 1, count: 1 };
		for (
			let last = pools.at(-1);
			last !== undefined && last.value > pool.value;
			last = pools.at(-1)
		) {
			pools.pop();
			const weight = last.weight + pool.weight;
			const mean = (last.value * last.weight + pool.value * pool.weight) / weight;
			pool = { value: mean, weight, count: last.count + pool.count };
		}
		pools.push(pool);
	}
	return pools.flatMap(({ value, count }) => Array.from({ length: count }, () => value));
}
