import type { Cell } from '../../dataset';
import { isFilled, lastFilled } from './row-profile';

/** Cells that are drawn begin with one of these signs. */
const STROKE = /^\s*[-=+|:]/;

const DRAWN = /^[-=+|:\s]+$/;

/** Whether a cell may belong to a line that is drawn: most cells are sorted out by their first sign. */
export const mayBeDrawn = (cell: Cell | undefined): boolean =>
	typeof cell === 'string' && STROKE.test(cell);

/** Whether a row is a line of dashes between rows. Only the cells at both its ends may be empty, as where it has a frame. */
export function isDrawnRow(cells: readonly Cell[]): boolean {
	const last = lastFilled(cells);
	const first = cells.findIndex(isFilled);
	if (last === 0 || first > 1) return false;
	const inner = cells.slice(first, last);
	return (
		inner.every((cell) => typeof cell === 'string' && DRAWN.test(cell)) &&
		inner.some((cell) => typeof cell === 'string' && /[-=]{3}/.test(cell)) &&
		(inner.length > 1 || cells.length < 4)
	);
}
