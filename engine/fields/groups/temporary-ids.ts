import type { Column, Row } from '../../dataset';

/**
 * What a record is called before the database has given it an id: its group, the row of the file, and its place among the
 * records that the row has for the group, where it can have several. The same file gives the same ids each time.
 *
 * `person:17`, `report_card:17:2`
 */
export function temporaryId(group: string, { number, part }: Pick<Row, 'number' | 'part'>): string {
	return part === undefined ? `${group}:${number}` : `${group}:${number}:${part}`;
}

/** A column that holds temporary ids, and the group whose records they stand for. */
export interface TemporaryIdColumn {
	column: string;
	group: string;
}

/** The columns that hold temporary ids. A step that changes the cells of such a column makes an ordinary one of it. */
export const temporaryIdColumns = (columns: readonly Column[]): TemporaryIdColumn[] =>
	columns.flatMap(({ name, temporaryIdOf: group }) =>
		group === undefined ? [] : [{ column: name, group }],
	);

/**
 * The number of a record among all that come of a row of the file, where an earlier step made several rows of it already:
 * different for different pairs (Cantor).
 *
 * @param earlier the part that the row is; undefined where it is the whole row
 * @param place 1-based place among the records of the row
 */
export function partOf(earlier: number | undefined, place: number): number {
	if (earlier === undefined) return place;
	const sum = earlier + place - 2;
	return (sum * (sum + 1)) / 2 + place;
}
