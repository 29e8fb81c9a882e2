import type { ByteSource, FileSource, RawBatch, Reader, ReadOptions } from '../../dataset';
import { ImportError, issue, quoteValue } from '../../issues';
import { decodeHead, HEAD_BYTES } from '../encoding';
import { namingRecords, type LongRecords } from '../records';
import { Turns } from '../turns';
import { columnsOfPaths, RecordPaths, RecordShape, type Nested } from './json-records';
import { DuplicateKeys, type KeyedText } from './duplicate-keys';
import { DamagedLine, ndjsonLines, type LineGroup } from './ndjson-lines';
import { parseJson } from './parse-json';
import { findSyntaxFaultInWhole } from './syntax-fault';
import { decideJsonEncoding } from './utf8-chunks';

/** Larger ones would keep the event loop for too long: a line is parsed at one go. */
const MAX_LINE_LENGTH = 16 * 1024 * 1024;

interface NdjsonOptions {
	encoding: string;
	maxLineLength: number;
	nested: Nested;
	longRows?: LongRecords;
	/** The keys that lead to each column. */
	paths: string[][];
}

/** Reads newline-delimited JSON: one record a line. A line that is broken is rejected, the others are read. */
export const ndjsonReader: Reader = {
	format: 'ndjson',

	async open(bytes: ByteSource, options: ReadOptions): Promise<FileSource> {
		const head = await bytes.read(0, HEAD_BYTES);
		const encoding = decideJsonEncoding(head, options.encoding);
		if (decodeHead(head, String(encoding.value)).trim() === '') {
			throw new ImportError('FILE_EMPTY', 'The file is empty');
		}
		const readerOptions: NdjsonOptions = {
			encoding: String(encoding.value),
			maxLineLength: options.maxRecordLength ?? MAX_LINE_LENGTH,
			nested: options.nested ?? 'flatten',
			longRows: options.longRows,
			paths: [],
		};
		const recordPaths = new RecordPaths(readerOptions.nested);
		let seen = 0;
		const most = namingRecords(options);
		const turns = new Turns();
		for await (const { records, lines = [] } of readLines(bytes, readerOptions)) {
			const parsed = records ?? lines.map(parseLine);
			await turns.give();
			for (const record of parsed) {
				if (record !== BROKEN) recordPaths.learn(record);
				if (++seen >= most) break;
			}
			if (seen >= most) break;
		}
		readerOptions.paths = recordPaths.paths.map((path) => [...path]);
		await turns.give();
		const { columns, issues } = columnsOfPaths(readerOptions.paths);
		await turns.give();
		return {
			kind: 'file',
			format: 'ndjson',
			options: { ...readerOptions },
			columns,
			decisions: [encoding],
			issues,
			limit: options.limit,
		};
	},

	async *read(bytes, source, batchSize) {
		const options = source.options as unknown as NdjsonOptions;
		const turns = new Turns();
		const shape = new RecordShape(options.paths, options.nested, options.longRows);
		const limit = source.limit ?? Infinity;
		let number = 0;
		let taken = 0;
		let lastRead = 0;
		let batch: RawBatch = { rows: [], rejected: [], issues: [] };
		const duplicates = new DuplicateKeys();
		for await (const group of readLines(bytes, options)) {
			await turns.give();
			const { records, lines = [] } = group;
			const before = number;
			const count = records?.length ?? lines.length;
			for (let index = 0; index < count; index++) {
				number++;
				const line = lines[index];
				if (line !== undefined && isBlank(line)) continue;
				if (taken === limit) break;
				taken++;
				lastRead = number;
				const record = line === undefined ? records?.[index] : parseLine(line);
				if (record === BROKEN) rejectLine(batch, number, line ?? '');
				else shape.add(batch, number, record);
				if (batch.rows.length + batch.rejected.length >= batchSize) {
					yield batch;
					batch = { rows: [], rejected: [], issues: [] };
				}
			}
			duplicates.check(keyedText(group), shape.takeKeys(), (record) =>
				before + record < lastRead ? before + record + 1 : undefined,
			);
			batch.issues.push(...duplicates.take());
			if (taken === limit) break;
		}
		batch.issues.push(...duplicates.rest());
		if (batch.issues.length > 0 || batch.rows.length + batch.rejected.length > 0) yield batch;
	},
};

const BROKEN = Symbol('a line that is not JSON');

/** Stands before each record of a JSON text sequence (RFC 7464, 2.2), which is NDJSON otherwise. */
const RECORD_SEPARATOR = '\x1e';

function readLines(bytes: ByteSource, { encoding, maxLineLength, nested }: NdjsonOptions) {
	return ndjsonLines(bytes, encoding, { maxLength: maxLineLength, nested });
}

function isBlank(line: string | DamagedLine): boolean {
	return typeof line === 'string' && !isObject(line) && line.trim() === '';
}

const BRACE = 0x7b;

/** Whether an object begins where the line does: nearly every line needs no closer look. */
const isObject = (line: string) => line.charCodeAt(0) === BRACE;

function parseLine(line: string | DamagedLine): unknown {
	if (typeof line !== 'string') return BROKEN;
	try {
		const isMarked = !isObject(line) && line.startsWith(RECORD_SEPARATOR);
		return parseJson(isMarked ? line.slice(1) : line);
	} catch {
		return BROKEN;
	}
}

/** The lines that were read, each as an array of its record. */
function keyedText({ keys, again }: LineGroup): KeyedText {
	const asArray = (line: string | DamagedLine) =>
		typeof line === 'string' && parseLine(line) !== BROKEN ? `[${line}]` : '';
	return { keys, texts: () => again().map(asArray) };
}

function rejectLine(batch: RawBatch, row: number, line: string | DamagedLine): void {
	const damaged = typeof line !== 'string';
	const raw = damaged ? line.text : line;
	const message = `Line ${row} is not valid ${damaged ? 'UTF-8' : `JSON${whereBroken(raw)}`}`;
	batch.rejected.push({
		number: row,
		source: [],
		raw,
		outcome: 'failed',
		issues: [issue('ROW_MALFORMED', message, { row, value: quoteValue(raw) })],
	});
}

function whereBroken(line: string): string {
	try {
		const fault = findSyntaxFaultInWhole(line);
		return fault === undefined ? '' : `, at column ${fault.column}: ${fault.reason}`;
	} catch (error) {
		if (!(error instanceof ImportError)) throw error;
		return `: ${error.message}`;
	}
}
