import type { Cell, Column } from '../../dataset';
import type { FailedRow, FailedRows } from './failed-rows';
import { cellText, reportedRow, type ReportLayout } from './reported-row';
import {
	columnLetters,
	CONTENT_TYPES,
	drawingPart,
	notesPart,
	PACKAGE_RELATIONS,
	SHEET_END,
	SHEET_RELATIONS,
	SHEET_START,
	STYLES,
	styles,
	workbookPart,
	WORKBOOK_RELATIONS,
	xmlText,
	type CellNote,
} from './workbook-parts';
import { zipStream } from './zip-stream';

/** Limits of a sheet: https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3 */
const MOST_ROWS = 1_048_576;
const MOST_COLUMNS = 16_384;
const LONGEST_CELL = 32_767;

/** A part of a zip archive without ZIP64 must stay below 4 GB: this is well below, markup included. */
const LARGEST_SHEET = 3_000_000_000;
const MARKUP_OF_CELL = 60;

/** Beyond this a spreadsheet program takes very long to open the file. */
export const MOST_NOTES = 10_000;

const HELP =
	'Correct the marked cells, leave the columns that begin with import_ as they are, and import this file: rows that are right now are taken.';

/** What rows would be as a sheet. */
interface SheetSurvey {
	/** Why they cannot stand in one. */
	obstacle?: string;
	/** Cells that would be coloured. */
	badCells: number;
}

/** Reads all rows to see whether they can stand in a sheet. */
export async function surveySheet(failed: FailedRows, layout: ReportLayout): Promise<SheetSurvey> {
	if (failed.count >= MOST_ROWS) return { obstacle: 'more rows than a sheet takes', badCells: 0 };
	if (layout.header.length > MOST_COLUMNS) {
		return { obstacle: 'more columns than a sheet takes', badCells: 0 };
	}
	const places = placesOf(layout);
	let badCells = 0;
	let size = 0;
	for await (const row of failed.all()) {
		const { cells, reasons } = reportedRow(row, layout);
		for (const cell of [...cells, reasons[3] ?? '']) {
			const { length } = cellText(cell);
			if (length > LONGEST_CELL) return { obstacle: 'a text longer than a cell takes', badCells };
			size += length + MARKUP_OF_CELL;
		}
		if (size > LARGEST_SHEET) return { obstacle: 'more than a workbook takes', badCells };
		badCells += reasonsByCell(row, places).size;
	}
	return { badCells };
}

const placesOf = ({ names }: ReportLayout): Map<string, number> =>
	new Map(names.map((name, column) => [name, column]));

interface WorkbookOptions {
	/** Columns of the source: dates are written as such where the column holds them. */
	columns: readonly Column[];
	sheetName: string;
}

/**
 * The failed rows as an XLSX workbook: bad cells are coloured and carry the reason as a note, the first 10,000 of them.
 * Rows are written as they are read; memory grows with the notes alone.
 */
export function failedWorkbook(
	failed: FailedRows,
	layout: ReportLayout,
	{ columns, sheetName }: WorkbookOptions,
): AsyncGenerator<Uint8Array> {
	const reason = layout.names.length + 2;
	const notes: CellNote[] = [{ row: 0, column: reason, text: HELP }];
	// the notes are found while the sheet is written: their parts come behind it
	return zipStream([
		{ path: '[Content_Types].xml', text: [CONTENT_TYPES] },
		{ path: '_rels/.rels', text: [PACKAGE_RELATIONS] },
		{ path: 'xl/workbook.xml', text: [workbookPart(safeSheetName(sheetName))] },
		{ path: 'xl/_rels/workbook.xml.rels', text: [WORKBOOK_RELATIONS] },
		{ path: 'xl/styles.xml', text: [STYLES] },
		{ path: 'xl/worksheets/sheet1.xml', text: sheetPart(failed, layout, columns, notes) },
		{ path: 'xl/worksheets/_rels/sheet1.xml.rels', text: [SHEET_RELATIONS] },
		{ path: 'xl/comments1.xml', text: { [Symbol.iterator]: () => notesPart(notes) } },
		{ path: 'xl/drawings/vmlDrawing1.vml', text: { [Symbol.iterator]: () => drawingPart(notes) } },
	]);
}

/** Excel takes at most 31 characters, and none of []:*?/\ */
const safeSheetName = (name: string): string =>
	name
		.replace(/[[\]:*?/\\]/g, ' ')
		.replace(/^'|'$/g, ' ')
		.slice(0, 31)
		.trim() || 'Failed';

async function* sheetPart(
	failed: FailedRows,
	layout: ReportLayout,
	columns: readonly Column[],
	notes: CellNote[],
): AsyncGenerator<string> {
	const letters = layout.header.map((_, column) => columnLetters(column));
	const places = placesOf(layout);
	const header = layout.header.map((name) => textCell(name, styles.header));
	yield SHEET_START + rowMarkup(1, header, letters);
	let number = 1;
	let text = '';
	for await (const row of failed.all()) {
		number++;
		const { cells, reasons } = reportedRow(row, layout);
		const bad = reasonsByCell(row, places);
		for (const [column, reason] of bad) {
			if (notes.length < MOST_NOTES) notes.push({ row: number - 1, column, text: reason });
		}
		const written = [
			...cells.map((cell, i) => sheetCell(cell, columns[i]?.type, bad.has(i))),
			sheetCell(Number(reasons[0]), undefined, false),
			// where no cell is to blame, the reason is what to look at
			...reasons
				.slice(1)
				.map((reason, i) => sheetCell(reason, undefined, i === 1 && bad.size === 0)),
		];
		text += rowMarkup(number, written, letters);
		if (text.length < 64 * 1024) continue;
		yield text;
		text = '';
	}
	yield text + SHEET_END;
}

/** Columns whose cells are wrong, with why. */
function reasonsByCell(
	{ issues }: FailedRow,
	places: ReadonlyMap<string, number>,
): Map<number, string> {
	const bad = new Map<number, string>();
	for (const { column = '', message } of issues) {
		const place = places.get(column);
		if (place === undefined) continue;
		const known = bad.get(place);
		bad.set(place, known === undefined ? message : `${known}\n${message}`);
	}
	return bad;
}

/** @param cells markup with a place for the address, or nothing where a cell is empty */
function rowMarkup(number: number, cells: readonly string[], letters: readonly string[]): string {
	const markup = cells.map((cell, i) =>
		cell === '' ? '' : `<c r="${letters[i]}${number}"${cell}</c>`,
	);
	return `<row r="${number}">${markup.join('')}</row>`;
}

const ERROR = /^#(REF!|N\/A|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!)$/;

/** A text that a spreadsheet program would take for a number or a formula as soon as somebody edits it. */
const LOOKS_TYPED = /^[\d.,+\-=@(]/;

function sheetCell(cell: Cell, type: Column['type'], isBad: boolean): string {
	const coloured = isBad ? 1 : 0;
	if (cell === null || cell === '') return isBad ? ` s="${styles.plain + 1}">` : '';
	if (typeof cell === 'number' && Number.isFinite(cell)) {
		return ` s="${styles.plain + coloured}"><v>${cell}</v>`;
	}
	if (typeof cell === 'boolean') {
		return ` s="${styles.plain + coloured}" t="b"><v>${cell ? 1 : 0}</v>`;
	}
	const text = cellText(cell);
	if (ERROR.test(text)) return ` s="${styles.plain + coloured}" t="e"><v>${text}</v>`;
	const isDate = type === 'date' || type === 'date-time';
	const serial = isDate ? dateSerial(text) : undefined;
	if (serial !== undefined) {
		const style = text.length === 10 ? styles.date : styles.dateTime;
		return ` s="${style + coloured}"><v>${serial}</v>`;
	}
	return textCell(text, (LOOKS_TYPED.test(text) ? styles.text : styles.plain) + coloured);
}

const textCell = (text: string, style: number): string =>
	` s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(text.slice(0, LONGEST_CELL))}</t></is>`;

const DAY_MS = 86_400_000;
const ZERO = Date.UTC(1899, 11, 30);
/** 1 March 1900: before it the program's calendar has a day too many. */
const FIRST_SERIAL = 61;

/** The serial number of a date, or of a date and a time to the second; undefined for anything else. */
function dateSerial(text: string): number | undefined {
	const [, date, time] = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d))?$/.exec(text) ?? [];
	if (date === undefined) return undefined;
	const written = `${date}T${time ?? '00:00:00'}.000Z`;
	const at = Date.parse(written);
	// 31 February is no date here, and text there
	if (Number.isNaN(at) || new Date(at).toISOString() !== written) return undefined;
	const serial = (at - ZERO) / DAY_MS;
	return serial >= FIRST_SERIAL ? serial : undefined;
}
