import type { Cell } from '../../dataset';
import { trimBlanks } from '../../dataset/values';
import { cellText } from '../definition/cell-text';
import { flag } from '../definition/parameters';

/** How the values of keys are compared. */
export interface KeyComparison {
	ignoreCase: boolean;
	trim: boolean;
}

/** The parameters for it. */
export const keyComparison = {
	ignoreCase: flag({
		title: 'Ignore Case',
		summary: 'Whether upper and lower case are the same in keys',
		default: true,
	}),
	trim: flag({
		title: 'Ignore Blanks Around',
		summary: 'Whether blanks before and behind a key do not count',
		default: true,
	}),
};

/** The key of some cells of a row; undefined when all of them are empty. */
export function keyReader(
	indexes: readonly number[],
	{ ignoreCase, trim }: KeyComparison,
): (cells: readonly Cell[]) => string | undefined {
	const partOf = (cell: Cell | undefined): string => {
		const text = cellText(cell ?? null);
		const bare = trim ? trimBlanks(text) : text;
		return ignoreCase ? bare.toLowerCase() : bare;
	};
	const [only] = indexes;
	if (indexes.length === 1 && only !== undefined) {
		return (cells) => partOf(cells[only]) || undefined;
	}
	return (cells) => {
		const parts = indexes.map((index) => partOf(cells[index]));
		return parts.every((part) => part === '') ? undefined : JSON.stringify(parts);
	};
}
