export type { Guards } from './guards';
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
