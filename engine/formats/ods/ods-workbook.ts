import type { ByteSource } from '../../dataset/byte-source';
import type { Decision } from '../../dataset/dataset';
import { ImportError } from '../../issues';
import {
	CellRanges,
	type RowsWanted,
	type Sheet,
	type SheetRow,
	type Workbook,
	type WorkbookFormat,
	type WorkbookLimits,
} from '../workbook';
import { attributesOf, elementText, readOutline } from '../xml/document-outline';
import { ElementFinder, type ElementSpan } from '../xml/element-finder';
import { MAX_RECORD_LENGTH, XmlParser } from '../xml/xml-parser';
import { DocumentHead } from './document-head';
import { openDocument, type OdsDocument } from './ods-document';
import { repeatRows } from './repeat-rows';
import { TableParser } from './table-parser';
import { TableRows, type RowRun } from './table-rows';

interface OdsSheet extends Sheet {
	/** Where its table lies in the document. */
	span: ElementSpan;
}

/** OpenDocument spreadsheets (ISO/IEC 26300; packages and single XML files), read in constant memory. */
export const odsFormat: WorkbookFormat = {
	format: 'ods',
	open: async (bytes, limits) => {
		const document = await openDocument(bytes, limits.maxUnpackedBytes);
		const sheets = sheetsOf.get(bytes) ?? (await readSheets(document, limits));
		sheetsOf.set(bytes, sheets);
		return new OdsWorkbook(document, sheets, limits);
	},
};

/** To find the sheets, all of the document is looked through: done once for a file, not each time that it is opened. */
const sheetsOf = new WeakMap<ByteSource, readonly OdsSheet[]>();

/** All sheets of a document stand in one part: each is read from where it was found. */
class OdsWorkbook implements Workbook {
	readonly sheets: readonly OdsSheet[];

	readonly #document: OdsDocument;

	readonly #limits: WorkbookLimits;

	constructor(document: OdsDocument, sheets: readonly OdsSheet[], limits: WorkbookLimits) {
		this.#document = document;
		this.sheets = sheets;
		this.#limits = limits;
	}

	get decisions(): readonly Decision[] {
		return this.#document.decisions;
	}

	async *rows(
		sheet: Sheet,
		{ width = 0, cells = 'typed' }: RowsWanted = {},
	): AsyncGenerator<SheetRow[], void, undefined> {
		const table = new TableRows(width, cells);
		for await (const runs of this.#parsed(sheet as OdsSheet, table)) yield* repeatRows(runs);
	}

	async merges(sheet: Sheet): Promise<CellRanges> {
		const ranges = new CellRanges();
		const table = new TableRows(0, 'typed', ranges);
		for await (const _ of this.#parsed(sheet as OdsSheet, table));
		return ranges;
	}

	close(): Promise<void> {
		return Promise.resolve();
	}

	async *#parsed({ span }: OdsSheet, table: TableRows): AsyncGenerator<RowRun[], void, undefined> {
		const maxLength = this.#limits.maxRecordLength ?? MAX_RECORD_LENGTH;
		const parser = new XmlParser(new TableParser(table, maxLength), maxLength);
		for await (const piece of elementText(this.#document.text(), span)) {
			parser.write(piece);
			const runs = table.take();
			if (runs.length > 0) yield runs;
		}
		parser.end();
	}
}

/** LibreOffice keeps the values of other files as tables, named after the file: they have no tab. */
const OF_ANOTHER_FILE = /^'[a-z][a-z\d+.-]*:.*'#\$/is;

async function readSheets(
	document: OdsDocument,
	{ maxRecordLength = MAX_RECORD_LENGTH }: WorkbookLimits,
): Promise<OdsSheet[]> {
	const head = new DocumentHead();
	const finder = new ElementFinder('table', { passed: ['dde-links'] });
	const spans = await readOutline(document.text(), finder, head, maxRecordLength);
	if (!head.isSpreadsheet) {
		throw new ImportError('FILE_FORMAT', 'The file is an OpenDocument file, but no spreadsheet.');
	}
	return spans.flatMap((span) => {
		const attributes = attributesOf(span.tag);
		const name = attributes['table:name'] ?? '';
		if (OF_ANOTHER_FILE.test(name)) return [];
		const hidden = head.hidingStyles.has(attributes['table:style-name'] ?? '');
		return [{ name, hidden, span }];
	});
}
