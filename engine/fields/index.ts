import type { StepCompiler } from '../dataset';
import { fitCompiler } from './fit-step';
import { mapCompiler } from './map-step';

export { compileCoercion } from './coerce';
export type { FieldFormat, FieldSpec } from './field';
export { fitStep, type FitColumn, type FitOptions } from './fit-step';
export { inferColumns, type InferredColumn } from './infer';
export { mapStep, type MapOptions } from './map-step';
export { mappingReport, type MappingLine } from './mapping-report';
export { matchHeaders, type HeaderMatch, type MatchOptions } from './match-headers';
export { Misfit } from './misfit';
export { recordTypes, type RecordType } from './record-types';
export { ColumnProfiler, type ColumnProfile } from './profile';
export type { Coercion } from './types';

/** The steps of this folder. */
export const stepCompilers: readonly StepCompiler[] = [mapCompiler, fitCompiler];
