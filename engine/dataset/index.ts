export { FileBytes, MemoryBytes, spool, type ByteSource } from './byte-source';
export {
	columnTypes,
	missingReferences,
	type Batch,
	type Cell,
	type Column,
	type ColumnFormat,
	type ColumnReference,
	type ColumnType,
	type Container,
	type Dataset,
	type Decision,
	type FileSource,
	type MissingReference,
	type RejectedRow,
	type Row,
	type RowsSource,
	type Source,
	type Step,
} from './dataset';
export { identify, type FileIdentity } from './file-identity';
export { OddRows, type OddRow } from './odd-rows';
export type { RawBatch, Reader, ReadOptions } from './reader';
export { ReadRow } from './read-row';
export { countReasonColumns, REASON_COLUMNS, RUN_COLUMN } from './reason-columns';
export { columnsAfterSteps, keepsFileOrder, run, type Registry, type RunOptions } from './run';
export { SpillFile } from './spill';
export {
	RunState,
	SqliteCounterStore,
	type Counter,
	type CounterChange,
	type CounterStore,
	type KeptCounts,
} from './state';
export { SqliteFile } from './store/sqlite-file';
export type { AttachedTable, CompiledStep, StepCompiler, StepContext } from './step-compiler';
export { targetSettingsOf } from './target-settings';
