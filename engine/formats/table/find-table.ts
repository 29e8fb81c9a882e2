import { ColumnEvidence } from './column-evidence';
import { mayBeTotalLabel } from './footer';
import { findHeader, typicalWidth, type HeaderChoice } from './find-header';
import { textOf, type RowProfile } from './row-profile';

/** A part of the file between blank rows. */
interface Block {
	start: number;
	end: number;
}

/** Blocks of a preamble that are looked at one by one. */
const MOST_BLOCKS = 100;

/** So many rows are enough to tell what columns look like. */
const ENOUGH_ROWS = 3;

/**
 * Finds where the first real table begins: blocks of titles, notes and lists of names and values above it are passed over.
 *
 * @param rows rows that are not blank; at least one
 * @returns the header and the first row of data, as indexes of `rows`
 */
export function findTable(rows: readonly RowProfile[]): HeaderChoice {
	const blocks = blocksOf(rows);
	let start = 0;
	for (const [index, block] of blocks.slice(0, MOST_BLOCKS).entries()) {
		if (index === blocks.length - 1) break;
		const region = withoutTotal(rows.slice(start, block.end));
		const rest = blocks.slice(index + 1).map(({ start: from, end }) => rows.slice(from, end));
		const choice = findHeader(region);
		if (isTable(region, choice, rest)) {
			const end = endOfEvidence(rows, blocks, index, start);
			return shifted(findHeader(rows.slice(start, end)), start);
		}
		if (!goesOnIn(region, rest[0] ?? [])) start = block.end;
	}
	return start > 0 && hasTable(rows.slice(start))
		? shifted(findHeader(rows.slice(start)), start)
		: findHeader(rows);
}

/** A first block of hardly any rows says little about columns: the blocks in which it goes on say more. */
function endOfEvidence(
	rows: readonly RowProfile[],
	blocks: readonly Block[],
	index: number,
	start: number,
): number {
	let end = blocks[index]?.end ?? rows.length;
	for (const { start: from, end: to } of blocks.slice(index + 1)) {
		if (end - start >= ENOUGH_ROWS || !goesOnIn(rows.slice(start, end), rows.slice(from, to)))
			break;
		end = to;
	}
	return end;
}

/** The rows of a block without a total at its end, which is unlike the records above it. */
export function withoutTotal(rows: readonly RowProfile[]): readonly RowProfile[] {
	const last = rows.at(-1);
	if (last === undefined || rows.length <= ENOUGH_ROWS) return rows;
	return mayBeTotalLabel(textOf(last.cells[last.first])) ? rows.slice(0, -1) : rows;
}

function blocksOf(rows: readonly RowProfile[]): Block[] {
	const blocks: Block[] = [];
	for (const [index, { isAfterGap }] of rows.entries()) {
		const last = blocks.at(-1);
		if (last === undefined || isAfterGap) blocks.push({ start: index, end: index + 1 });
		else last.end = index + 1;
	}
	return blocks;
}

function shifted(choice: HeaderChoice, by: number): HeaderChoice {
	const above = choice.header[0] ?? choice.data;
	const evidence =
		by > 0 && above === 0
			? `${choice.evidence}, below ${by} other row${by === 1 ? '' : 's'}`
			: choice.evidence;
	return { ...choice, header: choice.header.map((i) => i + by), data: choice.data + by, evidence };
}

const hasTable = (rows: readonly RowProfile[]) => rows.length > 1 && typicalWidth(rows) > 1;

/** Whether a block holds a table of its own and not what stands above one. */
function isTable(
	region: readonly RowProfile[],
	choice: HeaderChoice,
	rest: ReadonlyArray<readonly RowProfile[]>,
): boolean {
	const width = typicalWidth(region);
	const records = region.length - choice.data;
	if (width < 2 || records < 1 || region.length < 2) return false;
	if (isKeyList(region, rest)) return false;
	if (choice.isSure) return choice.header.length > 0 || records > 2;
	return width > 2 && records > 1 && new ColumnEvidence(region).width > 2;
}

/** Names and values above a table: `Report: | Sales`, `Date: | 2026-01-31`. */
function isKeyList(
	region: readonly RowProfile[],
	rest: ReadonlyArray<readonly RowProfile[]>,
): boolean {
	const named = region.filter(({ cells, first }) => textOf(cells[first]).endsWith(':')).length;
	const isFollowed = rest.some((rows) => rows.length > region.length && typicalWidth(rows) > 1);
	if (named * 2 > region.length && isFollowed) return true;
	const isNarrow = region.every(({ filled }) => filled < 3);
	return isNarrow && rest.some((rows) => rows.length > region.length && typicalWidth(rows) > 2);
}

/** Whether blank rows stand inside a table: the rows above and below them fill about as many cells. */
function goesOnIn(region: readonly RowProfile[], next: readonly RowProfile[]): boolean {
	const above = region.at(-1);
	const below = next[0];
	if (above === undefined || below === undefined || above.filled < 2) return false;
	const width = typicalWidth(next);
	return above.filled * 2 > width && above.last * 2 > below.last && !endsLikeKey(above);
}

const endsLikeKey = ({ cells, first }: RowProfile) => textOf(cells[first]).endsWith(':');
