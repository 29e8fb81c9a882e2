import { setImmediate as turn } from 'node:timers/promises';
import {
	type ByteSource,
	type Decision,
	type FileSource,
	type Reader,
	type ReadOptions,
} from '../../dataset';
import { ImportError, issue, type Issue } from '../../issues';
import { decodeHead, HEAD_BYTES } from '../encoding';
import { batchRecords, namingRecords, SAMPLE_RECORDS, type LongRecords } from '../records';
import { columnNames } from './column-names';
import { UndefinedEntities } from './entities';
import { locateRecords, namedPlace, type RecordPlace } from './locate-records';
import { RecordPaths } from './record-paths';
import { refuseHtml } from './refuse-html';
import { Turns } from '../turns';
import { UnreadElements } from './unread-elements';
import { decideXmlEncoding } from './xml-encoding';
import { MAX_RECORD_LENGTH } from './xml-parser';
import { findLists, lengthOf, recordValues, type RecordElement } from './xml-record';
import { xmlRecords } from './xml-records';
import { XmlShape } from './xml-shape';
import { xmlText } from './xml-text';

/** Where a sample ends early, in characters: a thousand of the largest records would fill memory. */
const LARGEST_SAMPLE = 32 * 1024 * 1024;

interface XmlOptions {
	encoding: string;
	/** Names from the root to the record, without prefixes. */
	recordPath: string[];
	fromRoot: boolean;
	/** Path of each column (see `recordValues`). */
	paths: string[];
	/** Paths of the elements that repeat inside a record. */
	lists: string[];
	maxRecordLength: number;
	longRows?: LongRecords;
}

/** Reads an XML document (XML 1.0) whose records are elements that repeat. */
export const xmlReader: Reader = {
	format: 'xml',

	async open(bytes: ByteSource, options: ReadOptions): Promise<FileSource> {
		const head = await bytes.read(0, HEAD_BYTES);
		const { decision, issues } = decideXmlEncoding(head, options.encoding);
		const encoding = String(decision.value);
		const start = decodeHead(head, encoding);
		if (start.trim() === '') throw new ImportError('FILE_EMPTY', 'The file is empty');
		refuseHtml(start);
		const maxRecordLength = options.maxRecordLength ?? MAX_RECORD_LENGTH;
		const text = () => xmlText(bytes, encoding);
		const wanted = options.recordPath ?? '';
		const place =
			wanted === '' ? await locateRecords(text(), HEAD_BYTES, maxRecordLength) : namedPlace(wanted);
		const records = () => xmlRecords(text(), place, maxRecordLength);
		const isWhole = namingRecords(options) === Infinity;
		const sample = isWhole ? undefined : [await readSample(records())];
		const { seen, paths, lists } = await learnColumns(() => sample ?? records());
		if (seen === 0) throw noRecords(wanted);
		if (paths.length === 0) throw noRecords('');
		const columns = columnNames(paths).map((name) => ({ name }));
		// of a hundred thousand columns each of these steps is long
		await turn();
		const readerOptions: XmlOptions = {
			encoding,
			recordPath: place.path,
			fromRoot: place.fromRoot,
			paths,
			lists,
			maxRecordLength,
			longRows: options.longRows,
		};
		return {
			kind: 'file',
			format: 'xml',
			options: { ...readerOptions },
			columns,
			decisions: [decision, recordsDecision(place, wanted)],
			issues: [...issues, ...ambiguous(place)],
			limit: options.limit,
		};
	},

	async *read(bytes, source, batchSize) {
		const options = source.options as unknown as XmlOptions;
		const shape = new XmlShape(options.paths, options.lists, options.longRows);
		const text = xmlText(bytes, options.encoding);
		const place = { path: options.recordPath, fromRoot: options.fromRoot };
		const unread = new UnreadElements();
		const undefinedEntities = new UndefinedEntities();
		const accounts = { unread, undefinedEntities };
		const records = xmlRecords(text, place, options.maxRecordLength, accounts);
		yield* batchRecords(records, shape, batchSize, source.limit);
		const issues = undefinedEntities.issues();
		if (unread.isComplete) issues.push(...unread.issues(place.path.at(-1) ?? ''));
		if (issues.length > 0) yield { rows: [], rejected: [], issues };
	},
};

/**
 * The paths of the columns, and those of lists (see `recordValues`).
 *
 * @param groups the records that give the columns their names; they are asked for twice, since what is a list is to be
 * known before paths are
 */
async function learnColumns(
	groups: () => AsyncIterable<RecordElement[]> | Iterable<RecordElement[]>,
): Promise<{ seen: number; paths: string[]; lists: string[] }> {
	let seen = 0;
	const lists = new Set<string>();
	const turns = new Turns();
	for await (const records of groups()) {
		for (const record of records) {
			findLists(record, lists);
			await turns.give();
		}
		seen += records.length;
	}
	const recordPaths = new RecordPaths();
	for await (const records of groups()) {
		for (const record of records) {
			const values = recordValues(record, lists);
			await turns.give();
			recordPaths.learn(values);
			await turns.give();
		}
	}
	return { seen, paths: recordPaths.paths, lists: [...lists] };
}

/** The first records of the file; none at all where the path leads nowhere. */
async function readSample(batches: AsyncIterable<RecordElement[]>): Promise<RecordElement[]> {
	const sample: RecordElement[] = [];
	let length = 0;
	for await (const records of batches) {
		sample.push(...records.slice(0, SAMPLE_RECORDS - sample.length));
		for (const record of records) length += lengthOf(record);
		if (sample.length === SAMPLE_RECORDS || length > LARGEST_SAMPLE) break;
	}
	return sample;
}

function noRecords(wanted: string): ImportError {
	if (wanted === '') return new ImportError('FILE_EMPTY', 'The XML file holds no records');
	return new ImportError('FILE_FORMAT', `The XML file has no element at "${wanted}"`, {
		hint: 'Set Record Path to the name of the element that is a record, such as student, or to the names that lead to it, such as export/students/student.',
	});
}

/** A warning where other elements repeat as well. */
function ambiguous({ path, others }: RecordPlace): Issue[] {
	if (others.length === 0) return [];
	const named = others.map((other) => `${other.path} (${other.seen} at the head)`).join(', ');
	const message = `The records were read from ${path.join('/')}. In the file there repeats also ${named}, not read.`;
	return [issue('FILE_RECORDS_AMBIGUOUS', message, { value: others[0]?.path })];
}

function recordsDecision({ path, seen, others }: RecordPlace, wanted: string): Decision {
	const value = path.join('/');
	const name = path.at(-1) ?? '';
	if (wanted !== '') {
		const evidence = `each <${name}> is a record`;
		return { subject: 'records', value, confidence: 1, evidence, chosenBy: 'setting' };
	}
	const also = others.length > 0 ? `; so does ${others.map((other) => other.path).join(', ')}` : '';
	const evidence =
		seen > 1
			? `<${name}> repeats (${seen} times at the head)${also}`
			: 'nothing repeats: one record';
	const isSure = others.length === 0 ? 0.95 : 0.7;
	const confidence = seen > 1 ? Math.min(isSure, 0.6 + seen / 50) : 0.6;
	return { subject: 'records', value, confidence, evidence, chosenBy: 'detection' };
}
