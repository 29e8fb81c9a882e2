export { decideTable, type TableDecision } from './decide-table';
export type {
	GridRow,
	GridSource,
	OriginOf,
	RowFault,
	RowOrigin,
	RowPolicies,
	TableLayout,
} from './layout';
export { TableRows } from './table-rows';
