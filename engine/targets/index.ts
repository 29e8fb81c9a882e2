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
export { SqliteTarget } from './sqlite';
export { writePolicies } from './target';
export type {
	BatchCommit,
	BatchedLoad,
	Candidate,
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
	RefusedRow,
	RefusedWrite,
	RowRecord,
	RowCandidates,
	RowChoice,
	StagedRow,
	StagedValue,
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
