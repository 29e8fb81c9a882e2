import type { ByteSource } from '../../dataset/byte-source';
import type { Decision } from '../../dataset/dataset';
import { ImportError } from '../../issues';
import { CompoundFile, damaged, isCompoundFile } from '../compound-file';
import {
	dateSystemDecision,
	NumberFormats,
	SharedTexts,
	type CellMode,
	type CellRanges,
	type RowsWanted,
	type Sheet,
	type SheetRow,
	type Workbook,
	type WorkbookFormat,
	type WorkbookLimits,
} from '../workbook';
import { passwordProtected } from './decryption';
import { formatsOf } from './formats-of-cells';
import { readGlobals, type Globals, type SheetPlace } from './globals';
import { RecordCursor } from './record-cursor';
import { rangesOf, RowsInOrder, RowsInRange, type RowOrder } from './row-order';
import { SharedTextTable } from './shared-text-table';
import { SheetCells } from './sheet-cells';
import { surveySheet, type SheetSurvey } from './sheet-survey';

/** XLS as Excel 2 to 2003 write it (BIFF2 to BIFF8, [MS-XLS]), read in constant memory. */
export const xlsFormat: WorkbookFormat = {
	format: 'xls',
	open: (bytes, limits) => XlsWorkbook.open(bytes, limits),
};

/** Workbooks of Excel 97 and later, and those of Excel 5 and 95. */
const WORKBOOK_STREAMS = ['Workbook', 'Book'];

/** Packages that only a password, or the server of an organisation, opens. */
const ENCRYPTED_STREAMS = ['EncryptedPackage', '\tDRMContent'];

class XlsWorkbook implements Workbook {
	readonly sheets: readonly SheetPlace[];

	readonly decisions: readonly Decision[];

	/** The workbook stream. */
	readonly #bytes: ByteSource;

	readonly #globals: Globals;

	readonly #limits: WorkbookLimits;

	/** Sheets are read one after the other: what is known of the one before is let go. */
	#surveyed: { place: SheetPlace; survey: SheetSurvey } | undefined;

	#texts: SharedTexts | undefined;

	private constructor(bytes: ByteSource, globals: Globals, limits: WorkbookLimits) {
		this.#bytes = bytes;
		this.#globals = globals;
		this.#limits = limits;
		this.sheets = globals.sheets;
		this.decisions = [
			dateSystemDecision(globals.date1904),
			...(globals.codePage === undefined ? [] : [globals.codePage.decision]),
		];
	}

	/** @throws ImportError FILE_EMPTY, FILE_ENCRYPTED, FILE_FORMAT, FILE_UNREADABLE, FILE_TOO_LARGE */
	static async open(bytes: ByteSource, limits: WorkbookLimits): Promise<Workbook> {
		const stream = await workbookStream(bytes);
		return new XlsWorkbook(stream, await readGlobals(stream), limits);
	}

	async *rows(
		sheet: Sheet,
		{ width = 0, cells: mode = 'typed' }: RowsWanted = {},
	): AsyncGenerator<SheetRow[], void, undefined> {
		const place = sheet as SheetPlace;
		const survey = await this.#survey(place);
		const orders = survey.isOrdered
			? [new RowsInOrder(survey, width)]
			: rangesOf(survey).map((range) => new RowsInRange(survey, width, range));
		for (const order of orders) yield* this.#read(place, mode, order);
	}

	async merges(sheet: Sheet): Promise<CellRanges> {
		return (await this.#survey(sheet as SheetPlace)).merges;
	}

	async close(): Promise<void> {
		await this.#texts?.close();
		this.#texts = undefined;
		this.#surveyed = undefined;
	}

	async *#read(
		place: SheetPlace,
		mode: CellMode,
		order: RowOrder,
	): AsyncGenerator<SheetRow[], void, undefined> {
		const { version, codePage, date1904 } = this.#globals;
		const cursor = this.#cursor(place.position);
		const texts = this.#sharedTexts();
		const numberFormats = new NumberFormats(date1904, mode);
		const formats = formatsOf(this.#globals, numberFormats);
		const general = numberFormats.builtIn(0);
		const context = { version, codePage, texts, numberFormats, formats, general };
		const cells = new SheetCells(cursor, context, order);
		for (;;) {
			const rows = cells.read();
			if (rows.length > 0) yield rows;
			if (cells.isComplete) return;
			if (cells.missingText !== undefined) await texts.readUpTo(cells.missingText);
			else if (!(await cursor.load()))
				throw damaged(`it ends in the middle of the sheet “${place.name}”`);
		}
	}

	/** @throws ImportError FILE_UNREADABLE */
	async #survey(place: SheetPlace): Promise<SheetSurvey> {
		if (this.#surveyed?.place === place) return this.#surveyed.survey;
		const survey = await surveySheet(
			this.#cursor(place.position),
			place.name,
			this.#globals.version,
		);
		this.#surveyed = { place, survey };
		return survey;
	}

	#sharedTexts(): SharedTexts {
		if (this.#texts === undefined) {
			const { sharedTextsAt: position } = this.#globals;
			const { maxUnpackedBytes, maxRecordLength } = this.#limits;
			const cursor = position === undefined ? undefined : this.#cursor(position);
			const table = cursor && new SharedTextTable(cursor, maxRecordLength);
			this.#texts = new SharedTexts(table, { maxBytes: maxUnpackedBytes });
		}
		return this.#texts;
	}

	#cursor(position: number): RecordCursor {
		return new RecordCursor(this.#bytes, position, this.#globals.decryption);
	}
}

/** The workbook inside a compound file; files older than Excel 5 are nothing else. */
async function workbookStream(bytes: ByteSource): Promise<ByteSource> {
	if (bytes.size === 0) throw new ImportError('FILE_EMPTY', 'The file has no bytes.');
	if (!(await isCompoundFile(bytes))) return bytes;
	const file = await CompoundFile.open(bytes);
	for (const name of WORKBOOK_STREAMS) {
		const stream = await file.stream(name);
		if (stream !== undefined) return stream;
	}
	if (ENCRYPTED_STREAMS.some((name) => file.names.includes(name))) throw passwordProtected();
	throw new ImportError('FILE_FORMAT', 'The file is an OLE compound file, but holds no workbook.');
}
