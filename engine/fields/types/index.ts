import type { ColumnType } from '../../dataset';
import { compileBoolean } from './boolean';
import type { CompileType } from './coercion';
import { compileDate } from './date';
import { compileDateTime } from './date-time';
import { compileDecimal } from './decimal';
import { compileEmail } from './email';
import { compileInteger } from './integer';
import { compileJson } from './json';
import { compilePhone } from './phone';
import { compileText } from './text';
import { compileTime } from './time';
import { compileUrl } from './url';

/** Every type of a field, with what brings cells into it. */
export const types: Readonly<Record<ColumnType, CompileType>> = {
	text: compileText,
	integer: compileInteger,
	decimal: compileDecimal,
	boolean: compileBoolean,
	date: compileDate,
	'date-time': compileDateTime,
	time: compileTime,
	email: compileEmail,
	phone: compilePhone,
	url: compileUrl,
	json: compileJson,
};

export type { CompileType, Coercion } from './coercion';
export { isPlainText } from './text';
