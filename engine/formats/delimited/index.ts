export { delimitedReader } from './delimited-reader';
export { delimiterName } from './dialect';
