import type { Cell, Column } from '../dataset';
import { isBlank } from '../dataset/values';
import { quoteValue } from '../issues';
import { compileCoercion } from './coerce';
import { LEAST_FITTING, weighings, type Verdict } from './evidence';
import { Misfit } from './misfit';

/** A column with the type that its cells were found to have, and what was found. */
export interface InferredColumn {
	/**
	 * Name, type and format. The format is there, if only empty, for every type but text: it says that the cells are still
	 * written as in the file. The columns that a step gives have canonical cells and no format.
	 */
	column: Column;
	/** Cells of the sample that are not empty. */
	filled: number;
	/** Filled cells that fit the type. */
	fits: number;
	/** Up to three cells that do not fit. */
	misfits: string[];
	/** Why the type was chosen, for a person: `dates, day first: the first part is above 12 in 43 cells, ...`. */
	evidence: string;
}

const MOST_EXAMPLES = 3;

/**
 * Finds the type of every column over all rows of the sample, never by cell.
 *
 * A column gets a type other than text only if at least 90 % of its filled cells fit it. What cannot be decided (both
 * orders of a date, both decimal signs) stays text with `format.ambiguous`. A column without filled cells has no type.
 *
 * @param rows cells as they were read, in the order of the columns
 */
export function inferColumns(
	columns: readonly Column[],
	rows: readonly (readonly Cell[])[],
): InferredColumn[] {
	return columns.map(({ name, header }, index) => {
		const inferred = inferColumn(name, filledCells(rows, index));
		return header === undefined
			? inferred
			: { ...inferred, column: { ...inferred.column, header } };
	});
}

function filledCells(rows: readonly (readonly Cell[])[], index: number): Cell[] {
	const cells: Cell[] = [];
	for (const row of rows) {
		const cell = row[index] ?? null;
		if (cell !== null && !(typeof cell === 'string' && isBlank(cell))) cells.push(cell);
	}
	return cells;
}

function inferColumn(name: string, cells: readonly Cell[]): InferredColumn {
	if (cells.length === 0) {
		return { column: { name }, filled: 0, fits: 0, misfits: [], evidence: 'empty' };
	}
	let reasonForText: Verdict | undefined;
	for (const weigh of weighings) {
		const verdict = weigh(cells);
		if (verdict === undefined) continue;
		if (verdict.type === 'text') {
			reasonForText ??= verdict;
			continue;
		}
		const inferred = measure(name, cells, verdict);
		if (inferred.fits >= inferred.filled * LEAST_FITTING) return inferred;
		reasonForText ??= nearMiss(inferred);
	}
	return measure(name, cells, reasonForText ?? { type: 'text', evidence: 'text' });
}

/** Counts the cells that fit by the very coercion that rows will go through. */
function measure(name: string, cells: readonly Cell[], verdict: Verdict): InferredColumn {
	const { type, evidence } = verdict;
	const format = verdict.format ?? (type === 'text' ? undefined : {});
	const column: Column = format === undefined ? { name, type } : { name, type, format };
	const coerce = compileCoercion({ name, type }, column);
	const misfits: string[] = [];
	let fits = 0;
	for (const cell of cells) {
		if (!(coerce(cell) instanceof Misfit)) fits++;
		else if (misfits.length < MOST_EXAMPLES) misfits.push(quoteValue(cell));
	}
	return { column, filled: cells.length, fits, misfits, evidence };
}

function nearMiss({ column, filled, fits, evidence }: InferredColumn): Verdict {
	return {
		type: 'text',
		evidence: `text: as ${column.type}, only ${fits} of ${filled} cells fit (${evidence})`,
	};
}
