import type { Column, Decision } from '../../dataset/dataset';
import type { ReadOptions } from '../../dataset/reader';
import { ImportError, type Issue } from '../../issues';
import { decideTable, type GridRow, type TableLayout } from '../table';
import { readHead, widestRow, type SheetHead } from './sheet-head';
import type { SheetRow } from './sheet-row';
import type { Sheet, Workbook } from './workbook';

/** The table of a sheet, as it was found in its head. */
export interface SheetTable {
	sheet: Sheet;
	layout: TableLayout;
	columns: Column[];
	decisions: Decision[];
	issues: Issue[];
}

/** Ranges of merged cells that the evidence names. */
const MOST_NAMED = 5;

/**
 * Finds the table of a sheet.
 *
 * @throws ImportError FILE_EMPTY, HEADER_MISSING, RUN_CONFIG, FILE_UNREADABLE, FILE_TOO_LARGE
 */
export async function findTable(
	workbook: Workbook,
	sheet: Sheet,
	options: ReadOptions,
): Promise<SheetTable> {
	const { cells = 'typed', headerRow = 1, longRows } = options;
	const head = await readHead(workbook, sheet, cells, headerRow);
	if (head.rows.length === 0) throw await nothingToRead(workbook, sheet, headerRow);
	const widest = longRows === 'keep' && !head.isWhole ? await widestRow(workbook, sheet) : 0;
	const source = { kind: 'sheet', sheet: sheet.name } as const;
	const rows = head.rows.map(withoutFaults);
	const found = decideTable(rows, head.isWhole, options, source, widest);
	const { layout, columns, decisions, issues } = found;
	const merged = await mergedDecision(workbook, sheet, head, options);
	const others = [merged, hiddenDecision(head, options)].filter((made) => made !== undefined);
	return { sheet, layout, columns, decisions: [...decisions, ...others], issues };
}

/** The text of an error says nothing about what its column holds. */
function withoutFaults(row: SheetRow): GridRow {
	const { number, cells, faults } = row;
	if (faults === undefined) return row;
	const columns = new Set(faults.map(({ column }) => column));
	return { number, cells: cells.map((cell, column) => (columns.has(column) ? null : cell)) };
}

async function nothingToRead(
	workbook: Workbook,
	sheet: Sheet,
	headerRow: number,
): Promise<ImportError> {
	const { rows } = await readHead(workbook, sheet, 'typed');
	const place = { sheet: sheet.name };
	if (rows.length === 0) {
		return new ImportError('FILE_EMPTY', `The sheet “${sheet.name}” holds no values.`, place);
	}
	return new ImportError(
		'HEADER_MISSING',
		`Row ${headerRow} was set as the header, but the sheet “${sheet.name}” ends before it.`,
		{ row: headerRow, ...place },
	);
}

/** How merged cells are read; nothing where there are none, or where it takes a whole large sheet to know. */
async function mergedDecision(
	workbook: Workbook,
	sheet: Sheet,
	head: SheetHead,
	{ mergedCells = 'first' }: ReadOptions,
): Promise<Decision | undefined> {
	if (!head.isWhole && mergedCells === 'first') return undefined;
	const ranges = await workbook.merges(sheet);
	const { size } = ranges;
	if (size === 0) return undefined;
	const named = ranges.texts(MOST_NAMED).join(', ');
	const more = size > MOST_NAMED ? ` and ${size - MOST_NAMED} more` : '';
	const what = size === 1 ? 'One range of cells is' : `${size} ranges of cells are`;
	const how =
		mergedCells === 'fill'
			? 'All cells of a range get its value.'
			: 'Only the first cell of a range holds its value.';
	return {
		subject: 'merged cells',
		value: mergedCells,
		confidence: 1,
		evidence: `${what} merged: ${named}${more}. ${how}`,
		chosenBy: mergedCells === 'fill' ? 'setting' : 'detection',
	};
}

function hiddenDecision(
	{ rows, isWhole }: SheetHead,
	{ hiddenRows }: ReadOptions,
): Decision | undefined {
	const hidden = rows.filter((row) => row.hidden).length;
	if (hidden === 0) return undefined;
	const of = isWhole ? `${rows.length} rows` : `the first ${rows.length} rows`;
	return {
		subject: 'hidden rows',
		value: hiddenRows ?? 'read',
		confidence: hiddenRows === undefined ? 0.8 : 1,
		evidence: `${hidden} of ${of} ${hidden === 1 ? 'is' : 'are'} hidden or filtered out. ${
			hiddenRows === 'skip' ? 'They are skipped.' : 'They are read like the others.'
		}`,
		chosenBy: hiddenRows === undefined ? 'detection' : 'setting',
	};
}
