import type { ByteSource } from '../../dataset/byte-source';
import type { Decision } from '../../dataset/dataset';
import { ImportError } from '../../issues';
import { decideEncoding, decodeChunks, HEAD_BYTES } from '../encoding';
import {
	CellRanges,
	dateSystemDecision,
	type RowsWanted,
	type Sheet,
	type SheetRow,
	type Workbook,
	type WorkbookFormat,
	type WorkbookLimits,
} from '../workbook';
import { readHead, type DocumentHead } from './document-head';
import { MAX_RECORD_LENGTH, readRecords } from './records';
import { SheetCells } from './sheet-cells';

/** Spreadsheets in Symbolic Link format (SYLK, `.slk`), read in constant memory. */
export const sylkFormat: WorkbookFormat = {
	format: 'sylk',
	open: (bytes, limits) => SylkWorkbook.open(bytes, limits),
};

/** A file of one sheet, which has no name of its own. */
class SylkWorkbook implements Workbook {
	readonly sheets: readonly Sheet[] = [{ name: 'Sheet1', hidden: false }];

	readonly decisions: readonly Decision[];

	readonly #text: () => AsyncIterable<string>;

	readonly #head: DocumentHead;

	readonly #maxLength: number;

	private constructor(
		text: () => AsyncIterable<string>,
		encoding: Decision,
		head: DocumentHead,
		maxLength: number,
	) {
		this.#text = text;
		this.#head = head;
		this.#maxLength = maxLength;
		this.decisions = [encoding, dateSystemDecision(head.date1904)];
	}

	/** @throws ImportError FILE_EMPTY, FILE_FORMAT, FILE_TOO_LARGE */
	static async open(
		bytes: ByteSource,
		{ maxRecordLength = MAX_RECORD_LENGTH }: WorkbookLimits,
	): Promise<Workbook> {
		if (bytes.size === 0) throw new ImportError('FILE_EMPTY', 'The file has no bytes.');
		const encoding = decideEncoding(await bytes.read(0, HEAD_BYTES));
		const text = () => decodeChunks(bytes.chunks(), String(encoding.value));
		const head = await readHead(readRecords(text(), maxRecordLength));
		return new SylkWorkbook(text, encoding, head, maxRecordLength);
	}

	async *rows(
		_: Sheet,
		{ width = 0, cells = 'typed' }: RowsWanted = {},
	): AsyncGenerator<SheetRow[], void, undefined> {
		const sheet = new SheetCells(this.#head, cells, width);
		for await (const records of readRecords(this.#text(), this.#maxLength)) {
			for (const record of records) {
				if (record.name === 'E') {
					yield sheet.take(true);
					return;
				}
				sheet.add(record);
			}
			const rows = sheet.take();
			if (rows.length > 0) yield rows;
		}
		throw new ImportError(
			'FILE_UNREADABLE',
			'The SYLK file is cut off: its end record is missing.',
		);
	}

	/** The format has no merged cells. */
	merges(): Promise<CellRanges> {
		return Promise.resolve(new CellRanges());
	}

	close(): Promise<void> {
		return Promise.resolve();
	}
}
