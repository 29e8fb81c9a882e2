export { decideTable, type TableDecision } from './decide-table';
export type { GridRow, RowFault, RowPolicies, TableLayout } from './layout';
export { TableRows } from './table-rows';
