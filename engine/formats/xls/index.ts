export { isWorkbookStream } from './bof';
export { xlsFormat } from './xls-workbook';
