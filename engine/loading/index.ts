export type { AbsenceGuards, Guards } from './guards';
export { stampCompiler, stampStep, type Stamp, type StampedColumn } from './stamp-step';
export {
	cellText,
	failedFile,
	FailedRows,
	isRetryStep,
	retryCompiler,
	retryStep,
	type FailedFile,
	type FailedFileOptions,
	type FailedRow,
	type TextEncoding,
} from './failed';
export type { IssueGroup } from './issue-groups';
export { undo, type UndoCounts, type UndoResult, type UndoSummary } from './undo';
export { load, type LoadResult, type LoadSummary, type OutcomeCounts } from './load';
export { describeReferences, type NamedReference } from './references';
export {
	partsOf,
	PlanCheck,
	planOf,
	PlanReport,
	rowsToKeep,
	SqliteRunStore,
	type KeptPlan,
	type PlanFile,
	type PlanFileFormat,
	type RunStore,
} from './plans';
export { reasonText } from './plans/reason-text';
export { batchCommitOf, fingerprint } from './run-identity';
