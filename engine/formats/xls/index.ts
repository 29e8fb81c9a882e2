export { xlsFormat } from './xls-workbook';
