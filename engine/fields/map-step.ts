import type { Cell, Column, CompiledStep, Row, Step, StepCompiler } from '../dataset';
import { ImportError, type Issue } from '../issues';
import { compileCoercion } from './coerce';
import type { FieldSpec } from './field';
import { readFieldSpecs } from './field-options';
import { Misfit } from './misfit';
import { cellIssue, changeRows, isEmpty, type CellOrigin } from './row-coercion';
import type { Coercion } from './types';

/** The options of a `map` step. */
export interface MapOptions {
	/** The fields of the result, in their order. */
	fields: FieldSpec[];
	/** Columns that no field takes its values from: left out (the default), or kept behind the fields as they are. */
	unmapped?: 'skip' | 'keep';
}

const VERSION = 1;

/** Makes the step that maps columns to fields. */
export function mapStep(options: MapOptions): Step {
	return { kind: 'map', version: VERSION, options: { ...options } };
}

/**
 * Maps columns to fields: names, order, types, defaults. A row with a cell that does not fit is rejected with an issue
 * for each such cell.
 *
 * At compile: RUN_NO_COLUMN when a field names a column that is not there, RUN_NO_MAPPING when no field has a column or
 * default, RUN_CONFIG for a required field without both, a name that is there twice, or a default that does not fit.
 * Per cell: what `compileCoercion` gives, and CELL_REQUIRED.
 */
export const mapCompiler: StepCompiler = {
	kind: 'map',
	compile(step, columnsIn) {
		const { fields, unmapped } = readOptions(step);
		const slots = fields.map((field) => compileSlot(field, columnsIn));
		const kept = unmapped === 'keep' ? keptColumns(fields, columnsIn) : [];
		return compileMapping(slots, kept);
	},
};

function readOptions({ version, options }: Step): Required<MapOptions> {
	if (version !== VERSION) {
		throw new ImportError('RUN_CONFIG', `Version ${version} of the map step is not known`);
	}
	const { unmapped = 'skip' } = options;
	if (unmapped !== 'skip' && unmapped !== 'keep') {
		throw new ImportError('RUN_CONFIG', 'The option "unmapped" must be skip or keep');
	}
	const fields = readFieldSpecs(options.fields, 'fields');
	if (!fields.some((field) => field.column !== undefined || hasDefault(field))) {
		throw new ImportError('RUN_NO_MAPPING', 'No field has a column or a default');
	}
	return { fields, unmapped };
}

const hasDefault = (field: FieldSpec) => field.default !== undefined && !isEmpty(field.default);

/** One field, ready for rows. */
interface Slot {
	/** Position of its column; -1 when it has none. */
	index: number;
	column: Column;
	coerce: Coercion;
	fallback: Cell;
	required: boolean;
	origin: CellOrigin;
}

function compileSlot(field: FieldSpec, columnsIn: readonly Column[]): Slot {
	const index = findColumn(field, columnsIn);
	const columnIn = columnsIn[index];
	if (field.required === true && index === -1 && !hasDefault(field)) {
		throw new ImportError(
			'RUN_CONFIG',
			`The field "${field.name}" needs a value, and has neither a column nor a default`,
			{ field: field.name },
		);
	}
	return {
		index,
		column: columnOut(field, columnIn),
		coerce: compile(field, columnIn ?? { name: field.name }),
		fallback: compileDefault(field),
		required: field.required ?? false,
		origin: { field: field.name, ...(columnIn && { column: columnIn.name }) },
	};
}

/** A field without a type passes its cells as they are, so they are still written as the column's. */
function columnOut({ name, type }: FieldSpec, columnIn: Column | undefined): Column {
	return type === undefined ? { ...columnIn, name } : { name, type };
}

function findColumn(field: FieldSpec, columnsIn: readonly Column[]): number {
	if (field.column === undefined || field.column === '') return -1;
	const index = columnsIn.findIndex(({ name }) => name === field.column);
	if (index === -1) {
		const names = columnsIn.map(({ name }) => `"${name}"`).join(', ');
		throw new ImportError(
			'RUN_NO_COLUMN',
			`There is no column "${field.column}" for the field "${field.name}"; the columns are ${names}`,
			{ column: field.column, field: field.name },
		);
	}
	return index;
}

function compile(field: FieldSpec, column: Column): Coercion {
	try {
		return compileCoercion(field, column);
	} catch (error) {
		if (!(error instanceof RangeError)) throw error;
		throw new ImportError('RUN_CONFIG', error.message, { field: field.name });
	}
}

function compileDefault(field: FieldSpec): Cell {
	if (field.default === undefined || !hasDefault(field)) return null;
	const value = compile(field, { name: field.name })(field.default);
	if (value instanceof Misfit) {
		throw new ImportError(
			'RUN_CONFIG',
			`The default of the field "${field.name}" does not fit: ${value.message}`,
			{ field: field.name },
		);
	}
	return value;
}

interface KeptColumn {
	index: number;
	column: Column;
}

/** The columns of no field, renamed where a field has their name already. */
function keptColumns(fields: readonly FieldSpec[], columnsIn: readonly Column[]): KeptColumn[] {
	const mapped = new Set(fields.map(({ column }) => column));
	const taken = new Set(fields.map(({ name }) => name));
	const kept: KeptColumn[] = [];
	columnsIn.forEach((column, index) => {
		if (mapped.has(column.name)) return;
		const name = freeName(column.name, taken);
		taken.add(name);
		kept.push({ index, column: { ...column, name } });
	});
	return kept;
}

function freeName(name: string, taken: ReadonlySet<string>): string {
	let free = name;
	for (let number = 2; taken.has(free); number++) free = `${name}_${number}`;
	return free;
}

function compileMapping(slots: readonly Slot[], kept: readonly KeptColumn[]): CompiledStep {
	const columnsOut = [...slots, ...kept].map(({ column }) => column);
	// copied for each row: what `slice` makes is never taken for long-lived, as `ReadRow` explains
	const blank: readonly Cell[] = columnsOut.map(() => null);
	return {
		columnsOut,
		apply(batch) {
			changeRows(batch, (row) => mapRow(row, slots, kept, blank));
			batch.columns = columnsOut;
		},
	};
}

/** Runs for every row: one new array for the cells, and nothing else unless a cell does not fit. */
function mapRow(
	row: Row,
	slots: readonly Slot[],
	kept: readonly KeptColumn[],
	blank: readonly Cell[],
): Issue[] | undefined {
	const { cells } = row;
	const mapped = blank.slice();
	let filled = 0;
	let issues: Issue[] | undefined;
	for (const slot of slots) {
		const cell = slot.index === -1 ? null : (cells[slot.index] ?? null);
		let value = slot.coerce(cell);
		if (value instanceof Misfit) {
			(issues ??= []).push(cellIssue(row, slot.origin, value, cell));
			value = null;
		} else if ((slot.required || slot.fallback !== null) && isEmpty(value)) {
			value = slot.fallback;
			if (value === null) (issues ??= []).push(cellIssue(row, slot.origin, missing(slot)));
		}
		mapped[filled++] = value;
	}
	if (issues !== undefined) return issues;
	for (const { index } of kept) mapped[filled++] = cells[index] ?? null;
	row.source ??= cells;
	row.cells = mapped;
	return undefined;
}

const missing = ({ origin }: Slot) => ({
	code: 'CELL_REQUIRED' as const,
	message: `The field "${origin.field}" needs a value, and the cell is empty`,
});
