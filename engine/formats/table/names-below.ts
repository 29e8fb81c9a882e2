import { BLANK, isTyped, kindOf } from './cell-kind';
import { ColumnEvidence } from './column-evidence';
import { textOf, type RowProfile } from './row-profile';
import { compareWithShape, type TableShape } from './table-shape';

/** So many rows of other values below a row of texts show that it names them. */
const ENOUGH_BELOW = 2;

/** As many are needed where nothing but they speak for it. */
const CERTAIN_BELOW = 3;

const isName = (cell: RowProfile['cells'][number]): boolean => {
	const kind = kindOf(cell);
	return !isTyped(kind) || kind.startsWith('c');
};

/** Whether the cells of a row are texts, none of them twice. */
export const isAllText = ({ cells }: RowProfile): boolean => {
	const texts = cells.map(textOf).filter((text) => text !== '');
	return new Set(texts).size === texts.length && cells.every(isName);
};

/** Whether a row has another text in each column of the table. */
export function isFullOfNames(row: RowProfile, { first, last }: TableShape): boolean {
	const isFull = row.first === first && row.last === last && row.filled === last - first;
	return isFull && isAllText(row) && row.cells.slice(first, last).every(isWritten);
}

/** A word that stands for a missing value names no column. */
const isWritten = (cell: RowProfile['cells'][number]): boolean => kindOf(cell) !== BLANK;

/** What speaks for and against a row of names, in the rows below it and in the table above. */
function evidenceFor(row: RowProfile, below: readonly RowProfile[], shape: TableShape) {
	const above = compareWithShape(row, shape);
	const values = new ColumnEvidence([row, ...below]).compare(0, 1);
	const isContrary = above.matching === 0 && values.alike === 0;
	return { above, values, isPossible: isContrary && above.contrary + values.unlike > 0 };
}

/**
 * Whether a row below blank rows that fills the columns of the table is the header of another one, and no record: it has
 * texts where the table above has other values, and the rows below are unlike those above or have values below the texts.
 *
 * @param below the rows right below it
 * @param hadGap whether records stand below blank rows already, so that a blank row ends nothing
 */
export function isHeaderOfSameWidth(
	row: RowProfile,
	below: readonly RowProfile[],
	shape: TableShape,
	hadGap: boolean,
): boolean {
	if (below.length < ENOUGH_BELOW || !isFullOfNames(row, shape)) return false;
	const { above, values, isPossible } = evidenceFor(row, below, shape);
	if (!isPossible) return false;
	if (above.typed > 0 && [row, ...below].every((other) => isUnlike(other, shape))) return true;
	if (hadGap || !isWrittenLike(row, shape)) return false;
	if (above.typed === 0) return below.length >= CERTAIN_BELOW && values.unlike === values.typed;
	return above.contrary === above.typed && values.typed > 0 && values.unlike === values.typed;
}

/** Whether no value of a row fits the columns of the table, where those have values that look alike. */
function isUnlike(row: RowProfile, shape: TableShape): boolean {
	const { matching, contrary } = compareWithShape(row, shape);
	return matching === 0 && contrary > 0;
}

const beginsLower = (text: string): boolean => /^\p{Ll}/u.test(text);

/** Whether names begin with small letters only where those of the header do. */
function isWrittenLike({ cells, first, last }: RowProfile, { header }: TableShape): boolean {
	return header.some(beginsLower) || !cells.slice(first, last).map(textOf).some(beginsLower);
}

/** Whether a row that was taken for a record may be the header of another table all the same. */
export function mayBeHeader(
	row: RowProfile,
	below: readonly RowProfile[],
	shape: TableShape,
): boolean {
	if (!row.isAfterGap || below.length === 0 || !isFullOfNames(row, shape)) return false;
	return evidenceFor(row, below, shape).isPossible;
}
