import type { RawBatch, ReadOptions } from '../../dataset';
import { issue, quoteValue } from '../../issues';

/** Records whose names make the columns. */
export const SAMPLE_RECORDS = 1000;

/** How many records give the columns their names: all of them where values without a column are to be kept. */
export const namingRecords = ({ longRows }: Pick<ReadOptions, 'longRows'>): number =>
	longRows === 'keep' ? Infinity : SAMPLE_RECORDS;

/**
 * Rejects a record with values that no column has room for: nothing is dropped in silence.
 *
 * @param raw the text of the record
 * @param names the names that the columns do not have, at least one
 */
export function rejectUnknownNames(
	batch: RawBatch,
	row: number,
	raw: string,
	names: readonly string[],
): void {
	const quoted = names.slice(0, 5).map((name) => `"${name}"`);
	const more = names.length > quoted.length ? ` and ${names.length - quoted.length} more` : '';
	const message = `Record ${row} holds ${quoted.join(', ')}${more}, which the first ${SAMPLE_RECORDS} records do not have`;
	batch.rejected.push({
		number: row,
		source: [],
		raw,
		outcome: 'failed',
		issues: [issue('ROW_LONG', message, { row, column: names[0], value: quoteValue(raw) })],
	});
}
