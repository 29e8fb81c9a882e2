import {
	type ByteSource,
	type Decision,
	type FileSource,
	type Reader,
	type ReadOptions,
} from '../../dataset';
import { ImportError, issue, type Issue } from '../../issues';
import { decodeHead, HEAD_BYTES } from '../encoding';
import { batchRecords, SAMPLE_RECORDS } from '../records';
import { columnNames } from './column-names';
import { locateRecords, namedPlace, type RecordPlace } from './locate-records';
import { RecordPaths } from './record-paths';
import { refuseHtml } from './refuse-html';
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
		const sample = await readSample(xmlRecords(text(), place, maxRecordLength));
		if (sample.length === 0) throw noRecords(wanted);
		const lists = new Set<string>();
		for (const record of sample) findLists(record, lists);
		const recordPaths = new RecordPaths();
		for (const record of sample) recordPaths.learn(recordValues(record, lists));
		const { paths } = recordPaths;
		if (paths.length === 0) throw noRecords('');
		const readerOptions: XmlOptions = {
			encoding,
			recordPath: place.path,
			fromRoot: place.fromRoot,
			paths,
			lists: [...lists],
			maxRecordLength,
		};
		return {
			kind: 'file',
			format: 'xml',
			options: { ...readerOptions },
			columns: columnNames(paths).map((name) => ({ name })),
			decisions: [decision, recordsDecision(place, wanted)],
			issues: [...issues, ...ambiguous(place)],
			limit: options.limit,
		};
	},

	async *read(bytes, source, batchSize) {
		const options = source.options as unknown as XmlOptions;
		const shape = new XmlShape(options.paths, options.lists);
		const text = xmlText(bytes, options.encoding);
		const place = { path: options.recordPath, fromRoot: options.fromRoot };
		const unread = new UnreadElements();
		const records = xmlRecords(text, place, options.maxRecordLength, unread);
		yield* batchRecords(records, shape, batchSize, source.limit);
		const issues = unread.isComplete ? unread.issues(place.path.at(-1) ?? '') : [];
		if (issues.length > 0) yield { rows: [], rejected: [], issues };
	},
};

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
