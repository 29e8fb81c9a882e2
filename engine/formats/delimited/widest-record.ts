import type { RecordBatch } from './records';

/**
 * How many cells the longest record of a table fills, empty cells at its end left out. Reads the whole file.
 *
 * @param firstRow number of the first record of the table
 * @param lastRow number of the last one, where it is known
 */
export async function widestRecord(
	batches: AsyncIterable<RecordBatch>,
	firstRow: number,
	lastRow = Infinity,
): Promise<number> {
	let widest = 0;
	for await (const { records, firstRecord } of batches) {
		for (const [index, record] of records.entries()) {
			const number = firstRecord + index;
			if (!Array.isArray(record) || number < firstRow) continue;
			if (number > lastRow) return widest;
			let last = record.length;
			while (last > widest && record[last - 1] === '') last--;
			if (last > widest) widest = last;
		}
	}
	return widest;
}
