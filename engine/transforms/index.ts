import type { StepCompiler } from '../dataset';
import { arithmetic } from './arithmetic';
import { assign } from './assign';
import { changeCase } from './change-case';
import { cleanEmail } from './clean-email';
import { cleanUrl } from './clean-url';
import { explode } from './explode';
import { extract } from './extract';
import { fillDown } from './fill-down';
import { fillEmpty } from './fill-empty';
import { filterRows } from './filter-rows';
import { formatDate } from './format-date';
import { formatNumber } from './format-number';
import { group } from './group';
import { hash } from './hash';
import { join } from './join';
import { jsonataExpression } from './jsonata';
import { jsonataDocument } from './jsonata-document';
import { lookup } from './lookup';
import { lookupValues } from './lookup-values';
import { mask } from './mask';
import { pad } from './pad';
import { parseBoolean } from './parse-boolean';
import { parseDate } from './parse-date';
import { parseNumber } from './parse-number';
import { parsePhone } from './parse-phone';
import { parsePrice } from './parse-price';
import { pivot } from './pivot';
import { removeDuplicates } from './remove-duplicates';
import { renameColumns } from './rename-columns';
import { replace } from './replace';
import { selectColumns } from './select-columns';
import { sequence } from './sequence';
import { sort } from './sort';
import { split } from './split';
import { splitAddress } from './split-address';
import { splitName } from './split-name';
import { trim } from './trim';
import { unpivot } from './unpivot';
import { uuid } from './uuid';
import { valueMap } from './value-map';
import type { Operation } from './definition/operation';

/** Every operation on rows, in the order in which a screen offers them. */
export const operations: readonly Operation[] = [
	trim,
	changeCase,
	replace,
	pad,
	fillEmpty,
	fillDown,
	parseDate,
	formatDate,
	parseNumber,
	formatNumber,
	arithmetic,
	parseBoolean,
	parsePrice,
	parsePhone,
	cleanEmail,
	cleanUrl,
	valueMap,
	lookup,
	lookupValues,
	filterRows,
	jsonataExpression,
	jsonataDocument,
	split,
	splitName,
	splitAddress,
	join,
	extract,
	renameColumns,
	selectColumns,
	sort,
	removeDuplicates,
	explode,
	unpivot,
	pivot,
	group,
	hash,
	uuid,
	sequence,
	assign,
	mask,
];

/** The steps of this folder. */
export const stepCompilers: readonly StepCompiler[] = operations;

export type { Operation, OperationDescription } from './definition/operation';
export type { ParameterDescription } from './definition/parameters';
