import { setImmediate as turn } from 'node:timers/promises';
import type { Cell, Column, Row } from '../dataset';
import { compileExpression, ExpressionError, type Expression } from '../expressions';
import { ImportError } from '../issues';
import type { FieldSpec } from './field';
import { Misfit } from './misfit';

/** Compiles the expression of a field. @throws ImportError RUN_CONFIG when it is no JSONata */
export function compileFieldExpression(
	{ name, expression = '' }: FieldSpec,
	columns: readonly Column[],
): Expression {
	try {
		return compileExpression(
			expression,
			columns.map((column) => column.name),
		);
	} catch (error) {
		if (!(error instanceof ExpressionError)) throw error;
		throw new ImportError(
			'RUN_CONFIG',
			`The expression of the field "${name}" is no valid JSONata: ${error.message}`,
			{ field: name, value: expression },
		);
	}
}

/** The longest time in milliseconds for which the event loop is kept: awaiting JSONata lets nothing else run. */
const LONGEST_TURN_MS = 40;

/** What each expression gives for each row: a value, or a misfit CELL_EXPRESSION. */
export async function evaluateRows(
	rows: readonly Row[],
	expressions: readonly Expression[],
): Promise<Array<Array<Cell | Misfit>>> {
	const results: Array<Array<Cell | Misfit>> = [];
	let turnStarted = performance.now();
	for (const { cells } of rows) {
		const values: Array<Cell | Misfit> = [];
		for (const expression of expressions) {
			const value = evaluateRow(expression, cells);
			// a promise only where there is something to wait for: awaiting each row would halve the speed
			values.push(value instanceof Promise ? await value : value);
		}
		results.push(values);
		if (performance.now() - turnStarted > LONGEST_TURN_MS) {
			await turn();
			turnStarted = performance.now();
		}
	}
	return results;
}

function evaluateRow(
	expression: Expression,
	cells: readonly Cell[],
): Cell | Misfit | Promise<Cell | Misfit> {
	try {
		const value = expression.evaluate(cells);
		return value instanceof Promise ? value.catch(misfitOf) : value;
	} catch (error) {
		return misfitOf(error);
	}
}

function misfitOf(error: unknown): Misfit {
	if (!(error instanceof ExpressionError)) throw error;
	return new Misfit('CELL_EXPRESSION', `The expression fails: ${error.message}`);
}
