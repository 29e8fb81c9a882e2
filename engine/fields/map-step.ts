import type { Batch, Cell, CompiledStep, Row, Step, StepCompiler } from '../dataset';
import { ImportError, issue, quoteValue, type Issue } from '../issues';
import type { FieldSpec } from './field';
import { readFieldSpecs } from './field-options';
import { compileSlot, hasValue, type Slot } from './field-slot';
import { Misfit } from './misfit';
import { cellIssue, changeRows, isEmpty } from './row-coercion';
import { evaluateRows } from './row-expressions';
import { keptColumns, refuseUnmapped, type KeptColumn } from './unmapped-columns';
import { checkUnique, UniqueKeys } from './unique-keys';

/** The options of a `map` step. */
export interface MapOptions {
	/** The fields of the result, in their order. */
	fields: FieldSpec[];
	/**
	 * Columns that no field takes its values from: left out (the default), kept behind the fields as they are, or an error
	 * HEADER_UNMAPPED.
	 */
	unmapped?: Unmapped;
	/** Columns that are left out on purpose, whatever `unmapped` says. */
	skipped?: string[];
}

export const unmappedChoices = ['skip', 'keep', 'error'] as const;

export type Unmapped = (typeof unmappedChoices)[number];

const VERSION = 1;

/** Makes the step that maps columns to fields. */
export function mapStep(options: MapOptions): Step {
	return { kind: 'map', version: VERSION, options: { ...options } };
}

/**
 * Maps columns to fields: names, order, types, defaults, values. A row with a cell that does not fit is rejected with an
 * issue for each such cell.
 *
 * At compile: RUN_NO_COLUMN when a field names a column that is not there, RUN_NO_MAPPING when no field has a value,
 * RUN_REQUIRED for a required field without one, HEADER_UNMAPPED, and RUN_CONFIG for a name that is there twice, a
 * constant or default that does not fit, or an expression or pattern that is none.
 * Per cell: what `compileCoercion` gives, CELL_REQUIRED, CELL_OPTION, CELL_EXPRESSION and CELL_NOT_UNIQUE.
 */
export const mapCompiler: StepCompiler = {
	kind: 'map',
	compile(step, columnsIn) {
		const { fields, unmapped, skipped } = readOptions(step);
		const slots = fields.map((field) => compileSlot(field, columnsIn));
		const mapped = new Set([...slots.flatMap(({ uses }) => uses), ...skipped]);
		if (unmapped === 'error') refuseUnmapped(columnsIn, mapped);
		const kept = unmapped === 'keep' ? keptColumns(fields, mapped, columnsIn) : [];
		return compileMapping(slots, kept);
	},
};

function readOptions({ version, options }: Step): Required<MapOptions> {
	if (version !== VERSION) {
		throw new ImportError('RUN_CONFIG', `Version ${version} of the map step is not known`);
	}
	const { unmapped: given = 'skip', skipped = [] } = options;
	const unmapped = unmappedChoices.find((choice) => choice === given);
	if (unmapped === undefined) {
		throw new ImportError('RUN_CONFIG', 'The option "unmapped" must be skip, keep or error');
	}
	const fields = readFieldSpecs(options.fields, 'fields');
	if (!fields.some(hasValue)) {
		throw new ImportError('RUN_NO_MAPPING', 'No field has a column or a default');
	}
	return { fields, unmapped, skipped: Array.isArray(skipped) ? skipped.map(String) : [] };
}

function compileMapping(slots: readonly Slot[], kept: readonly KeptColumn[]): CompiledStep {
	const columnsOut = [...slots, ...kept].map(({ column }) => column);
	const unique = slots.some((slot) => slot.unique) ? new UniqueKeys() : undefined;
	const mapping: Mapping = {
		slots,
		kept,
		// copied for each row: what `slice` makes is never taken for long-lived, as `ReadRow` explains
		blank: columnsOut.map(() => null),
		unique,
	};
	const expressions = slots.flatMap(({ expression }) => expression ?? []);
	const change = (batch: Batch, computed: ReadonlyArray<ReadonlyArray<Cell | Misfit>>) => {
		let place = 0;
		changeRows(batch, (row) => inFile(mapRow(row, mapping, batch, computed[place++]), row, batch));
		batch.columns = columnsOut;
		// from here on the columns are called as the fields
		batch.columnInFile = undefined;
	};
	return {
		columnsOut,
		apply(batch) {
			if (expressions.length === 0) {
				change(batch, []);
				return;
			}
			return evaluateRows(batch.rows, expressions).then((computed) => change(batch, computed));
		},
		close: () => unique?.close(),
	};
}

interface Mapping {
	slots: readonly Slot[];
	kept: readonly KeptColumn[];
	blank: readonly Cell[];
	unique: UniqueKeys | undefined;
}

/** Runs for every row: one new array for the cells, and nothing else unless a cell does not fit. */
function mapRow(
	row: Row,
	{ slots, kept, blank, unique }: Mapping,
	batch: Batch,
	computed?: ReadonlyArray<Cell | Misfit>,
): Issue[] | undefined {
	const { cells } = row;
	const mapped = blank.slice();
	let filled = 0;
	let expression = 0;
	let issues: Issue[] | undefined;
	for (const slot of slots) {
		let cell: Cell = null;
		let value: Cell | Misfit;
		if (slot.index !== -1) {
			cell = cells[slot.index] ?? null;
			value = slot.coerce(cell);
		} else if (slot.expression !== undefined) {
			const result = computed?.[expression++] ?? null;
			if (!(result instanceof Misfit)) cell = result;
			value = result instanceof Misfit ? result : slot.coerce(cell);
		} else {
			cell = slot.join?.(cells) ?? null;
			value = slot.coerce(cell);
		}
		if (value instanceof Misfit && value.code === 'CELL_OPTION' && slot.others !== 'fail') {
			value = otherValue(slot, value, cell, row, batch);
		}
		if (value instanceof Misfit) {
			(issues ??= []).push(cellIssue(row, slot.origin, value, cell));
			value = null;
		} else if ((slot.required || slot.fallback !== null) && isEmpty(value)) {
			value = slot.fallback;
			if (value === null && slot.required) {
				(issues ??= []).push(cellIssue(row, slot.origin, missing(slot)));
			}
		}
		mapped[filled++] = value;
	}
	if (unique !== undefined) issues = checkUnique(row, slots, mapped, unique, issues);
	if (issues !== undefined) return issues;
	for (const { index } of kept) mapped[filled++] = cells[index] ?? null;
	row.source ??= cells;
	row.cells = mapped;
	return undefined;
}

/** The issues of a row with the names that the columns have in the file. */
function inFile(issues: Issue[] | undefined, row: Row, { columnInFile }: Batch) {
	if (columnInFile === undefined) return issues;
	return issues?.map((found) =>
		found.column === undefined ? found : { ...found, column: columnInFile(found.column, row) },
	);
}

/** A value that is not in the list of the field, as the field says; an emptied cell is a warning. */
function otherValue(slot: Slot, misfit: Misfit, cell: Cell, row: Row, batch: Batch): Cell {
	if (slot.others === 'keep') return cell;
	if (slot.others === 'default') return slot.otherDefault;
	const warning = issue(misfit.code, `${misfit.message}; the cell is emptied`, {
		severity: 'warning',
		row: row.number,
		...slot.origin,
		value: quoteValue(cell),
	});
	batch.issues.push(...(inFile([warning], row, batch) ?? []));
	return null;
}

const missing = ({ origin }: Slot) => ({
	code: 'CELL_REQUIRED' as const,
	message: `The field "${origin.field}" needs a value, and the cell is empty`,
});
