import type { Cell, Column, Decision } from '../../dataset/dataset';
import { ImportError, type Issue } from '../../issues';
import { columnLetters, columnsWithoutHeader, nameColumns } from '../header';
import { findHeaderRow } from './header-row';
import { filledColumns, readHead } from './sheet-head';
import type { SheetRow } from './sheet-row';
import type { Sheet, Workbook } from './workbook';

/** The header of a table, and what was seen below it. */
export interface SheetHeader {
	/** Number of its row; 0 when there is none. */
	row: number;
	cells: readonly Cell[];
	/** The rows of the head below it. */
	below: readonly SheetRow[];
	decision: Decision;
}

/**
 * The header that a person asks for, or the one that is found.
 *
 * @param wanted number of its row; 0 when there is none
 * @throws ImportError FILE_EMPTY, HEADER_MISSING, RUN_CONFIG
 */
export async function chooseHeader(
	workbook: Workbook,
	sheet: Sheet,
	wanted: number | undefined,
): Promise<SheetHeader> {
	if (wanted !== undefined && !(Number.isInteger(wanted) && wanted >= 0)) {
		throw new ImportError('RUN_CONFIG', `The header row is to be a row number, not ${wanted}.`);
	}
	const head = await readHead(workbook, sheet, wanted);
	if (wanted === undefined) return detectedHeader(head, sheet);
	const decision: Decision = {
		subject: 'header row',
		value: wanted,
		confidence: 1,
		evidence: 'It was set.',
		chosenBy: 'setting',
	};
	const first = head[0];
	if (first === undefined) throw await headerMissing(workbook, sheet, wanted);
	if (wanted === 0) return { row: 0, cells: [], below: head, decision };
	const isThere = first.number === wanted;
	return {
		row: wanted,
		cells: isThere ? first.cells : [],
		below: isThere ? head.slice(1) : head,
		decision,
	};
}

async function headerMissing(
	workbook: Workbook,
	sheet: Sheet,
	wanted: number,
): Promise<ImportError> {
	const head = await readHead(workbook, sheet);
	if (head.length === 0) return sheetEmpty(sheet);
	return new ImportError(
		'HEADER_MISSING',
		`Row ${wanted} was set as the header, but the sheet “${sheet.name}” ends before it.`,
		{ row: wanted, sheet: sheet.name },
	);
}

function sheetEmpty(sheet: Sheet): ImportError {
	return new ImportError('FILE_EMPTY', `The sheet “${sheet.name}” holds no values.`, {
		sheet: sheet.name,
	});
}

function detectedHeader(head: readonly SheetRow[], sheet: Sheet): SheetHeader {
	const { index, confidence, evidence } = findHeaderRow(head);
	const row = head[index];
	if (row === undefined) throw sheetEmpty(sheet);
	return {
		row: row.number,
		cells: row.cells,
		below: head.slice(index + 1),
		decision: {
			subject: 'header row',
			value: row.number,
			confidence,
			evidence,
			chosenBy: 'detection',
		},
	};
}

/** The columns of a table: those that have a name, and those that hold values in its head. */
export function columnsOf(
	header: SheetHeader,
	sheet: Sheet,
): { columns: Column[]; issues: Issue[] } {
	const filledBelow = filledColumns(header.below);
	if (header.row === 0) return { columns: columnsWithoutHeader(filledBelow.length), issues: [] };
	const named = filledColumns([
		{ number: 0, cells: [...header.cells], filled: 0, faults: undefined },
	]);
	const width = Math.max(named.length, filledBelow.length);
	const { columns, issues } = nameColumns(
		header.cells,
		width,
		(column) => filledBelow[column] === true,
	);
	const letters = new Map(columns.map(({ name }, index) => [name, columnLetters(index)]));
	const placed = issues.map((found) => ({
		...found,
		sheet: sheet.name,
		row: header.row,
		...(found.column !== undefined && { cell: `${letters.get(found.column)}${header.row}` }),
	}));
	return { columns, issues: placed };
}
