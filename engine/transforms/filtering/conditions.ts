import type { Cell, Column, ColumnFormat } from '../../dataset';
import {
	ambiguous,
	compareDecimals,
	compileDateReading,
	compileNumberReading,
	decimalText,
	isBlank,
	readBoolean,
	readDate,
	readNumber,
	trimBlanks,
} from '../../dataset/values';
import { ImportError } from '../../issues';
import { compilePattern } from '../definition/patterns';

/** What a condition asks of a cell, with the words for it. */
export const operators = {
	equals: 'Equals',
	'not-equals': 'Does Not Equal',
	contains: 'Contains',
	'not-contains': 'Does Not Contain',
	'starts-with': 'Starts With',
	'ends-with': 'Ends With',
	'is-empty': 'Is Empty',
	'is-not-empty': 'Is Not Empty',
	greater: 'Is Greater Than',
	'greater-or-equal': 'Is Greater Than or Equal To',
	less: 'Is Less Than',
	'less-or-equal': 'Is Less Than or Equal To',
	matches: 'Matches Regular Expression',
	'in-list': 'Is One Of',
	'not-in-list': 'Is None Of',
} as const;

type Operator = keyof typeof operators;

export interface Condition {
	operator: Operator;
	/** What the cell is compared with: one value, or several for a list. */
	values: readonly string[];
	ignoreCase: boolean;
}

/** Whether a cell meets a condition. */
export type Test = (cell: Cell) => boolean;

/** Operators that hold where another one does not. */
const negations = {
	'not-equals': 'equals',
	'not-contains': 'contains',
	'not-in-list': 'in-list',
	'is-not-empty': 'is-empty',
} as const;

const isNegation = (operator: Operator): operator is keyof typeof negations =>
	Object.hasOwn(negations, operator);

const withoutValue: readonly Operator[] = ['is-empty', 'is-not-empty'];

/**
 * Makes the test of a condition for the cells of a column.
 *
 * Numbers, dates and booleans are compared as such when the column is of that type, in its own notation; other columns as
 * text, and with greater and less as numbers or dates when the value is one. A cell that cannot be read meets no condition
 * but a negated one.
 *
 * @throws ImportError RUN_CONFIG when the value is missing or no regular expression
 */
export function compileCondition(condition: Condition, column: Column): Test {
	const { operator, values } = condition;
	if (values.length === 0 && !withoutValue.includes(operator)) {
		throw new ImportError(
			'RUN_CONFIG',
			`The condition on "${column.name}" needs a value to compare with`,
		);
	}
	if (isNegation(operator)) {
		const test = compileCondition({ ...condition, operator: negations[operator] }, column);
		return (cell) => !test(cell);
	}
	switch (operator) {
		case 'is-empty':
			return isEmpty;
		case 'equals':
		case 'in-list':
			return compileEquality(condition, column);
		case 'matches':
			return compileMatch(condition);
		case 'contains':
		case 'starts-with':
		case 'ends-with':
			return compileTextSearch(operator, condition);
		default:
			return compileOrder(operator, values[0] ?? '', column);
	}
}

function isEmpty(cell: Cell): boolean {
	return cell === null || (typeof cell === 'string' && isBlank(cell));
}

function textOf(cell: Cell): string {
	if (typeof cell === 'string') return cell;
	if (cell === null) return '';
	if (typeof cell === 'number') return decimalText(cell);
	return typeof cell === 'boolean' ? String(cell) : JSON.stringify(cell);
}

function compileTextSearch(
	operator: 'contains' | 'starts-with' | 'ends-with',
	{ values, ignoreCase }: Condition,
): Test {
	const fold = ignoreCase ? (text: string) => text.toLowerCase() : (text: string) => text;
	const wanted = fold(values[0] ?? '');
	switch (operator) {
		case 'contains':
			return (cell) => fold(textOf(cell)).includes(wanted);
		case 'starts-with':
			return (cell) => fold(textOf(cell)).startsWith(wanted);
		case 'ends-with':
			return (cell) => fold(textOf(cell)).endsWith(wanted);
	}
}

function compileMatch({ values, ignoreCase }: Condition): Test {
	const pattern = compilePattern({ find: values[0] ?? '', regularExpression: true, ignoreCase });
	return (cell) => pattern.test(textOf(cell));
}

/** A cell as something that is equal to or comes before another: undefined when it cannot be read. */
type Key = number | string | boolean | undefined;

type ReadKey = (cell: Cell) => Key;

function compileEquality({ values, ignoreCase }: Condition, column: Column): Test {
	const readTyped = typedKey(column);
	const readCanonical = typedKey({ ...column, format: canonicalFormat });
	const wanted = values.map((value) => readTyped?.(value) ?? readCanonical?.(value));
	if (readTyped === undefined || wanted.includes(undefined)) {
		const fold = ignoreCase
			? (cell: Cell) => trimBlanks(textOf(cell)).toLowerCase()
			: (cell: Cell) => trimBlanks(textOf(cell));
		const texts = new Set(values.map(fold));
		return (cell) => texts.has(fold(cell));
	}
	const keys = new Set(wanted);
	return (cell) => keys.has(readTyped(cell));
}

/** How the value of a condition may be written, whatever the notation of the column. */
const canonicalFormat: ColumnFormat = { decimalSign: '.', dateOrder: 'ymd' };

/** The values of a typed column as they compare. */
function typedKey(column: Column): ReadKey | undefined {
	switch (column.type) {
		case 'integer':
		case 'decimal':
			return numberKey(column);
		case 'date':
		case 'date-time':
			return dateKey(column);
		case 'boolean':
			return booleanKey;
		default:
			return undefined;
	}
}

function numberKey({ format }: Column): ReadKey {
	const read = compileNumberReading(format);
	return (cell) => {
		if (typeof cell === 'number') return cell;
		if (typeof cell !== 'string') return undefined;
		const number = read(trimBlanks(cell));
		return number === ambiguous ? undefined : number;
	};
}

function dateKey({ format }: Column): ReadKey {
	const read = compileDateReading(format);
	return (cell) => {
		if (typeof cell !== 'string') return undefined;
		const date = read(trimBlanks(cell));
		return date === ambiguous ? undefined : date;
	};
}

const booleanKey: ReadKey = (cell) => {
	if (typeof cell === 'boolean') return cell;
	return typeof cell === 'string' ? readBoolean(trimBlanks(cell)) : undefined;
};

type OrderOperator = 'greater' | 'greater-or-equal' | 'less' | 'less-or-equal';

const accepted: Record<OrderOperator, (order: number) => boolean> = {
	greater: (order) => order > 0,
	'greater-or-equal': (order) => order >= 0,
	less: (order) => order < 0,
	'less-or-equal': (order) => order <= 0,
};

function compileOrder(operator: OrderOperator, value: string, column: Column): Test {
	const accept = accepted[operator];
	const limit = value.trim();
	const number = readLimitNumber(limit, column);
	if (number !== undefined) {
		const read = numberKey(column);
		return (cell) => {
			const key = read(cell);
			return key !== undefined && typeof key !== 'boolean' && accept(compareDecimals(key, number));
		};
	}
	const date = dateKey(column)(limit);
	if (typeof date === 'string') {
		const read = dateKey(column);
		return (cell) => {
			const key = read(cell);
			return typeof key === 'string' && accept(compareTexts(key.slice(0, date.length), date));
		};
	}
	return (cell) => !isEmpty(cell) && accept(compareTexts(textOf(cell), limit));
}

/** A limit in the notation of the column, or with a decimal point. Dates are not taken for numbers. */
function readLimitNumber(limit: string, { format }: Column): number | string | undefined {
	if (readDate(limit, 'ymd') !== undefined && /\D/.test(limit)) return undefined;
	return readNumber(limit, format?.decimalSign ?? '.') ?? readNumber(limit, '.');
}

function compareTexts(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
