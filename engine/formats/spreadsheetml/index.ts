export { spreadsheetmlFormat } from './spreadsheetml-workbook';
