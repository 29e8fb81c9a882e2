import type { Cell } from '../../dataset';
import { isTyped, kindOf, wholeNumber } from './cell-kind';
import type { HeaderChoice } from './find-header';
import type { ColumnRange, GridSource } from './layout';
import { isFilled, textOf, type RowProfile } from './row-profile';

/** Names of columns behind these are not looked at. */
const COLUMNS_LOOKED_AT = 200;

/** A block with less is a note or a remark, and no table of its own. */
const LEAST_COLUMNS = 2;
const LEAST_RECORDS = 2;

/** One row at the end of a block may be a total. */
const LEAST_EXCESS = 2;

/** Columns with names in a row, between columns that hold nothing at all. */
interface Block {
	from: number;
	/** Index behind the last column. */
	to: number;
	names: string[];
	/** How many records it has from the first on; 0 where some of them are empty, or have nothing in the first column. */
	records: number;
	/** Whether each value of the first column stands there once and may name its record. */
	hasKey: boolean;
}

/**
 * Finds tables that stand side by side: blocks of named columns with a column between them that is empty in all rows. Many
 * tables have such a column to set parts of them apart: blocks are tables of their own only where they have the same
 * names, or where one of them ends above the other; and for that they have keys in their first columns, unless the
 * left one ends first.
 *
 * @param rows the rows of the head
 * @returns the columns of each table; empty where there is one table
 */
export function findSideBySide(
	rows: readonly RowProfile[],
	{ header, data }: HeaderChoice,
): ColumnRange[] {
	const [top] = header;
	const names = rows[header.at(-1) ?? -1];
	if (top === undefined || names === undefined || names.last > COLUMNS_LOOKED_AT) return [];
	const gap = rows.findIndex((row, index) => index > data && row.isAfterGap);
	const records = rows.slice(data, gap === -1 ? undefined : gap);
	const blocks = blocksOf(rows.slice(top), names, records);
	const starts = blocks.filter((block, index) => {
		const before = blocks[index - 1];
		return before === undefined || areApart(before, block);
	});
	if (starts.length < 2) return [];
	return starts.map(({ from }, index) => {
		const next = starts[index + 1];
		return { from: index === 0 ? 0 : from, ...(next !== undefined && { to: next.from }) };
	});
}

/** The cells of a row without those of other tables beside its own. */
export function cellsWithin(
	cells: readonly Cell[],
	{ from, to }: ColumnRange,
	{ kind }: GridSource,
): Cell[] {
	const within = cells.slice(0, to);
	return within.fill(kind === 'text' ? '' : null, 0, Math.min(from, within.length));
}

function blocksOf(
	rows: readonly RowProfile[],
	names: RowProfile,
	data: readonly RowProfile[],
): Block[] {
	const blocks: Block[] = [];
	const isEmpty = (column: number) => !rows.some(({ cells }) => isFilled(cells[column]));
	for (let column = names.first; column < names.last; column++) {
		if (isEmpty(column)) continue;
		const from = column;
		while (column < names.last && !isEmpty(column)) column++;
		blocks.push(blockOf(from, column, names, data));
	}
	return blocks;
}

function blockOf(from: number, to: number, header: RowProfile, data: readonly RowProfile[]): Block {
	// a single text below the records is a note
	const isRecord = ({ cells }: RowProfile) => cells.slice(from, to).filter(isFilled).length > 1;
	const records = data.slice(0, data.findLastIndex(isRecord) + 1);
	const keys = records.map(({ cells }) => cells[from]);
	return {
		from,
		to,
		names: header.cells.slice(from, to).map(textOf),
		records: keys.every(isFilled) ? records.length : 0,
		hasKey: areKeys(keys),
	};
}

/** Whether values name records: texts and dates, or numbers that go on by one, none of them twice. */
function areKeys(values: ReadonlyArray<Cell | undefined>): boolean {
	if (new Set(values.map(textOf)).size < values.length) return false;
	if (values.map(kindOf).every((kind) => !isTyped(kind) || 'cd'.includes(kind.charAt(0))))
		return true;
	return values.every(
		(value, index) =>
			index === 0 || wholeNumber(value) === (wholeNumber(values[index - 1]) ?? NaN) + 1,
	);
}

/** Whether a block is a table of its own, and no part of the table left of it. */
function areApart(left: Block, right: Block): boolean {
	if (![left, right].every(isTable)) return false;
	if (right.records - left.records >= LEAST_EXCESS) return true;
	const isSame = left.names.join('\n') === right.names.join('\n');
	const endsAbove = left.records - right.records >= LEAST_EXCESS;
	return (isSame || endsAbove) && left.hasKey && right.hasKey;
}

const isTable = ({ names, records }: Block): boolean =>
	names.length >= LEAST_COLUMNS &&
	records >= LEAST_RECORDS &&
	names.every((name) => name !== '') &&
	new Set(names).size === names.length;
