import type { ByteSource, Decision, FileSource, Reader, ReadOptions } from '../../dataset';
import { ImportError, issue, type Issue } from '../../issues';
import { HEAD_BYTES } from '../encoding';
import { batchRecords, namingRecords, type LongRecords } from '../records';
import { Turns } from '../turns';
import { arrayElements, type ElementGroup } from './array-elements';
import { DuplicateKeys } from './duplicate-keys';
import { pathText } from './json-path';
import { columnsOfPaths, RecordPaths, RecordShape, type Nested } from './json-records';
import type { ArrayPlace } from './json-scanner';
import { mostKeys } from './key-count';
import { refuseTooManyKeys } from './key-limit';
import { locateRecords, mayBeRecords, type OtherRecords, type RecordPlace } from './locate-records';
import { parseRecords } from './parse-json';
import { withPlace } from './syntax-fault';
import { decideJsonEncoding, utf8Chunks } from './utf8-chunks';

/** Larger ones would keep the event loop for too long: a record is parsed at one go. */
const MAX_RECORD_BYTES = 16 * 1024 * 1024;

interface JsonOptions {
	encoding: string;
	kind: RecordPlace['kind'];
	/** What leads to the array of records. */
	steps: Array<string | number>;
	/** Offset in bytes of UTF-8 text, without a byte order mark. */
	start: number;
	maxRecordBytes: number;
	nested: Nested;
	longRows?: LongRecords;
	/** The keys that lead to each column. */
	paths: string[][];
	/** Other arrays that were named when the file was opened. */
	others: string[];
	/** Whether a person has set the path of the records. */
	isChosen: boolean;
}

/** Reads a JSON document (RFC 8259) whose records are an array, at the top or under a path of keys. */
export const jsonReader: Reader = {
	format: 'json',

	async open(bytes: ByteSource, options: ReadOptions): Promise<FileSource> {
		const head = await bytes.read(0, HEAD_BYTES);
		const encoding = decideJsonEncoding(head, options.encoding);
		const chunks = () => utf8Chunks(bytes, String(encoding.value));
		try {
			return await openDocument(bytes, encoding, options);
		} catch (error) {
			throw await withPlace(error, chunks);
		}
	},

	async *read(bytes, source, batchSize) {
		const options = source.options as unknown as JsonOptions;
		const shape = new RecordShape(options.paths, options.nested, options.longRows);
		const others: OtherRecords[] = [];
		const note = (place: ArrayPlace) => {
			const path = pathText(place.path);
			if (mayBeRecords(place) && !options.others.includes(path)) others.push({ path, elements: 0 });
		};
		const duplicates = new DuplicateKeys();
		try {
			const records = watchedRecords(readRecords(bytes, options, note), shape, duplicates);
			for await (const batch of batchRecords(records, shape, batchSize, source.limit)) {
				batch.issues.push(...duplicates.take());
				yield batch;
			}
		} catch (error) {
			throw await withPlace(error, () => utf8Chunks(bytes, options.encoding));
		}
		const issues = duplicates.rest();
		if (others.length > 0 && !options.isChosen) {
			issues.push(ambiguous(pathText(options.steps), others));
		}
		if (issues.length > 0) yield { rows: [], rejected: [], issues };
	},
};

async function openDocument(
	bytes: ByteSource,
	encoding: Decision,
	options: ReadOptions,
): Promise<FileSource> {
	const { recordPath = '', nested = 'flatten' } = options;
	const place = await findRecords(utf8Chunks(bytes, String(encoding.value)), recordPath);
	const readerOptions: JsonOptions = {
		encoding: String(encoding.value),
		kind: place.kind,
		steps: [...place.steps],
		start: place.start,
		maxRecordBytes: options.maxRecordLength ?? MAX_RECORD_BYTES,
		nested,
		longRows: options.longRows,
		paths: [],
		others: place.others.map(({ path }) => path),
		isChosen: recordPath !== '',
	};
	const recordPaths = new RecordPaths(nested);
	let seen = 0;
	const most = namingRecords(options);
	const turns = new Turns();
	for await (const { records } of readRecords(bytes, readerOptions)) {
		await turns.give();
		for (const record of records.slice(0, most - seen)) recordPaths.learn(record);
		seen += records.length;
		if (seen >= most) break;
	}
	readerOptions.paths = recordPaths.paths.map((path) => [...path]);
	if (readerOptions.paths.length === 0) throw noRecords(place);
	await turns.give();
	const { columns, issues } = columnsOfPaths(readerOptions.paths);
	await turns.give();
	if (!readerOptions.isChosen && place.others.length > 0) {
		issues.unshift(ambiguous(pathText(place.steps), place.others));
	}
	return {
		kind: 'file',
		format: 'json',
		options: { ...readerOptions },
		columns,
		decisions: [encoding, recordsDecision(place, readerOptions.isChosen)],
		issues,
		limit: options.limit,
	};
}

async function findRecords(
	chunks: AsyncIterable<Uint8Array>,
	recordPath: string,
): Promise<RecordPlace> {
	const place = await locateRecords(chunks, HEAD_BYTES, recordPath);
	if (place.kind === 'not found') {
		const arrays = place.arrays.map((path) => `"${path}"`).join(', ');
		throw new ImportError('FILE_FORMAT', `The JSON file has no array at "${recordPath}"`, {
			hint: `Set Record Path to the keys that lead to the array of records, such as ${arrays || 'data.items'}.`,
		});
	}
	if (place.kind === 'nothing') throw new ImportError('FILE_EMPTY', 'The file is empty');
	if (place.kind === 'value') throw noRecords(place);
	return place;
}

function noRecords({ kind, steps, others }: RecordPlace): ImportError {
	if (kind === 'value') {
		const message = 'The JSON file holds a single value: neither an array nor an object';
		return new ImportError('FILE_NO_RECORDS', message);
	}
	const what = kind === 'object' ? 'an empty object' : 'an array without records';
	const where = steps.length === 0 ? '' : ` at "${pathText(steps)}"`;
	const also = others.length > 0 ? `. The file also holds ${named(others)}, not read` : '';
	const hint = `Set Record Path if another list is meant, for instance to "${others[0]?.path}".`;
	return new ImportError(
		'FILE_NO_RECORDS',
		`The JSON file holds ${what}${where}${also}`,
		also === '' ? {} : { hint },
	);
}

function ambiguous(taken: string, others: readonly OtherRecords[]): Issue {
	const message = `The records were read from "${taken}". The file also holds ${named(others)}, not read.`;
	const path = others[0]?.path;
	const hint = `Set Record Path if another list is meant, for instance to "${path}".`;
	return issue('FILE_RECORDS_AMBIGUOUS', message, { value: path, hint });
}

const MOST_NAMED = 10;

function named(others: readonly OtherRecords[]): string {
	const count = (elements: number) => (elements > 0 ? ` (${elements} at the head)` : '');
	const listed = others.slice(0, MOST_NAMED);
	const more = others.length - listed.length;
	const texts = listed.map(({ path, elements }) => `"${path}"${count(elements)}`);
	return texts.join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function recordsDecision(place: RecordPlace, isChosen: boolean): Decision {
	const path = pathText(place.steps);
	const where = path === '' ? 'the document itself' : `the array at "${path}"`;
	const others =
		place.others.length > 0 && !isChosen ? `; Record Path also takes ${named(place.others)}` : '';
	const isSure = path === '' ? 0.99 : others === '' ? 0.8 : 0.6;
	return {
		subject: 'records',
		value: path === '' ? '(top)' : path,
		confidence: isChosen ? 1 : isSure,
		evidence: place.kind === 'array' ? where + others : 'the document is one record',
		chosenBy: isChosen ? 'setting' : 'detection',
	};
}

/** The records alone; those of each group are looked at for keys that stand twice once the shape had them. */
async function* watchedRecords(
	groups: AsyncIterable<ElementGroup>,
	shape: RecordShape,
	duplicates: DuplicateKeys,
): AsyncGenerator<readonly unknown[], void, undefined> {
	let before = 0;
	const turns = new Turns();
	for await (const group of groups) {
		await turns.give();
		const taken = shape.records;
		try {
			yield group.records;
		} finally {
			// a limit may end the reading within the group
			const read = shape.records - taken;
			const rowOf = (record: number) => (record < read ? before + record + 1 : undefined);
			duplicates.check(group, shape.takeKeys(), rowOf);
		}
		before += group.records.length;
	}
}

/** The records of the document, in order, some at a time. */
async function* readRecords(
	bytes: ByteSource,
	{ encoding, kind, start, steps, maxRecordBytes: maxBytes, nested }: JsonOptions,
	onOther?: (place: ArrayPlace) => void,
): AsyncGenerator<ElementGroup, void, undefined> {
	const chunks = utf8Chunks(bytes, encoding);
	if (kind === 'array') {
		yield* arrayElements(chunks, { start, steps }, { maxBytes, nested }, onOther);
	} else {
		yield wholeDocument(await wholeText(chunks, maxBytes), nested);
	}
}

function wholeDocument(bytes: Buffer, nested: Nested): ElementGroup {
	const text = `[${bytes.toString('utf8')}]`;
	refuseTooManyKeys(text, nested);
	return { records: parseRecords(text, 0), keys: mostKeys(bytes), texts: () => [text] };
}

async function wholeText(chunks: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Buffer> {
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
	return Buffer.concat(pieces);
}
