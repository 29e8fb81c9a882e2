import type { Column, FileSource } from '../../dataset/dataset';
import type { ReadOptions } from '../../dataset/reader';
import { ImportError } from '../../issues';
import type { TableLayout } from '../table';
import type { CellMode, WorkbookLimits } from './workbook';

/** A table of a sheet: where it stands, and which columns of the whole its columns are. */
export interface SheetPlan {
	name: string;
	layout: TableLayout;
	/** Names of its columns; absent where they are those of the whole. */
	columns?: string[];
	/** For each of its columns, the index of that column in the whole. */
	places?: number[];
}

/** How a workbook is read, as it was decided when it was opened. */
export interface ReadPlan {
	sheets: SheetPlan[];
	/** Whether the last column of the whole holds the name of the sheet. */
	namesSheets: boolean;
	cells: CellMode;
	hiddenRows: 'read' | 'skip';
	mergedCells: 'first' | 'fill';
	policies: Pick<ReadOptions, 'footer' | 'shortRows' | 'longRows'>;
	limits: WorkbookLimits;
}

/** The plan as plain JSON for `FileSource.options`. */
export function toOptions(plan: ReadPlan): Record<string, unknown> {
	return { ...plan };
}

/** The options travel as JSON between the nodes of a workflow, so that their shape is not certain. */
export function readPlan({ options }: FileSource): ReadPlan {
	const { sheets, cells, hiddenRows, mergedCells, namesSheets, policies, limits } = options;
	if (!Array.isArray(sheets) || !sheets.every(isSheetPlan)) {
		throw new ImportError(
			'RUN_CONFIG',
			'The description of the workbook is not complete. Parse the file again.',
		);
	}
	return {
		sheets,
		namesSheets: namesSheets === true,
		cells: cells === 'shown' ? 'shown' : 'typed',
		hiddenRows: hiddenRows === 'skip' ? 'skip' : 'read',
		mergedCells: mergedCells === 'fill' ? 'fill' : 'first',
		policies: isObject(policies) ? policies : {},
		limits: limitsOf(isObject(limits) ? limits : {}),
	};
}

function isSheetPlan(value: unknown): value is SheetPlan {
	if (!isObject(value) || typeof value.name !== 'string' || !isObject(value.layout)) return false;
	const { headerRows, firstRow, firstColumn } = value.layout;
	if (!Array.isArray(headerRows)) return false;
	return typeof firstRow === 'number' && typeof firstColumn === 'number';
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function limitsOf({
	maxUnpackedBytes,
	maxRecordLength,
}: {
	maxUnpackedBytes?: unknown;
	maxRecordLength?: unknown;
}): WorkbookLimits {
	return {
		...(typeof maxUnpackedBytes === 'number' ? { maxUnpackedBytes } : {}),
		...(typeof maxRecordLength === 'number' ? { maxRecordLength } : {}),
	};
}

/** The columns of a sheet as its table knows them. */
export function columnsOfSheet({ columns }: SheetPlan, whole: readonly Column[]): Column[] {
	return columns === undefined ? [...whole] : columns.map((name) => ({ name }));
}
