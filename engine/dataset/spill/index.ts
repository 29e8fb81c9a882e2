export { KeyedRows } from './keyed-rows';
export { RowStore, type KeyPart } from './row-store';
export { SpillFile } from './spill-file';
export { SpillMap } from './spill-map';
