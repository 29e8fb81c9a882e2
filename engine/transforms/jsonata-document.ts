import type { Batch, Cell, Column, Row } from '../dataset';
import {
	compileDocument,
	ExpressionError,
	type DocumentExpression,
	type DocumentRow,
} from '../expressions';
import { ImportError, issue } from '../issues';
import { emptyBatch, skippedRow } from './definition/batches';
import { reject } from './definition/cell-changes';
import { cellText } from './definition/cell-text';
import { defineOperation } from './definition/operation';
import { splitList, text, wholeNumber } from './definition/parameters';

/** What all rows together may hold, in characters. */
const MOST_CHARACTERS = 64 * 1024 * 1024;

export const jsonataDocument = defineOperation({
	kind: 'jsonata-document',
	title: 'Compute All Rows',
	summary: 'Make new rows of all rows together with a JSONata expression',
	parameters: {
		expression: text({
			title: 'Expression',
			summary: 'JSONata over the array of all rows, which gives objects: each is a row',
			kind: 'expression',
		}),
		columns: text({
			title: 'Columns',
			summary:
				'Names of the columns that come out, commas between; empty: those that the expression spells out, or else those that come in',
			default: '',
		}),
		maxRows: wholeNumber({
			title: 'Row Limit',
			summary: 'The most rows that are held in memory; more end in an error',
			default: 10_000,
			least: 1,
			most: 200_000,
		}),
	},
	example: {
		options: {
			expression: '($all := $count($); $.{ "Donor": Donor, "Amount": Amount, "Of": $all })',
		},
		columns: [{ name: 'Donor' }, { name: 'Amount', type: 'decimal' }],
		before: [
			['Ada', 30],
			['Bo', 10],
		],
		columnsAfter: ['Donor', 'Amount', 'Of'],
		after: [
			['Ada', 30, 2],
			['Bo', 10, 2],
		],
	},
	compile({ expression: source, columns, maxRows }, columnsIn) {
		const expression = compile(source);
		const named = splitList(columns);
		const names =
			named.length > 0 ? named : (expression.names ?? columnsIn.map(({ name }) => name));
		refuseRepeated(names);
		const columnsOut: Column[] = names.map((name) => ({ name }));
		const held = new HeldRows(maxRows);
		return {
			columnsOut,
			reorders: true,
			apply(batch) {
				for (const row of batch.rows) held.add(row);
				batch.rows = [];
				batch.columns = columnsOut;
			},
			async *finish(): AsyncGenerator<Batch> {
				const { rows } = held;
				if (rows.length === 0) return;
				const made = await evaluate(expression, rows, columnsIn);
				yield* rowsOf(made, rows, names, columnsOut);
			},
			close: () => held.clear(),
		};
	},
});

function compile(source: string): DocumentExpression {
	try {
		return compileDocument(source);
	} catch (error) {
		if (!(error instanceof ExpressionError)) throw error;
		const message = `The expression is no valid JSONata: ${error.message}`;
		throw new ImportError('RUN_CONFIG', message, { value: source });
	}
}

function refuseRepeated(names: readonly string[]): void {
	const twice = names.find((name, index) => names.indexOf(name) !== index);
	if (twice === undefined) return;
	throw new ImportError('RUN_CONFIG', `The column "${twice}" is there twice`, { column: twice });
}

async function evaluate(
	expression: DocumentExpression,
	rows: readonly Row[],
	columnsIn: readonly Column[],
): Promise<DocumentRow[]> {
	try {
		return await expression.evaluate(
			rows.map(({ cells }) => cells),
			columnsIn.map(({ name }) => name),
		);
	} catch (error) {
		if (!(error instanceof ExpressionError)) throw error;
		throw new ImportError(
			'RUN_EXPRESSION',
			`The expression over all ${rows.length} rows fails: ${error.message}`,
		);
	}
}

/** All rows, in memory, up to a limit. */
class HeldRows {
	readonly #most: number;

	rows: Row[] = [];

	#characters = 0;

	constructor(most: number) {
		this.#most = most;
	}

	add(row: Row): void {
		if (this.rows.length === this.#most) {
			throw new ImportError(
				'RUN_LIMIT',
				`There are more than ${this.#most} rows to compute together`,
				{
					row: row.number,
					hint: 'Raise Row Limit of Compute All Rows, or use Compute Field or Group and Aggregate, which have no limit.',
				},
			);
		}
		for (const cell of row.cells) this.#characters += cellText(cell).length;
		if (this.#characters > MOST_CHARACTERS) {
			throw new ImportError(
				'RUN_LIMIT',
				`The rows to compute together hold more than ${MOST_CHARACTERS / 2 ** 20} million characters`,
				{ row: row.number, hint: 'Drop the columns that the expression does not need before it.' },
			);
		}
		this.rows.push(row);
	}

	clear(): void {
		this.rows = [];
	}
}

const BATCH_ROWS = 500;

/**
 * The rows that came out, under numbers of rows that went in, so that the account of the file holds. A row that comes out
 * as it went in keeps its number. New rows take, in order, the numbers of those that do not come out themselves; when there
 * are more, they are parts of the last. What went in and has no row in the end is skipped.
 */
function* rowsOf(
	made: readonly DocumentRow[],
	rows: readonly Row[],
	names: readonly string[],
	columnsOut: readonly Column[],
): Generator<Batch> {
	const placed = placesOf(made, rows.length);
	const uses = new Map<number, number>();
	for (const place of placed) uses.set(place, (uses.get(place) ?? 0) + 1);
	const parts = new Map<number, number>();
	let batch = emptyBatch(columnsOut);
	for (const [index, { values, from }] of made.entries()) {
		const place = placed[index] ?? 0;
		const origin = rows[place];
		if (origin === undefined) continue;
		const part = (parts.get(place) ?? 0) + 1;
		parts.set(place, part);
		const row: Row = {
			number: origin.number,
			cells: names.map((name): Cell =>
				Object.hasOwn(values, name) ? (values[name] ?? null) : null,
			),
			source: origin.source ?? origin.cells,
			...partOf(origin, part, uses.get(place) ?? 1),
		};
		const strange =
			from === undefined ? Object.keys(values).find((name) => !names.includes(name)) : undefined;
		if (strange === undefined) batch.rows.push(row);
		else rejectStrange(batch, row, strange);
		if (batch.rows.length + batch.rejected.length < BATCH_ROWS) continue;
		yield batch;
		batch = emptyBatch(columnsOut);
	}
	for (const [place, row] of rows.entries()) {
		if (uses.has(place)) continue;
		const message = `Row ${row.number} went into the rows that were computed together, and does not come out itself`;
		batch.rejected.push(skippedRow(row, 'ROW_GROUPED', message));
		if (batch.rejected.length < BATCH_ROWS) continue;
		yield batch;
		batch = emptyBatch(columnsOut);
	}
	if (batch.rows.length + batch.rejected.length > 0) yield batch;
}

/** For each row that came out, the position of the row that it stands for. */
function placesOf(made: readonly DocumentRow[], count: number): number[] {
	const kept = new Set(made.flatMap(({ from }) => from ?? []));
	let next = 0;
	let last = count - 1;
	return made.map(({ from }) => {
		if (from !== undefined) return from;
		while (next < count && kept.has(next)) next++;
		if (next < count) last = next++;
		return last;
	});
}

/** Rows that share a number are told apart by their part. */
function partOf(origin: Row, part: number, of: number): { part?: number } {
	if (of > 1) return { part: ((origin.part ?? 1) - 1) * of + part };
	return origin.part === undefined ? {} : { part: origin.part };
}

function rejectStrange(batch: Batch, row: Row, field: string): void {
	const message = `The expression gives a field "${field}", which is no column`;
	reject(batch, row, [issue('CELL_EXPRESSION', message, { row: row.number, field })]);
}
