export { RecordColumns, rejectUnknownNames, SAMPLE_RECORDS } from './record-columns';
export { readAhead } from './read-ahead';
export { batchRecords } from './batch-records';
