export { xlsbFormat } from './xlsb-workbook';
