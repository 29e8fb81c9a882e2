import type { Cell, ColumnFormat, ColumnType } from '../../dataset';

/** What the cells of a column were found to be, and what speaks for it. */
export interface Verdict {
	/** `text` says that the column looks like something else but must stay text; `evidence` says why. */
	type: ColumnType;
	format?: ColumnFormat;
	evidence: string;
}

/**
 * Weighs whether the cells of a column are of one kind. Gets the filled cells only, and answers undefined as soon as it is
 * clear that they are not. Whether enough of them fit is counted afterwards, by the coercion of the type.
 */
export type Weigh = (cells: readonly Cell[]) => Verdict | undefined;

/** A reading that more than half of the cells contradict is not worth weighing further. */
const MOST_MISFITS = 0.5;

/** Share of the filled cells that must fit a type. */
export const LEAST_FITTING = 0.9;

/** How many misfits a weighing bears before it gives up. */
export function bearableMisfits(cells: readonly Cell[]): number {
	return Math.trunc(cells.length * MOST_MISFITS);
}

/** Weighs a kind that each cell either is or is not. */
export function weighEach(
	accepts: (cell: Cell) => boolean,
	verdict: (fitting: number) => Verdict,
): Weigh {
	return (cells) => {
		let misfitsLeft = bearableMisfits(cells);
		let fitting = 0;
		for (const cell of cells) {
			if (accepts(cell)) fitting++;
			else if (--misfitsLeft < 0) return undefined;
		}
		return fitting === 0 ? undefined : verdict(fitting);
	};
}

/** `1 cell`, `12 cells`. */
export function countCells(count: number): string {
	return count === 1 ? '1 cell' : `${count} cells`;
}
