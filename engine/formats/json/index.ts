export { jsonReader } from './json-reader';
export { ndjsonReader } from './ndjson-reader';
