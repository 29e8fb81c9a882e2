export type {
	DataTable,
	DataTableClient,
	DataTableColumn,
	DataTableRecord,
	DataTableUpdate,
	DataTableUpdates,
	DataTableValue,
	DataTableValues,
} from './data-table-client';
export { DataTableTarget } from './data-table-target';
