import type { ByteSource } from '../../dataset/byte-source';
import type { Decision } from '../../dataset/dataset';
import { ImportError } from '../../issues';
import {
	CellRanges,
	dateSystemDecision,
	SharedTexts,
	type RowsWanted,
	type Sheet,
	type SheetRow,
	type Workbook,
	type WorkbookFormat,
	type WorkbookLimits,
} from '../workbook';
import { noStyleSheet, WorkbookStyles } from '../xlsx/styles';
import { notWorkbook, WorkbookPackage, type PackagedSheet } from '../xlsx/workbook-package';
import { BinaryTexts } from './binary-texts';
import { readBinaryStyles } from './binary-styles';
import { RecordType } from './record-types';
import { readRecords } from './record-window';
import { SheetRecords } from './sheet-records';

interface WorkbookContent {
	sheets: PackagedSheet[];
	date1904: boolean;
	/** Whether the part begins as a workbook does. */
	isWorkbook: boolean;
}

/** Binary workbooks of Excel ([MS-XLSB]), read in constant memory. */
export const xlsbFormat: WorkbookFormat = {
	format: 'xlsb',
	open: (bytes, limits) => XlsbWorkbook.open(bytes, limits),
};

/** A workbook: the same package as XLSX, with binary parts. */
class XlsbWorkbook implements Workbook {
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
		const readStyleSheet = async () => {
			const styles = inPackage.readPartOfType('styles');
			return styles === undefined ? noStyleSheet : await readBinaryStyles(styles);
		};
		this.#styles = new WorkbookStyles(readStyleSheet, date1904);
		const texts = inPackage.readPartOfType('sharedStrings');
		this.#texts = new SharedTexts(texts && new BinaryTexts(texts, limits.maxRecordLength));
	}

	/** @throws ImportError FILE_EMPTY, FILE_ENCRYPTED, FILE_FORMAT, FILE_UNREADABLE, FILE_TOO_LARGE */
	static async open(bytes: ByteSource, limits: WorkbookLimits): Promise<Workbook> {
		const { maxUnpackedBytes } = limits;
		const usual = 'xl/workbook.bin';
		const inPackage = await WorkbookPackage.open(bytes, maxUnpackedBytes, usual, checkPart);
		return new XlsbWorkbook(inPackage, await readWorkbookPart(inPackage), limits);
	}

	async *rows(
		sheet: Sheet,
		{ width = 0, cells = 'typed' }: RowsWanted = {},
	): AsyncGenerator<SheetRow[], void, undefined> {
		const chunks = this.#package.readSheet(sheet);
		const texts = this.#texts;
		const context = { texts, styles: await this.#styles.of(cells) };
		const records = new SheetRecords(context, width, this.#limits.maxRecordLength);
		for await (const chunk of chunks) {
			if (records.isComplete) continue;
			records.add(chunk);
			do {
				const rows = records.read();
				if (rows.length > 0) yield rows;
				if (records.missingText !== undefined) await texts.readUpTo(records.missingText);
			} while (records.hasMore);
		}
		records.end();
	}

	async merges(sheet: Sheet): Promise<CellRanges> {
		const ranges = new CellRanges();
		await readRecords(this.#package.readSheet(sheet), (record) => {
			if (record.type !== RecordType.mergedCell) return;
			ranges.add({
				firstRow: record.uint32(0) + 1,
				lastRow: record.uint32(4) + 1,
				firstColumn: record.uint32(8),
				lastColumn: record.uint32(12),
			});
		});
		return ranges;
	}

	async close(): Promise<void> {
		await this.#texts.close();
	}
}

function checkPart(part: string, isThere: boolean): void {
	if (part.endsWith('.bin') && isThere) return;
	throw new ImportError('FILE_FORMAT', 'The file is not a binary workbook (XLSB).');
}

async function readWorkbookPart(inPackage: WorkbookPackage): Promise<WorkbookContent> {
	const content: WorkbookContent = { sheets: [], date1904: false, isWorkbook: false };
	await readRecords(inPackage.read(inPackage.workbookPart), (record) => {
		if (record.type === RecordType.beginBook) content.isWorkbook = true;
		// BrtWbProp ([MS-XLSB] 2.4.830): f1904 is its first bit
		if (record.type === RecordType.workbookProperties) {
			content.date1904 ||= (record.uint32(0) & 1) !== 0;
		}
		if (record.type !== RecordType.bundleSheet) return;
		// BrtBundleSh (2.4.311): whether it is hidden, its number, its relationship, its name
		const relationshipId = record.textOrNone(8) ?? '';
		if (relationshipId === '') return;
		const name = record.text(record.behindText(8));
		const sheet = inPackage.worksheet(name, record.uint32(0) !== 0, relationshipId);
		if (sheet !== undefined) content.sheets.push(sheet);
	});
	if (!content.isWorkbook) throw notWorkbook();
	return content;
}
