export {
	DataTableTarget,
	type DataTable,
	type DataTableClient,
	type DataTableColumn,
	type DataTableRecord,
	type DataTableUpdate,
	type DataTableUpdates,
	type DataTableValue,
	type DataTableValues,
} from './data-table';
export { MySqlDocuments, MySqlTarget, type MySqlConfig } from './mysql';
export { PostgresDocuments, PostgresTarget, type PostgresConfig } from './postgres';
export { holdsList } from './sql/list-values';
export { SqliteTarget } from './sqlite';
export { writePolicies } from './target';
export type {
	BatchCommit,
	BatchedLoad,
	Candidate,
	AbsenceCounts,
	AbsentRecord,
	ColumnDescription,
	Decided,
	FieldReason,
	LoadReference,
	LoadRules,
	LoadSession,
	LoadSpecification,
	PlannedAction,
	PlannedCount,
	PlannedRow,
	ReferenceOutcome,
	RefusedRecord,
	RefusedRow,
	RefusedWrite,
	RowRecord,
	RowCandidates,
	RowChoice,
	StagedRow,
	StagedValue,
	Synchronisation,
	TableDescription,
	TableName,
	Target,
	ValueType,
	WritePolicy,
} from './target';
export type {
	RefusedUndo,
	UndoAction,
	UndoCount,
	UndoneEntry,
	UndoSession,
	UndoSpecification,
} from './undo';
