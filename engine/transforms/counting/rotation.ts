import { ImportError } from '../../issues';

/** A name whose turn comes `weight` times in each round. */
export interface WeightedName {
	name: string;
	weight: number;
}

/** A round is laid out once, in memory. */
const LONGEST_ROUND = 100_000;

/**
 * One round of turns: each name as often as its weight says, spread as evenly as can be. That is smooth weighted
 * round-robin as nginx does it: in each turn every name gains its weight, the one that has most is taken and loses the sum
 * of all weights; of several the first in the list. After a round the positions are those of its beginning.
 *
 * @returns positions in the list of names
 * @throws ImportError RUN_CONFIG when no name has a weight, or the round is too long
 */
export function roundOf(names: readonly WeightedName[]): Uint32Array {
	const divisor = names.reduce((common, { weight }) => greatestDivisor(common, weight), 0);
	if (divisor === 0) throw new ImportError('RUN_CONFIG', 'No name has a weight above 0');
	const weights = names.map(({ weight }) => weight / divisor);
	const length = weights.reduce((sum, weight) => sum + weight, 0);
	if (length > LONGEST_ROUND) {
		throw new ImportError('RUN_CONFIG', `The weights add up to more than ${LONGEST_ROUND}`);
	}
	const gained = new Float64Array(weights.length);
	return Uint32Array.from({ length }, () => {
		let best = 0;
		for (let i = 0; i < gained.length; i++) {
			gained[i] = (gained[i] ?? 0) + (weights[i] ?? 0);
			if ((gained[i] ?? 0) > (gained[best] ?? 0)) best = i;
		}
		gained[best] = (gained[best] ?? 0) - length;
		return best;
	});
}

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b));
