import type { ByteSource, FileSource, RawBatch, Reader, ReadOptions } from '../../dataset';
import { ImportError, issue, quoteValue } from '../../issues';
import { decideEncoding, decodeChunks, decodeHead, HEAD_BYTES } from '../encoding';
import { RecordColumns, RecordShape, SAMPLE_RECORDS } from './json-records';
import { parseJson } from './parse-json';

const MAX_LINE_LENGTH = 64 * 1024 * 1024;

interface NdjsonOptions {
	encoding: string;
	maxLineLength: number;
}

/** Reads newline-delimited JSON: one record a line. A line that is broken is rejected, the others are read. */
export const ndjsonReader: Reader = {
	format: 'ndjson',

	async open(bytes: ByteSource, options: ReadOptions): Promise<FileSource> {
		const head = await bytes.read(0, HEAD_BYTES);
		const encoding = decideEncoding(head, options.encoding);
		if (decodeHead(head, String(encoding.value)).trim() === '') {
			throw new ImportError('FILE_EMPTY', 'The file is empty');
		}
		const readerOptions: NdjsonOptions = {
			encoding: String(encoding.value),
			maxLineLength: options.maxRecordLength ?? MAX_LINE_LENGTH,
		};
		const columns = new RecordColumns();
		let seen = 0;
		for await (const lines of readLines(bytes, readerOptions)) {
			for (const line of lines) {
				const record = parseLine(line);
				if (record !== BROKEN) columns.learn(record);
				if (++seen >= SAMPLE_RECORDS) break;
			}
			if (seen >= SAMPLE_RECORDS) break;
		}
		return {
			kind: 'file',
			format: 'ndjson',
			options: { ...readerOptions },
			columns: columns.columns,
			decisions: [encoding],
			issues: [],
			limit: options.limit,
		};
	},

	async *read(bytes, source, batchSize) {
		const shape = new RecordShape(source.columns);
		const limit = source.limit ?? Infinity;
		let number = 0;
		let taken = 0;
		let batch: RawBatch = { rows: [], rejected: [], issues: [] };
		for await (const lines of readLines(bytes, source.options as unknown as NdjsonOptions)) {
			for (const line of lines) {
				number++;
				if (line.trim() === '') continue;
				if (taken === limit) break;
				taken++;
				const record = parseLine(line);
				if (record === BROKEN) rejectLine(batch, number, line);
				else shape.add(batch, number, record);
				if (batch.rows.length + batch.rejected.length >= batchSize) {
					yield batch;
					batch = { rows: [], rejected: [], issues: [] };
				}
			}
			if (taken === limit) break;
		}
		if (batch.rows.length + batch.rejected.length > 0) yield batch;
	},
};

const BROKEN = Symbol('a line that is not JSON');

function parseLine(line: string): unknown {
	if (line.trim() === '') return BROKEN;
	try {
		return parseJson(line);
	} catch {
		return BROKEN;
	}
}

function rejectLine(batch: RawBatch, row: number, line: string): void {
	batch.rejected.push({
		number: row,
		source: [],
		raw: line,
		outcome: 'failed',
		issues: [
			issue('ROW_MALFORMED', `Line ${row} is not valid JSON`, { row, value: quoteValue(line) }),
		],
	});
}

/** Whole lines, some at a time. @throws ImportError FILE_TOO_LARGE when a line exceeds the limit */
async function* readLines(bytes: ByteSource, options: NdjsonOptions): AsyncGenerator<string[]> {
	let rest: string[] = [];
	let restLength = 0;
	for await (const text of decodeChunks(bytes.chunks(), options.encoding)) {
		const end = text.lastIndexOf('\n');
		if (end === -1) {
			rest.push(text);
			restLength += text.length;
			if (restLength > options.maxLineLength) {
				throw new ImportError(
					'FILE_TOO_LARGE',
					`A line of the file is longer than ${options.maxLineLength} characters`,
				);
			}
			continue;
		}
		yield (rest.join('') + text.slice(0, end)).split('\n');
		rest = [text.slice(end + 1)];
		restLength = text.length - end - 1;
	}
	if (restLength > 0) yield [rest.join('')];
}
