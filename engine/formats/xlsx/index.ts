import { workbookReader } from '../workbook';
import { xlsxFormat } from './xlsx-workbook';

export { xlsxFormat } from './xlsx-workbook';

export const xlsxReader = workbookReader(xlsxFormat);
