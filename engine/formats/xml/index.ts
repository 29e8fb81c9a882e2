export { refuseHtml } from './refuse-html';
export { xmlReader } from './xml-reader';
