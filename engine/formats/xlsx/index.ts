export { xlsxReader } from './xlsx-reader';
export { Workbook, type Sheet, type WorkbookLimits } from './workbook';
