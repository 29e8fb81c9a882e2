import type { Cell } from '../../dataset';
import { trimBlanks } from '../../dataset/values';
import { Failure, quoted } from '../definition/cell-changes';
import { cellText } from '../definition/cell-text';
import { choice, value } from '../definition/parameters';

/** What becomes of a value that a list does not know. */
export type Unknown = 'fail' | 'keep' | 'empty' | 'default';

/** The parameters for it. */
export const otherValues = {
	unknown: choice<Unknown>({
		title: 'Other Values',
		summary: 'What becomes of a value that is not in the list',
		choices: {
			fail: 'Fail the Row',
			keep: 'Keep the Value',
			empty: 'Empty the Cell, With a Warning',
			default: 'Take the Default',
		},
	}),
	default: value({
		title: 'Default',
		summary: 'What values that are not in the list become',
		onlyWhen: { unknown: ['default'] },
	}),
};

/** How a value is found in a list: without blanks around, and without regard to case where that is wanted. */
export const listKey = (ignoreCase: boolean): ((text: string) => string) =>
	ignoreCase ? (text) => trimBlanks(text).toLowerCase() : trimBlanks;

/**
 * Translates a cell by a list. An empty cell stays, unless the list has something for it.
 *
 * @param find what the list has for a key of `listKey`; undefined when it does not have it
 */
export function translate(
	find: (key: string) => Cell | undefined,
	keyOf: (text: string) => string,
	unknown: Unknown,
	fallback: Cell,
): (cell: Cell) => Cell | Failure {
	const notListed = (cell: Cell) =>
		new Failure('CELL_OPTION', `${quoted(cell)} is not in the list of values`);
	return (cell) => {
		if (typeof cell === 'object' && cell !== null) return notListed(cell);
		const key = keyOf(cellText(cell));
		const to = find(key);
		if (to !== undefined) return to;
		if (key === '' || unknown === 'keep') return cell;
		return unknown === 'default' ? fallback : notListed(cell);
	};
}
