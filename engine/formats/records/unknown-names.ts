import type { RawBatch, ReadOptions } from '../../dataset';
import { ImportError, issue, quoteValue } from '../../issues';

/** Records whose names make the columns. */
export const SAMPLE_RECORDS = 1000;

/** How many records give the columns their names: all of them where values without a column are to be kept. */
export const namingRecords = ({ longRows }: Pick<ReadOptions, 'longRows'>): number =>
	longRows === 'keep' ? Infinity : SAMPLE_RECORDS;

/** What becomes of records with values that no column has room for. */
export type LongRecords = ReadOptions['longRows'];

/**
 * Rejects a record with values that no column has room for: nothing is dropped in silence.
 *
 * @param raw the text of the record
 * @param names the names that the columns do not have, at least one
 * @throws ImportError ROW_LONG where such records are to end the reading
 */
export function rejectUnknownNames(
	batch: RawBatch,
	row: number,
	raw: string,
	names: readonly string[],
	longRows: LongRecords,
): void {
	const quoted = names.slice(0, 5).map((name) => `"${name}"`);
	const more = names.length > quoted.length ? ` and ${names.length - quoted.length} more` : '';
	const message = `Record ${row} holds ${quoted.join(', ')}${more}, which the first ${SAMPLE_RECORDS} records do not have`;
	const fields = { row, column: names[0], value: quoteValue(raw) };
	if (longRows === 'stop') throw new ImportError('ROW_LONG', message, fields);
	batch.rejected.push({
		number: row,
		source: [],
		raw,
		outcome: 'failed',
		issues: [issue('ROW_LONG', message, fields)],
	});
}
