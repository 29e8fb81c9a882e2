import { setImmediate as turn } from 'node:timers/promises';
import type { Batch, Cell, Column, Row } from '../dataset';
import { ImportError, issue } from '../issues';
import { reject } from './definition/cell-changes';
import { defineOperation } from './definition/operation';
import { text } from './definition/parameters';
import {
	compileExpression,
	ExpressionError,
	type Expression,
	type RowObject,
} from './expression/jsonata-runtime';

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
		const computation: Computation = {
			expression: compile(expression, field),
			field,
			index: indexFor(field, columnsIn),
			names: columnsIn.map(({ name }) => name),
		};
		const columnsOut = [...columnsIn];
		columnsOut[computation.index] = { name: field };
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
	names: readonly string[];
}

function compile(source: string, field: string): Expression {
	try {
		return compileExpression(source);
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
		if (await computeRow(batch, row, computation)) rows[kept++] = row;
		if (performance.now() - turnStarted > LONGEST_TURN_MS) {
			await turn();
			turnStarted = performance.now();
		}
	}
	rows.length = kept;
}

async function computeRow(
	batch: Batch,
	row: Row,
	{ expression, field, index, names }: Computation,
): Promise<boolean> {
	try {
		const result = expression.evaluate(rowObject(row, names));
		const value = result instanceof Promise ? await result : result;
		row.source ??= row.cells.slice();
		row.cells[index] = value;
		return true;
	} catch (error) {
		if (!(error instanceof ExpressionError)) throw error;
		reject(batch, row, [
			issue('CELL_EXPRESSION', `The expression for "${field}" fails: ${error.message}`, {
				row: row.number,
				field,
			}),
		]);
		return false;
	}
}

/** Empty cells are left out: JSONata joins a null as the text `null`, and what is not there as nothing. */
function rowObject({ cells }: Row, names: readonly string[]): RowObject {
	const row = Object.create(null) as RowObject;
	names.forEach((name, index) => {
		const cell: Cell | undefined = cells[index];
		if (cell !== null && cell !== undefined) row[name] = cell;
	});
	return row;
}
