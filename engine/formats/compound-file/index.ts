export { CompoundFile, compoundFileEntries } from './compound-file';
export { damaged } from './damaged';
export { isCompoundFile } from './header';
