export { jsonReader } from './json-reader';
export { skipSpace } from './locate-records';
export { ndjsonReader } from './ndjson-reader';
export { findSyntaxFault } from './syntax-fault';
