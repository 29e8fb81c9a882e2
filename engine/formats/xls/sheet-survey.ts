import { damaged } from '../compound-file';
import { CellRanges } from '../workbook';
import { isBof, substreamStart, type BiffVersion } from './bof';
import { tooShort } from './globals';
import type { RecordCursor } from './record-cursor';
import { RecordType } from './record-types';

/** Columns that a sheet can have ([MS-XLS] 2.5.51). */
const MOST_COLUMNS = 256;

/** The highest number of a record that matters. */
const LARGEST_TYPE = 0x0406;

/** Bytes that a record must have at least, for records of one or several cells; 0 for others. */
const cellBytes = new Uint8Array(LARGEST_TYPE + 1);
for (const [type, bytes] of [
	[RecordType.integerBiff2, 9],
	[RecordType.numberBiff2, 15],
	[RecordType.labelBiff2, 8],
	[RecordType.boolErrBiff2, 9],
	[RecordType.formula, 15],
	[RecordType.formulaBiff3, 14],
	[RecordType.formulaBiff4, 14],
	[RecordType.number, 14],
	[RecordType.label, 8],
	[RecordType.boolErr, 8],
	[RecordType.rk, 10],
	[RecordType.multipleRk, 12],
	[RecordType.richText, 8],
	[RecordType.sharedText, 10],
] as const) {
	cellBytes[type] = bytes;
}

const HIDDEN_ROW = 0x20;
const RANGE_BYTES = 8;

/** Rows that a sheet can have. */
const MOST_ROWS = 65_536;

/** What is known about a sheet before its cells are read. */
export interface SheetSurvey {
	/** Whether the cells stand in the order of their rows. */
	isOrdered: boolean;
	/** Index of the row behind the last one that has cells. */
	rowsEnd: number;
	/** For the index of each row, 1 where it is hidden. */
	hidden: Uint8Array;
	/** Ranges of merged cells. */
	merges: CellRanges;
}

/**
 * Goes through a sheet without reading its values: the format allows rows in any order and says which cells are merged at the
 * end. Checks the places and lengths of all records, so that whoever reads the values need not.
 *
 * @param cursor right before the sheet
 * @throws ImportError FILE_UNREADABLE, FILE_TOO_LARGE
 */
export async function surveySheet(
	cursor: RecordCursor,
	sheet: string,
	version: BiffVersion,
): Promise<SheetSurvey> {
	const begun = await cursor.advance();
	if (!begun || substreamStart(cursor) === undefined) {
		throw damaged(`the sheet “${sheet}” is not where the list of sheets says`);
	}
	const survey: SheetSurvey = {
		isOrdered: true,
		rowsEnd: 0,
		hidden: new Uint8Array(MOST_ROWS),
		merges: new CellRanges(),
	};
	let lastRow = 0;
	for (let depth = 1; depth > 0;) {
		if (!cursor.next()) {
			if (await cursor.load()) continue;
			throw damaged(`it ends in the middle of the sheet “${sheet}”`);
		}
		const { type, buffer, start, end } = cursor;
		const least = type <= LARGEST_TYPE ? (cellBytes[type] ?? 0) : 0;
		if (least > 0) {
			if (depth > 1) continue;
			if (end - start < least) throw tooShort(type);
			const row = (buffer[start] ?? 0) | ((buffer[start + 1] ?? 0) << 8);
			checkColumns(cursor);
			if (row < lastRow) survey.isOrdered = false;
			lastRow = row;
			if (row >= survey.rowsEnd) survey.rowsEnd = row + 1;
		} else if (type === RecordType.row || type === RecordType.rowBiff2) {
			if (depth === 1) noteHiddenRow(cursor, version, survey.hidden);
		} else if (type === RecordType.mergedCells) {
			if (depth === 1) noteMerges(cursor, survey.merges);
		} else if (type === RecordType.eof) {
			depth--;
		} else if (isBof(type)) {
			depth++;
		}
	}
	return survey;
}

/** A cell far to the right would fill its row up with nothing. */
function checkColumns({ type, buffer, start, end }: RecordCursor): void {
	const first = (buffer[start + 2] ?? 0) | ((buffer[start + 3] ?? 0) << 8);
	const cells = type === RecordType.multipleRk ? Math.floor((end - start - 6) / 6) : 1;
	if (first + cells > MOST_COLUMNS) throw damaged('a cell lies to the right of the last column');
}

/** [MS-XLS] 2.4.221; in BIFF2 rows say nothing else than their height. */
function noteHiddenRow(
	{ buffer, start, end }: RecordCursor,
	version: BiffVersion,
	hidden: Uint8Array,
): void {
	if (version === 2 || end - start < 13) return;
	const isHidden = ((buffer[start + 12] ?? 0) & HIDDEN_ROW) !== 0;
	if (isHidden) hidden[buffer.readUInt16LE(start)] = 1;
}

/** [MS-XLS] 2.4.168 */
function noteMerges({ buffer, start, end }: RecordCursor, merges: CellRanges): void {
	if (end - start < 2) return;
	const count = Math.min(buffer.readUInt16LE(start), Math.floor((end - start - 2) / RANGE_BYTES));
	for (let at = start + 2; at < start + 2 + count * RANGE_BYTES; at += RANGE_BYTES) {
		const [top, bottom] = [buffer.readUInt16LE(at), buffer.readUInt16LE(at + 2)];
		const [left, right] = [buffer.readUInt16LE(at + 4), buffer.readUInt16LE(at + 6)];
		const isRange = top <= bottom && left <= right && right < MOST_COLUMNS;
		if (!isRange) continue;
		merges.add({ firstRow: top + 1, lastRow: bottom + 1, firstColumn: left, lastColumn: right });
	}
}
