export { errorText, rkNumber } from './binary-values';
export { CellRanges, type CellRange } from './cell-ranges';
export { DateSerials, isoDateCell, isoDateSerial } from './date-serial';
export { builtInTimeKind, TimeKind, timeKindOfCode } from './number-format';
export { NumberFormats, type NumberFormat } from './number-formats';
export { SharedTexts, type TextSource } from './shared-texts';
export { RowBuilder, type CellFault, type SheetRow } from './sheet-row';
export type { TextStore } from './text-store';
export {
	dateSystemDecision,
	type CellMode,
	type RowsWanted,
	type Sheet,
	type Workbook,
	type WorkbookFormat,
	type WorkbookLimits,
} from './workbook';
export { workbookReader } from './workbook-reader';
