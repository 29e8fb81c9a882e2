export { odsFormat } from './ods-workbook';
