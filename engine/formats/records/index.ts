export {
	namingRecords,
	rejectUnknownNames,
	SAMPLE_RECORDS,
	type LongRecords,
} from './unknown-names';
export { readAhead } from './read-ahead';
export { batchRecords } from './batch-records';
