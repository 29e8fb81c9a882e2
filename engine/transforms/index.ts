import type { StepCompiler } from '../dataset';
import { changeCase } from './change-case';
import type { Operation } from './definition/operation';
import { filterRows } from './filter-rows';
import { jsonataExpression } from './jsonata';
import { parseDate } from './parse-date';
import { parseNumber } from './parse-number';
import { replace } from './replace';
import { trim } from './trim';
import { valueMap } from './value-map';

/** Every operation on rows, in the order in which a screen offers them. */
export const operations: readonly Operation[] = [
	trim,
	changeCase,
	replace,
	parseDate,
	parseNumber,
	valueMap,
	filterRows,
	jsonataExpression,
];

/** The steps of this folder. */
export const stepCompilers: readonly StepCompiler[] = operations;

export type { Operation, OperationDescription, OperationExample } from './definition/operation';
export type { Choice, ParameterDescription, ParameterKind } from './definition/parameters';
