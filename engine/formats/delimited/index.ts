export { delimitedReader } from './delimited-reader';
