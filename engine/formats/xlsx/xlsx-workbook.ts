import type { ByteSource } from '../../dataset/byte-source';
import type { Decision } from '../../dataset/dataset';
import { ImportError } from '../../issues';
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
import { MergedCellsScanner } from './merged-cells';
import { OpcPackage, type Relationship } from './opc-package';
import { SharedStrings } from './shared-strings';
import { SheetTokenizer } from './sheet-tokenizer';
import { CellStyles, noStyleSheet, readStyles, type StyleSheet } from './styles';
import { asUtf8 } from './xml-encoding';
import { readXmlPart } from './xml-part';

interface XlsxSheet extends Sheet {
	/** Name of the part that holds its cells; there is none where the workbook is damaged. */
	part: string | undefined;
}

interface SheetEntry {
	name: string;
	hidden: boolean;
	relationshipId: string;
}

interface WorkbookContent {
	entries: SheetEntry[];
	date1904: boolean;
}

/** XLSX (ECMA-376 transitional and strict), read in constant memory but for the texts. */
export const xlsxFormat: WorkbookFormat = {
	format: 'xlsx',
	open: (bytes, limits) => XlsxWorkbook.open(bytes, limits),
};

/** A workbook (ECMA-376 part 1, 18.2). */
class XlsxWorkbook implements Workbook {
	readonly sheets: readonly XlsxSheet[];

	readonly decisions: readonly Decision[];

	/** Whether dates are counted from 1904-01-01, as older versions of Excel for Mac did. */
	readonly #date1904: boolean;

	readonly #package: OpcPackage;

	readonly #relationships: readonly Relationship[];

	readonly #limits: WorkbookLimits;

	#styleSheet: StyleSheet | undefined;

	readonly #styles = new Map<CellMode, CellStyles>();

	#texts: SharedStrings | undefined;

	private constructor(
		opcPackage: OpcPackage,
		relationships: readonly Relationship[],
		limits: WorkbookLimits,
		sheets: readonly XlsxSheet[],
		date1904: boolean,
	) {
		this.#package = opcPackage;
		this.#relationships = relationships;
		this.#limits = limits;
		this.sheets = sheets;
		this.#date1904 = date1904;
		this.decisions = [dateSystemDecision(date1904)];
	}

	/** @throws ImportError FILE_EMPTY, FILE_ENCRYPTED, FILE_FORMAT, FILE_UNREADABLE, FILE_TOO_LARGE */
	static async open(bytes: ByteSource, limits: WorkbookLimits): Promise<Workbook> {
		const opcPackage = await OpcPackage.open(bytes, limits.maxUnpackedBytes);
		const part = await findWorkbookPart(opcPackage);
		const relationships = await opcPackage.relationships(part);
		const { entries, date1904 } = await readWorkbookPart(part, opcPackage);
		const sheets = sheetsOf(entries, relationships);
		return new XlsxWorkbook(opcPackage, relationships, limits, sheets, date1904);
	}

	async *rows(
		sheet: Sheet,
		{ width = 0, cells = 'typed' }: RowsWanted = {},
	): AsyncGenerator<SheetRow[], void, undefined> {
		const part = this.#partOf(sheet);
		const styles = await this.#openStyles(cells);
		const texts = this.#openTexts();
		const tokenizer = new SheetTokenizer({ texts, styles }, width, this.#limits.maxRecordLength);
		for await (const chunk of asUtf8(this.#package.read(part))) {
			if (tokenizer.add(chunk)) yield* readWithTexts(tokenizer, texts);
		}
		yield* readWithTexts(tokenizer, texts);
		tokenizer.end();
	}

	async merges(sheet: Sheet): Promise<string[]> {
		const scanner = new MergedCellsScanner(this.#limits.maxRecordLength);
		for await (const chunk of asUtf8(this.#package.read(this.#partOf(sheet)))) scanner.add(chunk);
		return scanner.ranges;
	}

	async close(): Promise<void> {
		await this.#texts?.close();
		this.#texts = undefined;
	}

	#partOf(sheet: Sheet): string {
		const { part } = sheet as XlsxSheet;
		if (part === undefined || !this.#package.has(part)) {
			throw damaged(`the sheet “${sheet.name}” is missing from it`);
		}
		return part;
	}

	/** Styles and texts belong to all sheets. */
	async #openStyles(mode: CellMode): Promise<CellStyles> {
		const known = this.#styles.get(mode);
		if (known !== undefined) return known;
		const part = this.#partOfType('styles');
		this.#styleSheet ??=
			part === undefined ? noStyleSheet : await readStyles(part, this.#package.read(part));
		const styles = new CellStyles(this.#styleSheet, this.#date1904, mode);
		this.#styles.set(mode, styles);
		return styles;
	}

	#openTexts(): SharedStrings {
		const part = this.#partOfType('sharedStrings');
		this.#texts ??= new SharedStrings(
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

/** Reads on in the texts whenever the sheet comes to one that was not read yet. */
async function* readWithTexts(
	tokenizer: SheetTokenizer,
	texts: SharedStrings,
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

async function findWorkbookPart(opcPackage: OpcPackage): Promise<string> {
	const relationships = await opcPackage.relationships('');
	const part =
		relationships.find(({ type }) => type === 'officeDocument')?.target ?? 'xl/workbook.xml';
	if (part.endsWith('.bin')) {
		throw new ImportError(
			'FILE_FORMAT',
			'The file is a binary workbook (XLSB), not an XLSX workbook.',
		);
	}
	if (!opcPackage.has(part)) {
		throw new ImportError('FILE_FORMAT', 'The file is a zip archive, but it holds no workbook.');
	}
	return part;
}

async function readWorkbookPart(part: string, opcPackage: OpcPackage): Promise<WorkbookContent> {
	const content: WorkbookContent = { entries: [], date1904: false };
	const elements = new Set<string>();
	await readXmlPart(part, opcPackage.read(part), ({ name, attributes }) => {
		elements.add(name);
		// Extensions hold elements of the same name, so that a setting once made is not taken back.
		if (name === 'workbookPr') content.date1904 ||= isTrue(attributes.date1904);
		if (name === 'sheet' && attributes.id) {
			content.entries.push({
				name: attributes.name ?? '',
				hidden: /^(hidden|veryHidden)$/i.test(attributes.state ?? ''),
				relationshipId: attributes.id,
			});
		}
	});
	if (!elements.has('workbook')) {
		throw new ImportError('FILE_FORMAT', 'The file is an Office document, but not a workbook.');
	}
	return content;
}

/** ECMA-376 part 1, 22.9.2.7. */
function isTrue(value = ''): boolean {
	return /^(1|true|on)$/i.test(value);
}

/** Only worksheets: charts, dialogs and macros have tabs too, and macro modules may have no part at all. */
function sheetsOf(
	entries: readonly SheetEntry[],
	relationships: readonly Relationship[],
): XlsxSheet[] {
	const byId = new Map(relationships.map((relationship) => [relationship.id, relationship]));
	return entries.flatMap(({ name, hidden, relationshipId }) => {
		const relationship = byId.get(relationshipId);
		if (relationship !== undefined && relationship.type !== 'worksheet') return [];
		return [{ name, hidden, part: relationship?.target }];
	});
}
