import type { ByteSource, FileSource, Reader, ReadOptions } from '../../dataset';
import { ImportError } from '../../issues';
import { HEAD_BYTES } from '../encoding';
import { batchRecords, RecordColumns, SAMPLE_RECORDS } from '../records';
import { arrayElements } from './array-elements';
import { namesOf, RecordShape } from './json-records';
import { locateRecords, type RecordPlace } from './locate-records';
import { parseRecords } from './parse-json';
import { decideJsonEncoding, utf8Chunks } from './utf8-chunks';

const MAX_RECORD_BYTES = 64 * 1024 * 1024;

interface JsonOptions {
	encoding: string;
	path: string;
	kind: RecordPlace['kind'];
	/** Offset in bytes of UTF-8 text, without a byte order mark. */
	start: number;
	depth: number;
	maxRecordBytes: number;
}

/** Reads a JSON document (RFC 8259) whose records are an array, at the top or under a path of keys. */
export const jsonReader: Reader = {
	format: 'json',

	async open(bytes: ByteSource, options: ReadOptions): Promise<FileSource> {
		const head = await bytes.read(0, HEAD_BYTES);
		const encoding = decideJsonEncoding(head, options.encoding);
		const place = await findRecords(
			utf8Chunks(bytes, String(encoding.value)),
			options.recordPath ?? '',
		);
		const readerOptions: JsonOptions = {
			encoding: String(encoding.value),
			...place,
			maxRecordBytes: options.maxRecordLength ?? MAX_RECORD_BYTES,
		};
		const columns = new RecordColumns();
		let seen = 0;
		for await (const records of readRecords(bytes, readerOptions)) {
			for (const record of records.slice(0, SAMPLE_RECORDS - seen)) columns.learn(namesOf(record));
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
		const records = readRecords(bytes, source.options as unknown as JsonOptions);
		yield* batchRecords(records, shape, batchSize, source.limit);
	},
};

async function findRecords(
	chunks: AsyncIterable<Uint8Array>,
	recordPath: string,
): Promise<RecordPlace> {
	const place = await locateRecords(chunks, recordPath);
	if (place === undefined) {
		throw new ImportError('FILE_FORMAT', `The JSON file has no array at "${recordPath}"`, {
			hint: 'Set Record Path to the keys that lead to the array of records, such as data.items.',
		});
	}
	if (place.kind === 'nothing') throw new ImportError('FILE_EMPTY', 'The file is empty');
	if (place.kind === 'value') {
		throw new ImportError(
			'FILE_FORMAT',
			'The JSON file holds a single value: neither an array nor an object',
		);
	}
	return place;
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
async function* readRecords(
	bytes: ByteSource,
	{ encoding, kind, start, depth, maxRecordBytes }: JsonOptions,
): AsyncGenerator<unknown[], void, undefined> {
	const chunks = utf8Chunks(bytes, encoding);
	if (kind === 'array') yield* arrayElements(chunks, start, depth, maxRecordBytes);
	else yield parseRecords(`[${await wholeText(chunks, maxRecordBytes)}]`, 0);
}

async function wholeText(chunks: AsyncIterable<Uint8Array>, maxBytes: number): Promise<string> {
	const pieces: Uint8Array[] = [];
	let length = 0;
	for await (const chunk of chunks) {
		pieces.push(chunk);
		length += chunk.length;
		if (length > maxBytes) {
			throw new ImportError(
				'FILE_TOO_LARGE',
				`The JSON file is one record that is larger than ${maxBytes} bytes`,
			);
		}
	}
	return Buffer.concat(pieces).toString('utf8');
}
