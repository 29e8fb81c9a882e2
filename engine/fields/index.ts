import type { StepCompiler } from '../dataset';
import { contractCompiler } from './contract/contract-step';
import { fitCompiler } from './fit-step';
import { recordsCompiler } from './groups';
import { mapCompiler } from './map-step';

export { compileCoercion } from './coerce';
export * from './contract';
export type { FieldFormat, FieldSpec, OtherValues, ValueMapping } from './field';
export { hasValue } from './field-slot';
export { fitStep, type FitColumn, type FitOptions } from './fit-step';
export {
	groupColumns,
	groupOf,
	orderGroups,
	planGroups,
	recordsStep,
	temporaryId,
	temporaryIdColumns,
	type ColumnSet,
	type DelimitedCell,
	type ColumnSets,
	type GroupColumns,
	type GroupLinks,
	type GroupOptions,
	type GroupReference,
	type PlannedGroup,
	type RecordGroup,
	type RecordsOptions,
	type Repeat,
	type TemporaryIdColumn,
} from './groups';
export { inferColumns, type InferredColumn } from './infer';
export { escapeBraces } from './joined-text';
export { mapStep, type MapOptions, type Unmapped } from './map-step';
export { mappingReport, type MappingLine, type ReportOptions } from './mapping-report';
export { matchHeaders, type HeaderMatch, type MatchOptions } from './match-headers';
export { Misfit } from './misfit';
export { letStepsPass } from './passing-text';
export { recordTypes, type RecordType } from './record-types';
export { ColumnProfiler, type ColumnProfile } from './profile';
export * from './templates';
export { typeClashes } from './type-clashes';
export type { Coercion } from './types';

/** The steps of this folder. */
export const stepCompilers: readonly StepCompiler[] = [
	mapCompiler,
	fitCompiler,
	contractCompiler,
	recordsCompiler,
];
