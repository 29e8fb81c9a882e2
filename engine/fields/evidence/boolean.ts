import type { Cell } from '../../dataset';
import { readBoolean, trimBlanks } from '../../dataset/values';
import { bearableMisfits, type Weigh } from './verdict';

/** Words this short (`y`, `no`, `si`) mean much else, such as countries and grades. */
const SHORT_WORD = 2;

/**
 * Words for true and false. Short words count only where both sides occur. The digits 1 and 0 do not count: a column of
 * them is a column of numbers.
 */
export const weighBooleans: Weigh = (cells) => {
	let misfitsLeft = bearableMisfits(cells);
	const seen = new Map<string, boolean>();
	for (const cell of cells) {
		const word = typeof cell === 'boolean' ? String(cell) : wordOf(cell);
		const value = word === undefined ? undefined : readBoolean(word);
		if (word !== undefined && value !== undefined) seen.set(word, value);
		else if (--misfitsLeft < 0) return undefined;
	}
	const values = new Set(seen.values());
	const clear = [...seen.keys()].some((word) => word.length > SHORT_WORD);
	if (values.size < 2 && !clear) return undefined;
	return { type: 'boolean', evidence: `only the words ${[...seen.keys()].join(', ')}` };
};

function wordOf(cell: Cell): string | undefined {
	if (typeof cell !== 'string') return undefined;
	const word = trimBlanks(cell).toLowerCase();
	return word === '1' || word === '0' ? undefined : word;
}
