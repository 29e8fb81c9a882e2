export { sylkFormat } from './sylk-workbook';
