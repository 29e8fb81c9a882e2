export { DateSerials, isoDateCell, isoDateSerial } from './date-serial';
export { builtInTimeKind, TimeKind, timeKindOfCode } from './number-format';
export { NumberFormats, type NumberFormat } from './number-formats';
export { RowBuilder, type CellFault, type SheetRow } from './sheet-row';
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
