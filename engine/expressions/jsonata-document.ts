import { setImmediate as turn } from 'node:timers/promises';
import type jsonata from 'jsonata';
import type { Cell } from '../dataset';
import { guardFunctions } from './guarded-functions';
import { growthOf } from './growth';
import {
	asCell,
	evaluate,
	ExpressionError,
	LONGEST_TEXT,
	parse,
	parseBounded,
	rowObject,
} from './jsonata-runtime';

/** A row that an expression over all rows gave. */
export interface DocumentRow {
	/** The fields and their values. */
	values: Record<string, Cell>;
	/** Position of the row that it is, where the expression gave one that went in as it was. */
	from?: number;
}

/** An expression over all rows at once. */
export interface DocumentExpression {
	/** The fields of the rows that come out, where the expression spells them out; else undefined. */
	readonly names: readonly string[] | undefined;
	/**
	 * @param rows cells in the order of `names`
	 * @throws ExpressionError when it cannot be evaluated, or gives something else than rows
	 */
	evaluate(rows: ReadonlyArray<readonly Cell[]>, names: readonly string[]): Promise<DocumentRow[]>;
}

/** Longest evaluation, in milliseconds, without the turns that the event loop has meanwhile. */
const TIMEOUT_MS = 30_000;

/** Longest list, where an expression can make lists longer than those that go in. */
const LONGEST_LIST = 500_000;

/** The longest time in milliseconds for which an evaluation keeps the event loop to itself. */
const LONGEST_TURN_MS = 40;

/** JSONata would count the turns of others as well. */
const NO_TIMEOUT = 0;

/**
 * Compiles a JSONata expression over all rows: it sees an array of objects, one a row, and gives one object or a list of
 * them. It is bounded in time, depth, lists, texts and patterns as one over a row is.
 *
 * @param timeout milliseconds
 * @throws ExpressionError when it is no JSONata
 */
export function compileDocument(source: string, timeout = TIMEOUT_MS): DocumentExpression {
	const parsed = parse(source, {});
	const growth = growthOf(parsed);
	const limits = { timeout: NO_TIMEOUT, sequence: LONGEST_LIST };
	return {
		names: constructedNames(parsed.ast()),
		async evaluate(rows, names) {
			const expression = parseBounded(source, growth, limits);
			await guardFunctions(expression, LONGEST_TEXT, growth.texts);
			giveTurns(expression, timeout);
			const input = rows.map((cells) => rowObject(cells, names));
			const places = new Map<unknown, number>(input.map((row, index) => [row, index]));
			const result = await evaluate(expression, input);
			return asList(result).map((row, index) => documentRow(row, index, places));
		},
	};
}

/** JSONata waits for itself only: without this, nothing else would run until it is done. */
function giveTurns(expression: jsonata.Expression, timeout: number): void {
	let turnStarted = performance.now();
	let spent = 0;
	// The types know names only; symbols are bound the same way.
	const bind = expression.assign.bind(expression) as unknown as (
		name: symbol,
		value: unknown,
	) => void;
	bind(Symbol.for('jsonata.__evaluate_entry'), () => {
		const held = performance.now() - turnStarted;
		if (held < LONGEST_TURN_MS) return undefined;
		spent += held;
		if (spent > timeout) throw new ExpressionError(`It takes longer than ${timeout / 1000} s`);
		return turn().then(() => {
			turnStarted = performance.now();
		});
	});
}

function asList(result: unknown): readonly unknown[] {
	if (result === undefined) return [];
	return Array.isArray(result) ? result : [result];
}

function documentRow(
	row: unknown,
	index: number,
	places: ReadonlyMap<unknown, number>,
): DocumentRow {
	const from = places.get(row);
	const values = asCell(row);
	if (typeof values !== 'object' || values === null || Array.isArray(values)) {
		throw new ExpressionError(
			`Row ${index + 1} of the result is ${JSON.stringify(values).slice(0, 100)}, and no object`,
		);
	}
	return { values, ...(from !== undefined && { from }) };
}

interface Node {
	type?: string;
	value?: unknown;
	expressions?: Node[];
	steps?: Node[];
	lhs?: Array<[Node, Node]>;
}

/** The names in `[...].{ "a": ..., "b": ... }`, the usual end of an expression that makes rows. */
function constructedNames(tree: unknown): string[] | undefined {
	const { type, value, expressions, steps, lhs } = tree as Node;
	if (type === 'block') return constructedNames(expressions?.at(-1) ?? {});
	if (type === 'path') return constructedNames(steps?.at(-1) ?? {});
	if (type !== 'unary' || value !== '{' || !Array.isArray(lhs)) return undefined;
	const keys = lhs.map(([key]) => (key.type === 'string' ? key.value : undefined));
	return keys.every((key) => typeof key === 'string') ? keys : undefined;
}
