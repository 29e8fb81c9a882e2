import type { ByteSource } from '../../dataset/byte-source';
import type { Decision } from '../../dataset/dataset';
import { ImportError } from '../../issues';
import {
	dateSystemDecision,
	SharedTexts,
	type CellRanges,
	type RowsWanted,
	type Sheet,
	type SheetRow,
	type Workbook,
	type WorkbookFormat,
	type WorkbookLimits,
} from '../workbook';
import { MergedCellsScanner } from './merged-cells';
import { SharedStrings } from './shared-strings';
import { SheetTokenizer } from './sheet-tokenizer';
import { noStyleSheet, readStyles, WorkbookStyles } from './styles';
import { notWorkbook, WorkbookPackage, type PackagedSheet } from './workbook-package';
import { asUtf8 } from './xml-encoding';
import { readXmlPart } from './xml-part';

interface WorkbookContent {
	sheets: PackagedSheet[];
	/** Whether dates are counted from 1904-01-01, as older versions of Excel for Mac did. */
	date1904: boolean;
}

/** XLSX (ECMA-376 transitional and strict), read in constant memory. */
export const xlsxFormat: WorkbookFormat = {
	format: 'xlsx',
	open: (bytes, limits) => XlsxWorkbook.open(bytes, limits),
};

/** A workbook (ECMA-376 part 1, 18.2). */
class XlsxWorkbook implements Workbook {
	readonly sheets: readonly Sheet[];

	readonly decisions: readonly Decision[];

	readonly #package: WorkbookPackage;

	readonly #limits: WorkbookLimits;

	readonly #styles: WorkbookStyles;

	readonly #texts: SharedTexts;

	private constructor(
		inPackage: WorkbookPackage,
		{ sheets, date1904 }: WorkbookContent,
		limits: WorkbookLimits,
	) {
		this.#package = inPackage;
		this.#limits = limits;
		this.sheets = sheets;
		this.decisions = [dateSystemDecision(date1904)];
		const styles = inPackage.partOfType('styles');
		const readStyleSheet = async () =>
			styles === undefined ? noStyleSheet : await readStyles(styles, inPackage.read(styles));
		this.#styles = new WorkbookStyles(readStyleSheet, date1904);
		const texts = inPackage.readPartOfType('sharedStrings');
		this.#texts = new SharedTexts(texts && new SharedStrings(texts, limits.maxRecordLength));
	}

	/** @throws ImportError FILE_EMPTY, FILE_ENCRYPTED, FILE_FORMAT, FILE_UNREADABLE, FILE_TOO_LARGE */
	static async open(bytes: ByteSource, limits: WorkbookLimits): Promise<Workbook> {
		const { maxUnpackedBytes } = limits;
		const usual = 'xl/workbook.xml';
		const inPackage = await WorkbookPackage.open(bytes, maxUnpackedBytes, usual, checkPart);
		return new XlsxWorkbook(inPackage, await readWorkbookPart(inPackage), limits);
	}

	async *rows(
		sheet: Sheet,
		{ width = 0, cells = 'typed' }: RowsWanted = {},
	): AsyncGenerator<SheetRow[], void, undefined> {
		const chunks = this.#package.readSheet(sheet);
		const styles = await this.#styles.of(cells);
		const texts = this.#texts;
		const tokenizer = new SheetTokenizer({ texts, styles }, width, this.#limits.maxRecordLength);
		for await (const chunk of asUtf8(chunks)) {
			if (tokenizer.add(chunk)) yield* readWithTexts(tokenizer, texts);
		}
		yield* readWithTexts(tokenizer, texts);
		tokenizer.end();
	}

	async merges(sheet: Sheet): Promise<CellRanges> {
		const scanner = new MergedCellsScanner(this.#limits.maxRecordLength);
		for await (const chunk of asUtf8(this.#package.readSheet(sheet))) scanner.add(chunk);
		return scanner.ranges;
	}

	async close(): Promise<void> {
		await this.#texts.close();
	}
}

/** Reads on in the texts whenever the sheet comes to one that was not read yet. */
async function* readWithTexts(
	tokenizer: SheetTokenizer,
	texts: SharedTexts,
): AsyncGenerator<SheetRow[], void, undefined> {
	do {
		const rows = tokenizer.read();
		if (rows.length > 0) yield inOrder(rows);
		if (tokenizer.missingText !== undefined) await texts.readUpTo(tokenizer.missingText);
	} while (tokenizer.hasMore);
}

/** Rows stand in order (18.3.1.73); where a writer did not care, at least those that come together are put in order. */
function inOrder(rows: SheetRow[]): SheetRow[] {
	let last = 0;
	for (const { number } of rows) {
		if (number < last) return rows.sort((a, b) => a.number - b.number);
		last = number;
	}
	return rows;
}

function checkPart(part: string, isThere: boolean): void {
	if (part.endsWith('.bin')) {
		throw new ImportError(
			'FILE_FORMAT',
			'The file is a binary workbook (XLSB), not an XLSX workbook.',
		);
	}
	if (isThere) return;
	throw new ImportError('FILE_FORMAT', 'The file is a zip archive, but it holds no workbook.');
}

async function readWorkbookPart(inPackage: WorkbookPackage): Promise<WorkbookContent> {
	const content: WorkbookContent = { sheets: [], date1904: false };
	const elements = new Set<string>();
	const part = inPackage.workbookPart;
	await readXmlPart(part, inPackage.read(part), ({ name, attributes }) => {
		elements.add(name);
		// Extensions hold elements of the same name, so that a setting once made is not taken back.
		if (name === 'workbookPr') content.date1904 ||= isTrue(attributes.date1904);
		if (name !== 'sheet' || !attributes.id) return;
		const hidden = /^(hidden|veryHidden)$/i.test(attributes.state ?? '');
		const sheet = inPackage.worksheet(attributes.name ?? '', hidden, attributes.id);
		if (sheet !== undefined) content.sheets.push(sheet);
	});
	if (!elements.has('workbook')) throw notWorkbook();
	return content;
}

/** ECMA-376 part 1, 22.9.2.7. */
function isTrue(value = ''): boolean {
	return /^(1|true|on)$/i.test(value);
}
