export type { Guards } from './guards';
export { FailedRows, REASON_COLUMNS, type FailedRow } from './failed-rows';
export type { IssueGroup } from './issue-groups';
export { load, type LoadResult, type LoadSummary, type OutcomeCounts } from './load';
