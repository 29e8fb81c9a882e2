import { RecordSplitter } from './record-splitter';
import type { RecordBatch } from './record-batch';
import type { Dialect } from './tokenizer';

export {
	CommentLine,
	MalformedRecord,
	OverlongRecord,
	RecordBatch,
	type FileRecord,
} from './record-batch';

/** Text is taken apart in pieces of about this many characters, so that the event loop is never held for long. */
const PIECE_LENGTH = 64 * 1024;

/** Where records may not be long, pieces are shorter: what is as short as one record can be read the fast way. */
const LEAST_PIECE_LENGTH = 4 * 1024;

/**
 * Splits decoded text into records as RFC 4180 has it, in constant memory. Every line of the text is in exactly one record.
 *
 * Papa Parse's core splits what is sound, fed by hand: rows stay arrays, and a record may not grow beyond
 * `maxRecordLength` characters. A piece of text in which quotes are broken is read again by a tokenizer of our own, which
 * knows where each record begins: a broken line is read as its quotes and the number of columns suggest (ROW_QUOTES),
 * or given out as malformed, and reading goes on at the next line.
 */
export async function* splitRecords(
	texts: AsyncIterable<string>,
	dialect: Dialect,
	maxRecordLength: number,
): AsyncGenerator<RecordBatch> {
	const splitter = new RecordSplitter(dialect, maxRecordLength);
	const length = Math.max(
		LEAST_PIECE_LENGTH,
		Math.min(PIECE_LENGTH, Math.floor(maxRecordLength / 2)),
	);
	for await (const text of texts) {
		for (let start = 0; start < text.length; start += length) {
			yield* splitter.add(text.slice(start, start + length));
		}
	}
	yield* splitter.end();
}
