import jsonata from 'jsonata';
import type { Cell } from '../dataset';
import { SafePattern } from '../dataset/patterns';
import { NotDecided } from './closures/closure';
import { compileClosure } from './closures/compile-closure';
import { guardFunctions } from './guarded-functions';
import { growthOf, namesIn, type Growth } from './growth';

/** The row as the library sees it: values by column, without a prototype. */
export type RowObject = Record<string, Cell>;

/** An expression, compiled once and evaluated for many rows. */
export interface Expression {
	/** The columns that it names. */
	readonly columns: readonly string[];
	/**
	 * The value for one row; null when the expression finds nothing. A plain value, not a promise, wherever that can be
	 * had without waiting.
	 *
	 * @throws ExpressionError when the expression cannot be evaluated for this row
	 */
	evaluate(cells: readonly Cell[]): Cell | Promise<Cell>;
}

/** Why an expression cannot be compiled, or not be evaluated for a row; the message is for a person. */
export class ExpressionError extends Error {
	override readonly name = 'ExpressionError';
}

/** Longest evaluation of one row, in milliseconds. */
const TIMEOUT_MS = 1000;

/** Deepest nesting of evaluations. */
const DEEPEST_STACK = 500;

/** Longest list, where an expression can make lists longer than those of the row. */
const LONGEST_LIST = 100_000;

/** Longest text that an expression may make, in characters. */
export const LONGEST_TEXT = 10_000_000;

/**
 * Compiles a JSONata expression. It sees the row and nothing else: no file, no network, no other row.
 *
 * Expressions of the simple kind are compiled to closures (see `compileClosure`); the library evaluates all others, and
 * the rows that closures do not decide.
 *
 * Bounded are the time, the depth, the length of lists and of texts, and what a regular expression costs. Data cannot bring
 * in an expression (`$eval` is taken out).
 *
 * @param names columns in the order of the cells
 * @throws ExpressionError when it is no JSONata
 */
export function compileExpression(source: string, names: readonly string[]): Expression {
	const parsed = parse(source, {});
	const slow = compileWithLibrary(source, parsed, names);
	const fast = compileClosure(parsed.ast(), names);
	if (fast === undefined) return slow;
	return {
		columns: slow.columns,
		evaluate(cells) {
			try {
				return asCell(fast(cells));
			} catch (error) {
				if (error instanceof NotDecided) return slow.evaluate(cells);
				throw error;
			}
		},
	};
}

function compileWithLibrary(
	source: string,
	parsed: jsonata.Expression,
	names: readonly string[],
): Expression {
	const growth = growthOf(parsed);
	const expression = parseBounded(source, growth, { timeout: TIMEOUT_MS, sequence: LONGEST_LIST });
	let guarded: Promise<void> | undefined;
	const named = namesIn(parsed);
	return {
		columns: names.filter((name) => named.has(name)),
		async evaluate(cells) {
			await (guarded ??= guardFunctions(expression, LONGEST_TEXT, growth.texts));
			return asCell(await evaluate(expression, rowObject(cells, names)));
		},
	};
}

/** @param limits in milliseconds, and the length of the longest list */
export function parseBounded(
	source: string,
	growth: Growth,
	{ timeout, sequence }: { timeout: number; sequence: number },
): jsonata.Expression {
	return parse(source, {
		timeout,
		stack: DEEPEST_STACK,
		// a pattern that backtracks without end would hold up the whole process
		RegexEngine: SafePattern as unknown as RegExpConstructor,
		// These checks cost half the speed, so they are made only where the expression can make something grow.
		...(growth.lists && { sequence }),
	});
}

/** JSONata joins a null as the text `null`, and what is not there as nothing. */
export function rowObject(cells: readonly Cell[], names: readonly string[]): RowObject {
	const row = Object.create(null) as RowObject;
	names.forEach((name, index) => {
		const cell: Cell | undefined = cells[index];
		if (cell !== null && cell !== undefined) row[name] = cell;
	});
	return row;
}

export function parse(source: string, options: jsonata.JsonataOptions): jsonata.Expression {
	try {
		return jsonata(source, options);
	} catch (error) {
		const { message, position } = readError(error);
		const place = position === undefined ? '' : ` (at character ${position})`;
		throw new ExpressionError(`${message}${place}`, { cause: error });
	}
}

export async function evaluate(
	expression: jsonata.Expression,
	input: RowObject | RowObject[],
): Promise<unknown> {
	try {
		return await expression.evaluate(input);
	} catch (error) {
		throw new ExpressionError(readError(error).message, { cause: error });
	}
}

/** JSONata throws plain objects, and JavaScript errors where it did not expect any. */
function readError(error: unknown): { message: string; position?: number } {
	if (typeof error !== 'object' || error === null) return { message: String(error) };
	const { message, position } = error as { message?: unknown; position?: unknown };
	return {
		message: typeof message === 'string' ? message : 'The expression failed',
		...(typeof position === 'number' && { position }),
	};
}

/**
 * The result as plain JSON: lists of JSONata carry marks, records may be those of the row itself, and functions are no
 * values.
 */
export function asCell(result: unknown): Cell {
	switch (typeof result) {
		case 'string':
		case 'boolean':
			return result;
		case 'number':
			if (Number.isFinite(result)) return result;
			throw new ExpressionError('The result is no finite number');
		case 'object':
			if (result === null) return null;
			if (isFunctionOfJsonata(result)) throw new ExpressionError('The result is a function');
			return JSON.parse(JSON.stringify(result)) as Cell;
		case 'undefined':
			return null;
		default:
			throw new ExpressionError(`The result is a ${typeof result}`);
	}
}

function isFunctionOfJsonata(result: object): boolean {
	return '_jsonata_lambda' in result || '_jsonata_function' in result;
}
