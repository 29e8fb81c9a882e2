export { compoundFileEntries, isCompoundFile } from './compound-file';
