import type { ByteSource } from '../../dataset/byte-source';
import type { Decision } from '../../dataset/dataset';
import { ImportError } from '../../issues';
import { columnLetters } from '../header';
import { damaged } from '../zip';
import {
	dateSystemDecision,
	type CellMode,
	type RowsWanted,
	type Sheet,
	type SheetRow,
	type Workbook,
	type WorkbookFormat,
	type WorkbookLimits,
} from '../workbook';
import { OpcPackage, type Relationship } from '../xlsx/opc-package';
import { CellStyles, noStyleSheet, type StyleSheet } from '../xlsx/styles';
import { BinaryTexts } from './binary-texts';
import { readBinaryStyles } from './binary-styles';
import { RecordType } from './record-types';
import { readRecords } from './record-window';
import { SheetRecords } from './sheet-records';

interface XlsbSheet extends Sheet {
	/** Name of the part that holds its cells; there is none where the workbook is damaged. */
	part: string | undefined;
}

interface WorkbookContent {
	sheets: XlsbSheet[];
	date1904: boolean;
	/** Whether the part begins as a workbook does. */
	isWorkbook: boolean;
}

/** Binary workbooks of Excel ([MS-XLSB]), read in constant memory but for the texts. */
export const xlsbFormat: WorkbookFormat = {
	format: 'xlsb',
	open: (bytes, limits) => XlsbWorkbook.open(bytes, limits),
};

/** A workbook: the same package as XLSX, with binary parts. */
class XlsbWorkbook implements Workbook {
	readonly sheets: readonly XlsbSheet[];

	readonly decisions: readonly Decision[];

	readonly #date1904: boolean;

	readonly #package: OpcPackage;

	readonly #relationships: readonly Relationship[];

	readonly #limits: WorkbookLimits;

	#styleSheet: StyleSheet | undefined;

	#texts: BinaryTexts | undefined;

	private constructor(
		opcPackage: OpcPackage,
		relationships: readonly Relationship[],
		{ sheets, date1904 }: WorkbookContent,
		limits: WorkbookLimits,
	) {
		this.#package = opcPackage;
		this.#relationships = relationships;
		this.#limits = limits;
		this.#date1904 = date1904;
		this.sheets = sheets;
		this.decisions = [dateSystemDecision(date1904)];
	}

	/** @throws ImportError FILE_EMPTY, FILE_ENCRYPTED, FILE_FORMAT, FILE_UNREADABLE, FILE_TOO_LARGE */
	static async open(bytes: ByteSource, limits: WorkbookLimits): Promise<Workbook> {
		const opcPackage = await OpcPackage.open(bytes, limits.maxUnpackedBytes);
		const inPackage = await opcPackage.relationships('');
		const part =
			inPackage.find(({ type }) => type === 'officeDocument')?.target ?? 'xl/workbook.bin';
		if (!part.endsWith('.bin') || !opcPackage.has(part)) {
			throw new ImportError('FILE_FORMAT', 'The file is not a binary workbook (XLSB).');
		}
		const relationships = await opcPackage.relationships(part);
		const content = await readWorkbookPart(opcPackage.read(part), relationships);
		return new XlsbWorkbook(opcPackage, relationships, content, limits);
	}

	async *rows(
		sheet: Sheet,
		{ width = 0, cells = 'typed' }: RowsWanted = {},
	): AsyncGenerator<SheetRow[], void, undefined> {
		const part = this.#partOf(sheet);
		const texts = this.#openTexts();
		const context = { texts, styles: await this.#openStyles(cells) };
		const records = new SheetRecords(context, width, this.#limits.maxRecordLength);
		for await (const chunk of this.#package.read(part)) {
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

	async merges(sheet: Sheet): Promise<string[]> {
		const ranges: string[] = [];
		await readRecords(this.#package.read(this.#partOf(sheet)), (record) => {
			if (record.type !== RecordType.mergedCell) return;
			const [top, bottom] = [record.uint32(0) + 1, record.uint32(4) + 1];
			const [left, right] = [columnLetters(record.uint32(8)), columnLetters(record.uint32(12))];
			ranges.push(`${left}${top}:${right}${bottom}`);
		});
		return ranges;
	}

	async close(): Promise<void> {
		await this.#texts?.close();
		this.#texts = undefined;
	}

	#partOf({ name, part }: Sheet & { part?: string | undefined }): string {
		if (part === undefined || !this.#package.has(part)) {
			throw damaged(`the sheet “${name}” is missing from it`);
		}
		return part;
	}

	async #openStyles(mode: CellMode): Promise<CellStyles> {
		const part = this.#partOfType('styles');
		this.#styleSheet ??=
			part === undefined ? noStyleSheet : await readBinaryStyles(this.#package.read(part));
		return new CellStyles(this.#styleSheet, this.#date1904, mode);
	}

	#openTexts(): BinaryTexts {
		const part = this.#partOfType('sharedStrings');
		this.#texts ??= new BinaryTexts(
			part === undefined ? undefined : this.#package.read(part),
			this.#limits.maxRecordLength,
		);
		return this.#texts;
	}

	#partOfType(type: string): string | undefined {
		const part = this.#relationships.find((relationship) => relationship.type === type)?.target;
		return part !== undefined && this.#package.has(part) ? part : undefined;
	}
}

async function readWorkbookPart(
	chunks: AsyncIterable<Uint8Array>,
	relationships: readonly Relationship[],
): Promise<WorkbookContent> {
	const byId = new Map(relationships.map((relationship) => [relationship.id, relationship]));
	const content: WorkbookContent = { sheets: [], date1904: false, isWorkbook: false };
	await readRecords(chunks, (record) => {
		if (record.type === RecordType.beginBook) content.isWorkbook = true;
		// BrtWbProp ([MS-XLSB] 2.4.830): f1904 is its first bit
		if (record.type === RecordType.workbookProperties) {
			content.date1904 ||= (record.uint32(0) & 1) !== 0;
		}
		if (record.type !== RecordType.bundleSheet) return;
		// BrtBundleSh (2.4.311): whether it is hidden, its number, its relationship, its name
		const relationshipId = record.textOrNone(8) ?? '';
		const relationship = byId.get(relationshipId);
		// Charts, dialogs and macros have tabs too, and macro modules may have no part at all.
		if (relationshipId === '') return;
		if (relationship !== undefined && relationship.type !== 'worksheet') return;
		content.sheets.push({
			name: record.text(record.behindText(8)),
			hidden: record.uint32(0) !== 0,
			part: relationship?.target,
		});
	});
	if (!content.isWorkbook) {
		throw new ImportError('FILE_FORMAT', 'The file is an Office document, but not a workbook.');
	}
	return content;
}
