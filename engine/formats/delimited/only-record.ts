import { ImportError } from '../../issues';
import { OverlongRecord, type RecordBatch } from './records';

/** Whether the head of a file holds one record and nothing else but blank lines. */
export const isOneRecord = (rows: ReadonlyArray<{ cells: readonly string[] }>): boolean =>
	rows.slice(1).every(({ cells }) => cells.every((cell) => cell === ''));

/**
 * Reads the first record of a file, which may be longer than the head.
 *
 * @returns undefined where it has no cells
 * @throws ImportError FILE_TOO_LARGE where it is longer than a record may be: no column is known then, and no row
 */
export async function readFirstRecord(
	batches: AsyncIterable<RecordBatch>,
): Promise<readonly string[] | undefined> {
	for await (const { records } of batches) {
		const [first] = records;
		if (!(first instanceof OverlongRecord)) return Array.isArray(first) ? first : undefined;
		const message = `Nothing can be read: the file begins with one line, and ${first.reason}`;
		const hint =
			'Check the export that made the file: its lines do not end, or it is no table. If a line may be so long, raise Largest Record in the options of Parse Spreadsheet.';
		throw new ImportError('FILE_TOO_LARGE', message, { row: 1, hint });
	}
	return undefined;
}
