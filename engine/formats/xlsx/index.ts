export { xlsxFormat } from './xlsx-workbook';
