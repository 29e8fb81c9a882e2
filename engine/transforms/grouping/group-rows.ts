import type { Batch, Cell, Column, Row } from '../../dataset';
import { emptyBatch, skippedRow } from '../definition/batches';
import { cellText, foldText } from '../definition/cell-text';
import type { RowStore } from '../../dataset/spill';

/** What is made of the rows of one group. */
interface GroupInProgress {
	add(row: Row): void;
	cells(): Cell[];
}

const BATCH_ROWS = 500;

/** What the rows of a group have in common: the texts of some columns, without regard to case and accents. */
export const groupKey =
	(indexes: readonly number[]) =>
	({ cells }: Row): string =>
		JSON.stringify(indexes.map((index) => foldText(cellText(cells[index] ?? null))));

/**
 * Makes one row of each group of rows that the store gives one behind the other. The row stands for the first of its
 * group; the others are skipped, with the number of that row.
 */
export function* groupRows(
	store: RowStore,
	columnsOut: readonly Column[],
	keyOf: (row: Row) => string,
	start: (first: Row) => GroupInProgress,
): Generator<Batch> {
	let batch = emptyBatch(columnsOut);
	let open: { key: string; first: Row; group: GroupInProgress } | undefined;
	const finish = () => {
		if (open === undefined) return;
		const { first, group } = open;
		batch.rows.push({ ...first, source: first.source ?? first.cells, cells: group.cells() });
	};
	for (const rows of store.batches()) {
		for (const row of rows) {
			const key = keyOf(row);
			if (open?.key === key) {
				const message = `Row ${row.number} is part of the group of row ${open.first.number}`;
				batch.rejected.push(skippedRow(row, 'ROW_GROUPED', message));
			} else {
				finish();
				open = { key, first: row, group: start(row) };
			}
			open.group.add(row);
		}
		if (batch.rows.length + batch.rejected.length < BATCH_ROWS) continue;
		yield batch;
		batch = emptyBatch(columnsOut);
	}
	finish();
	if (batch.rows.length + batch.rejected.length > 0) yield batch;
}
