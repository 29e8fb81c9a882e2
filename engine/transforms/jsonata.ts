import { setImmediate as turn } from 'node:timers/promises';
import { targetSettingsOf, type Batch, type Cell, type Column, type Row } from '../dataset';
import { ImportError, issue } from '../issues';
import { reject } from './definition/cell-changes';
import { defineOperation } from './definition/operation';
import { text } from './definition/parameters';
import { compileExpression, ExpressionError, type Expression } from '../expressions';

export const jsonataExpression = defineOperation({
	kind: 'jsonata',
	title: 'Compute Field',
	summary: 'Compute a new or existing column with a JSONata expression over the row',
	parameters: {
		expression: text({
			title: 'Expression',
			summary: 'JSONata over the row; columns are fields, empty cells are not there',
			kind: 'expression',
		}),
		field: text({
			title: 'Column',
			summary: 'Column that takes the result; a new one when there is none of that name',
		}),
	},
	example: {
		options: { expression: '`First Name` & " " & Surname', field: 'Name' },
		columns: [{ name: 'First Name' }, { name: 'Surname' }],
		before: [['Ada', 'Lovelace']],
		columnsAfter: ['First Name', 'Surname', 'Name'],
		after: [['Ada', 'Lovelace', 'Ada Lovelace']],
	},
	compile({ expression, field }, columnsIn) {
		const names = columnsIn.map(({ name }) => name);
		const computation: Computation = {
			expression: compile(expression, field, names),
			field,
			index: indexFor(field, columnsIn),
		};
		const columnsOut = [...columnsIn];
		const replaced = columnsIn[computation.index];
		columnsOut[computation.index] = { name: field, ...(replaced && targetSettingsOf(replaced)) };
		return {
			columnsOut,
			async apply(batch) {
				await computeBatch(batch, computation);
				batch.columns = columnsOut;
			},
		};
	},
});

interface Computation {
	expression: Expression;
	field: string;
	/** Position of the result in the row. */
	index: number;
}

function compile(source: string, field: string, names: readonly string[]): Expression {
	try {
		return compileExpression(source, names);
	} catch (error) {
		if (!(error instanceof ExpressionError)) throw error;
		throw new ImportError(
			'RUN_CONFIG',
			`The expression for "${field}" is no valid JSONata: ${error.message}`,
			{ field, value: source },
		);
	}
}

function indexFor(field: string, columnsIn: readonly Column[]): number {
	const index = columnsIn.findIndex(({ name }) => name === field);
	return index === -1 ? columnsIn.length : index;
}

/** The longest time in milliseconds for which the event loop is kept: awaiting JSONata lets nothing else run. */
const LONGEST_TURN_MS = 40;

/** Row after row in one loop: evaluating them at the same time is slower, because they only wait for each other. */
async function computeBatch(batch: Batch, computation: Computation): Promise<void> {
	const { rows } = batch;
	let kept = 0;
	let turnStarted = performance.now();
	for (const row of rows) {
		// a promise only where there is something to wait for: awaiting each row would halve the speed
		const computed = computeRow(batch, row, computation);
		if (computed === true || (await computed)) rows[kept++] = row;
		if (performance.now() - turnStarted > LONGEST_TURN_MS) {
			await turn();
			turnStarted = performance.now();
		}
	}
	rows.length = kept;
}

/** @returns whether the row goes on; a promise only where there is something to wait for */
function computeRow(batch: Batch, row: Row, computation: Computation): boolean | Promise<boolean> {
	const settle = (value: Cell): boolean => {
		row.source ??= row.cells.slice();
		row.cells[computation.index] = value;
		return true;
	};
	const fail = (error: unknown): boolean => {
		rejectFailed(batch, row, computation.field, error);
		return false;
	};
	try {
		const result = computation.expression.evaluate(row.cells);
		return result instanceof Promise ? result.then(settle, fail) : settle(result);
	} catch (error) {
		return fail(error);
	}
}

function rejectFailed(batch: Batch, row: Row, field: string, error: unknown): void {
	if (!(error instanceof ExpressionError)) throw error;
	const message = `The expression for "${field}" fails: ${error.message}`;
	reject(batch, row, [issue('CELL_EXPRESSION', message, { row: row.number, field })]);
}
