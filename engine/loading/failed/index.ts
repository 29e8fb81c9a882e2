export { failedFile, type FailedFile, type FailedFileOptions } from './failed-file';
export { FailedRows, type FailedRow } from './failed-rows';
export { RefusedRows } from './refused-rows';
export type { TextEncoding } from './failed-text';
export { isRetryStep, retryCompiler, retryStep } from './retry-step';
export { cellText } from './reported-row';
