import type { RawBatch } from '../../dataset';

/** Lays one record out as a row of a batch, or rejects it. */
interface Shape<T> {
	add(batch: RawBatch, number: number, record: T): void;
}

/** Lays records out as rows, in batches of about `batchSize`; at most `limit` of them. They are numbered from 1. */
export async function* batchRecords<T>(
	groups: AsyncIterable<readonly T[]>,
	shape: Shape<T>,
	batchSize: number,
	limit = Infinity,
): AsyncGenerator<RawBatch> {
	let number = 0;
	let batch: RawBatch = { rows: [], rejected: [], issues: [] };
	for await (const records of groups) {
		for (const record of records) {
			if (number === limit) break;
			shape.add(batch, ++number, record);
			if (batch.rows.length + batch.rejected.length >= batchSize) {
				yield batch;
				batch = { rows: [], rejected: [], issues: [] };
			}
		}
		if (number === limit) break;
	}
	if (batch.rows.length + batch.rejected.length > 0) yield batch;
}
