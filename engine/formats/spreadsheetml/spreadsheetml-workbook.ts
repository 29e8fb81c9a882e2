import type { ByteSource } from '../../dataset/byte-source';
import type { Decision } from '../../dataset/dataset';
import { ImportError } from '../../issues';
import { HEAD_BYTES } from '../encoding';
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
import { attributesOf, elementText, readOutline } from '../xml/document-outline';
import { ElementFinder, type ElementSpan } from '../xml/element-finder';
import { decideXmlEncoding } from '../xml/xml-encoding';
import { MAX_RECORD_LENGTH, XmlParser } from '../xml/xml-parser';
import { xmlText } from '../xml/xml-text';
import { CellStyles } from './cell-styles';
import { DocumentHead } from './document-head';
import { attribute } from './local-names';
import { WorksheetParser } from './worksheet-parser';

interface XmlSheet extends Sheet {
	/** Where it lies in the document. */
	span: ElementSpan;
}

interface Outline {
	head: DocumentHead;
	sheets: readonly XmlSheet[];
}

/** To find the sheets, all of the document is looked through: done once for a file, not each time that it is opened. */
const outlines = new WeakMap<ByteSource, Outline>();

/** XML spreadsheets of Excel 2002 and 2003 (`urn:schemas-microsoft-com:office:spreadsheet`), read in constant memory. */
export const spreadsheetmlFormat: WorkbookFormat = {
	format: 'spreadsheetml',
	open: (bytes, limits) => SpreadsheetmlWorkbook.open(bytes, limits),
};

/** A workbook that is one XML document: each sheet is read from where it was found. */
class SpreadsheetmlWorkbook implements Workbook {
	readonly sheets: readonly XmlSheet[];

	readonly decisions: readonly Decision[];

	readonly #text: () => AsyncIterable<string>;

	readonly #head: DocumentHead;

	readonly #maxLength: number;

	private constructor(
		text: () => AsyncIterable<string>,
		encoding: Decision,
		{ head, sheets }: Outline,
		maxLength: number,
	) {
		this.#text = text;
		this.#head = head;
		this.#maxLength = maxLength;
		this.sheets = sheets;
		this.decisions = [encoding, dateSystemDecision(head.date1904)];
	}

	/** @throws ImportError FILE_EMPTY, FILE_FORMAT, FILE_UNREADABLE, FILE_TOO_LARGE */
	static async open(
		bytes: ByteSource,
		{ maxRecordLength = MAX_RECORD_LENGTH }: WorkbookLimits,
	): Promise<Workbook> {
		if (bytes.size === 0) throw new ImportError('FILE_EMPTY', 'The file has no bytes.');
		const { decision } = decideXmlEncoding(await bytes.read(0, HEAD_BYTES));
		const text = () => withoutSpaceBefore(xmlText(bytes, String(decision.value)));
		const outline = outlines.get(bytes) ?? (await readDocument(text(), maxRecordLength));
		outlines.set(bytes, outline);
		return new SpreadsheetmlWorkbook(text, decision, outline, maxRecordLength);
	}

	async *rows(
		sheet: Sheet,
		{ width = 0, cells = 'typed' }: RowsWanted = {},
	): AsyncGenerator<SheetRow[], void, undefined> {
		const styles = new CellStyles(this.#head, cells);
		yield* this.#parsed(sheet, new WorksheetParser(styles, width, this.#maxLength));
	}

	async merges(sheet: Sheet): Promise<CellRanges> {
		const ranges = new CellRanges();
		const styles = new CellStyles(this.#head, 'typed');
		const worksheet = new WorksheetParser(styles, 0, this.#maxLength, ranges);
		for await (const _ of this.#parsed(sheet, worksheet));
		return ranges;
	}

	close(): Promise<void> {
		return Promise.resolve();
	}

	async *#parsed(
		sheet: Sheet,
		worksheet: WorksheetParser,
	): AsyncGenerator<SheetRow[], void, undefined> {
		const parser = new XmlParser(worksheet, this.#maxLength);
		for await (const piece of elementText(this.#text(), (sheet as XmlSheet).span)) {
			parser.write(piece);
			const rows = worksheet.take();
			if (rows.length > 0) yield rows;
		}
		parser.end();
	}
}

/** Programs that make XML by hand leave blanks before its declaration, which XML forbids and Excel puts up with. */
async function* withoutSpaceBefore(
	text: AsyncIterable<string>,
): AsyncGenerator<string, void, undefined> {
	let isBefore = true;
	for await (const piece of text) {
		const rest: string = isBefore ? piece.trimStart() : piece;
		if (rest !== '') yield rest;
		isBefore &&= rest === '';
	}
}

async function readDocument(text: AsyncIterable<string>, maxLength: number): Promise<Outline> {
	const head = new DocumentHead();
	const finder = new ElementFinder('Worksheet', { noted: ['Visible'] });
	const spans = await readOutline(text, finder, head, maxLength);
	if (!head.isWorkbook) {
		throw new ImportError('FILE_FORMAT', 'The file is not an XML spreadsheet of Excel.');
	}
	return { head, sheets: spans.map(sheetOf) };
}

/** `x:WorksheetOptions/x:Visible` is there for hidden sheets only. */
function sheetOf(span: ElementSpan): XmlSheet {
	return {
		name: attribute(attributesOf(span.tag), 'Name') ?? '',
		hidden: /hidden/i.test(span.notes.get('Visible') ?? ''),
		span,
	};
}
