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
export type {
	AbsenceCounts,
	AbsentRecord,
	ColumnDescription,
	LoadRules,
	LoadSession,
	LoadSpecification,
	PlannedAction,
	PlannedCount,
	PlannedRow,
	RefusedRecord,
	RefusedRow,
	RefusedWrite,
	StagedRow,
	StagedValue,
	Synchronisation,
	TableDescription,
	TableName,
	Target,
	ValueType,
	WritePolicy,
} from './target';
