import type { ByteSource, FileSource, RawBatch, Reader, ReadOptions } from '../../dataset';
import { ImportError } from '../../issues';
import { decideEncoding, decodeChunks, decodeHead, HEAD_BYTES } from '../encoding';
import { RecordColumns, RecordShape, SAMPLE_RECORDS } from './json-records';
import { locateRecords, skipSpace, type RecordPlace } from './locate-records';
import { parseJson } from './parse-json';
import { splitElements } from './split-elements';

const MAX_RECORD_BYTES = 64 * 1024 * 1024;

interface JsonOptions {
	encoding: string;
	path: string;
	kind: RecordPlace['kind'];
	/** Offset in bytes of UTF-8 text, without a byte order mark. */
	start: number;
	maxRecordBytes: number;
}

/** Reads a JSON document (RFC 8259) whose records are an array, at the top or under a path of keys. */
export const jsonReader: Reader = {
	format: 'json',

	async open(bytes: ByteSource, options: ReadOptions): Promise<FileSource> {
		const head = await bytes.read(0, HEAD_BYTES);
		const encoding = decideEncoding(head, options.encoding);
		const text = decodeHead(head, String(encoding.value));
		const place = findRecords(text, options.recordPath);
		const readerOptions: JsonOptions = {
			encoding: String(encoding.value),
			path: place.path,
			kind: place.kind,
			start: Buffer.byteLength(text.slice(0, place.offset)),
			maxRecordBytes: options.maxRecordLength ?? MAX_RECORD_BYTES,
		};
		const columns = new RecordColumns();
		let seen = 0;
		for await (const records of readRecords(bytes, readerOptions)) {
			for (const record of records.slice(0, SAMPLE_RECORDS - seen)) columns.learn(record);
			seen += records.length;
			if (seen >= SAMPLE_RECORDS) break;
		}
		if (seen === 0) throw new ImportError('FILE_EMPTY', 'The JSON file holds no records');
		return {
			kind: 'file',
			format: 'json',
			options: { ...readerOptions },
			columns: columns.columns,
			decisions: [encoding, recordsDecision(place, options.recordPath)],
			issues: [],
			limit: options.limit,
		};
	},

	async *read(bytes, source, batchSize) {
		const shape = new RecordShape(source.columns);
		const limit = source.limit ?? Infinity;
		let number = 0;
		let batch: RawBatch = { rows: [], rejected: [], issues: [] };
		for await (const records of readRecords(bytes, source.options as unknown as JsonOptions)) {
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
	},
};

function findRecords(text: string, recordPath: string | undefined): RecordPlace {
	const place = locateRecords(text, recordPath);
	if (place !== undefined) return place;
	if (text.trim() === '') throw new ImportError('FILE_EMPTY', 'The file is empty');
	if (recordPath !== undefined && recordPath !== '') {
		throw new ImportError('FILE_FORMAT', `The JSON file has no array at "${recordPath}"`, {
			hint: 'Set Record Path to the keys that lead to the array of records, such as data.items.',
		});
	}
	throw new ImportError('FILE_FORMAT', 'The JSON file holds neither an array nor an object');
}

function recordsDecision(place: RecordPlace, chosen: string | undefined) {
	const where = place.path === '' ? 'the document itself' : `the array at "${place.path}"`;
	return {
		subject: 'records',
		value: place.path === '' ? '(top)' : place.path,
		confidence: chosen === undefined ? (place.path === '' ? 0.99 : 0.8) : 1,
		evidence: place.kind === 'array' ? where : 'the document is one record',
		chosenBy: chosen === undefined ? ('detection' as const) : ('setting' as const),
	};
}

/** The records of the document, in order, some at a time. */
async function* readRecords(bytes: ByteSource, options: JsonOptions): AsyncGenerator<unknown[]> {
	const chunks = utf8Chunks(bytes, options.encoding);
	let number = 0;
	if (options.kind === 'object') {
		yield [await readSingleRecord(chunks, options)];
		return;
	}
	for await (const text of splitElements(chunks, options.start, options.maxRecordBytes)) {
		if (skipSpace(text, 0) === text.length) continue;
		const records = parseOrExplain(`[${text}]`, number) as unknown[];
		yield records;
		number += records.length;
	}
}

async function readSingleRecord(chunks: AsyncIterable<Uint8Array>, options: JsonOptions) {
	const members: string[] = [];
	for await (const text of splitElements(chunks, options.start, options.maxRecordBytes)) {
		members.push(text);
	}
	return parseOrExplain(`{${members.join(',')}}`, 0);
}

function parseOrExplain(text: string, recordsBefore: number): unknown {
	try {
		return parseJson(text);
	} catch (error) {
		if (!(error instanceof SyntaxError)) throw error;
		throw new ImportError(
			'FILE_UNREADABLE',
			`The JSON is broken behind record ${recordsBefore}: ${error.message}`,
			{ row: recordsBefore + 1 },
		);
	}
}

/** The file as UTF-8 without a byte order mark, so that offsets found in the head hold. */
async function* utf8Chunks(bytes: ByteSource, encoding: string): AsyncGenerator<Uint8Array> {
	if (encoding !== 'utf-8') {
		for await (const text of decodeChunks(bytes.chunks(), encoding)) yield Buffer.from(text);
		return;
	}
	let first = true;
	for await (const chunk of bytes.chunks()) {
		const marked = first && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf;
		first = false;
		yield marked ? chunk.subarray(3) : chunk;
	}
}
