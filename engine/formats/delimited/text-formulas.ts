import type { Decision, ReadOptions } from '../../dataset';
import { columnLetters } from '../header';

/** A formula whose value is the text between its quotes: how programs keep Excel from reading `01067` as a number. */
const TEXT_FORMULA = /^="((?:[^"]|"")*)"$/;

/** Columns that the evidence names. */
const MOST_NAMED = 5;

/** The columns of a file whose formulas are read as the text that they hold. */
export interface TextFormulas {
	/** Indexes of the columns, from 0. */
	columns: number[];
	/** Missing where there are no such formulas. */
	decision?: Decision;
}

/**
 * Decides by column whether cells such as `="01067"` are the text between the quotes: where every cell that begins with an
 * equals sign is of that form. In a column with other formulas they are all left as they are.
 *
 * @param rows the first rows, the header among them
 */
export function decideTextFormulas(
	rows: ReadonlyArray<{ cells: readonly string[] }>,
	chosen: ReadOptions['textFormulas'],
): TextFormulas {
	const counts = new Map<number, number>();
	const others = new Set<number>();
	let example: string | undefined;
	for (const { cells } of rows) {
		for (const [column, cell] of cells.entries()) {
			if (cell.charCodeAt(0) !== EQUALS) continue;
			if (TEXT_FORMULA.test(cell)) {
				example ??= cell;
				counts.set(column, (counts.get(column) ?? 0) + 1);
			} else others.add(column);
		}
	}
	const columns = [...counts.keys()].filter((column) => !others.has(column));
	const [first] = columns;
	if (first === undefined || example === undefined) return { columns: [] };
	const cells = columns.reduce((sum, column) => sum + (counts.get(column) ?? 0), 0);
	columns.sort((a, b) => a - b);
	const letters = columns.slice(0, MOST_NAMED).map((column) => columnLetters(column));
	const more = columns.length > MOST_NAMED ? ', …' : '';
	return {
		columns: chosen === 'keep' ? [] : columns,
		decision: {
			subject: 'text formulas',
			value: chosen ?? 'unwrap',
			confidence: chosen === undefined ? 0.95 : 1,
			evidence: `${cells} cell${cells === 1 ? '' : 's'} such as ${example} in column${columns.length === 1 ? '' : 's'} ${letters.join(', ')}${more}, and no other formula there`,
			chosenBy: chosen === undefined ? 'detection' : 'setting',
		},
	};
}

const EQUALS = '='.charCodeAt(0);

/**
 * Puts the text in the place of formulas that hold one.
 *
 * @param cells they are changed
 * @param columns those whose formulas are texts
 * @returns whether there were some
 */
export function unwrapTextFormulas(cells: string[], columns: readonly number[]): boolean {
	let hasSome = false;
	for (const column of columns) {
		const cell = cells[column];
		if (cell === undefined || cell.charCodeAt(0) !== EQUALS) continue;
		const text = TEXT_FORMULA.exec(cell)?.[1];
		if (text === undefined) continue;
		cells[column] = text.replaceAll('""', '"');
		hasSome = true;
	}
	return hasSome;
}
