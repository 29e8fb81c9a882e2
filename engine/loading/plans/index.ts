export { partsOf, planOf } from './import-parts';
export { PlanCheck, rowsToKeep } from './plan-check';
export { PlanReport, type PlanFile, type PlanFileFormat } from './plan-file';
export type { ImportParts, KeptPlan, KeptRow, RunStore } from './run-store';
export { SqliteRunStore } from './sqlite-run-store';
