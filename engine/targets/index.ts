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
export type {
	ColumnDescription,
	LoadRules,
	LoadSession,
	LoadSpecification,
	PlannedAction,
	PlannedRow,
	RefusedRow,
	RefusedWrite,
	RowRecord,
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
