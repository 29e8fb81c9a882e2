import { targetSettingsOf, type Cell, type Column } from '../dataset';
import { PatternError } from '../dataset/patterns';
import type { Expression } from '../expressions';
import { ImportError } from '../issues';
import { compileCoercion } from './coerce';
import type { FieldSpec, OtherValues } from './field';
import { columnFinder, fillTemplate, joinColumns, templateParts } from './joined-text';
import { Misfit } from './misfit';
import { isEmpty, type CellOrigin } from './row-coercion';
import { compileFieldExpression } from './row-expressions';
import type { Coercion } from './types';
import { letPass } from './passing-text';
import { compileValueMap, withoutMappedOptions } from './value-map';

/** One field, ready for rows. */
export interface Slot {
	/** Position of its column; -1 when it takes its values from elsewhere. */
	index: number;
	/** Makes the value of several columns, or gives the constant. */
	join?: (cells: readonly Cell[]) => Cell;
	expression?: Expression;
	/** The column that comes of it. */
	column: Column;
	/** The columns of the file that it uses. */
	uses: readonly string[];
	coerce: Coercion;
	/** Taken for an empty value. */
	fallback: Cell;
	/** What becomes of a value that is a misfit CELL_OPTION, and the default for it. */
	others: OtherValues;
	otherDefault: Cell;
	required: boolean;
	unique: FieldSpec['unique'];
	/** A value that is not looked at. */
	passes: string | undefined;
	origin: CellOrigin;
}

export const hasDefault = ({ default: fallback }: FieldSpec): boolean =>
	fallback !== undefined && !isEmpty(fallback);

const hasConstant = ({ constant }: FieldSpec): boolean =>
	constant !== undefined && !isEmpty(constant);

/** Whether the field takes its values from the rows, or is the same for all of them by a constant. */
export function hasSource(field: FieldSpec): boolean {
	const { column = '', columns = [], textTemplate = '', expression = '' } = field;
	const isNamed = column !== '' || textTemplate !== '' || expression.trim() !== '';
	return isNamed || columns.length > 0 || hasConstant(field);
}

/** Whether there is a value for the field at all: a source, or a default for a missing one. */
export const hasValue = (field: FieldSpec): boolean =>
	hasSource(field) || (hasDefault(field) && field.defaultWhen !== 'empty');

/** The columns of the file that a field takes its values from. @throws ImportError RUN_* as `compileSlot` */
export function columnsUsed(field: FieldSpec, columns: readonly Column[]): readonly string[] {
	if (field.column !== undefined && field.column !== '') return [field.column];
	if (field.columns !== undefined && field.columns.length > 0) return field.columns;
	if (field.textTemplate) return templateColumns(field.textTemplate);
	if (field.expression) return compileFieldExpression(field, columns).columns;
	return [];
}

const templateColumns = (template: string): string[] =>
	templateParts(template).flatMap((part) => ('column' in part ? part.column : []));

/**
 * Makes a field ready for the rows of a file.
 *
 * @throws ImportError RUN_NO_COLUMN, RUN_REQUIRED, RUN_CONFIG
 */
export function compileSlot(field: FieldSpec, columnsIn: readonly Column[]): Slot {
	if (field.required === true && !hasValue(field)) {
		throw new ImportError(
			'RUN_REQUIRED',
			`The field "${field.name}" needs a value, and has neither a column nor a default`,
			{ field: field.name },
		);
	}
	const find = columnFinder(columnsIn, field.name);
	const index = field.column === undefined || field.column === '' ? -1 : find(field.column);
	const columnIn = columnsIn[index];
	const uses = columnsUsed(field, columnsIn);
	const fallback = compileDefault(field);
	const source = hasSource(field);
	return {
		index,
		join: compileJoin(field, find),
		expression: field.expression ? compileFieldExpression(field, columnsIn) : undefined,
		column: columnOut(field, columnIn),
		uses,
		coerce: letPass(field.passes, compileValue(field, columnIn ?? { name: field.name })),
		passes: field.passes,
		fallback: field.defaultWhen === (source ? 'missing' : 'empty') ? null : fallback,
		others: field.others ?? 'fail',
		otherDefault: fallback,
		required: field.required ?? false,
		unique: field.unique,
		origin: { field: field.name, ...(uses.length > 0 && { column: uses.join(', ') }) },
	};
}

function compileJoin(field: FieldSpec, find: (name: string) => number): Slot['join'] {
	const { columns = [], separator = ' ', textTemplate = '' } = field;
	if (columns.length > 0) return joinColumns(columns, separator, find);
	if (textTemplate !== '') return fillTemplate(textTemplate, find);
	if (!hasConstant(field)) return undefined;
	const constant = fittingValue(field, field.constant ?? null, 'constant');
	return () => constant;
}

/** A field without a type passes its cells as they are, so they are still written as the column's. */
function columnOut(field: FieldSpec, columnIn: Column | undefined): Column {
	const { name, type, values = [] } = field;
	const toldToTarget = targetSettingsOf(field);
	if (type !== undefined) return { name, type, ...toldToTarget };
	return values.length > 0 ? { name, ...toldToTarget } : { ...columnIn, name, ...toldToTarget };
}

/** The value map, then the type and the limits. */
function compileValue(field: FieldSpec, column: Column): Coercion {
	const mapped = compileValueMap(field);
	const coerce = compileType(withoutMappedOptions(field), column);
	if (mapped === undefined) return coerce;
	return (cell) => {
		const value = mapped(cell);
		return value instanceof Misfit ? value : coerce(value);
	};
}

function compileType(field: FieldSpec, column: Column): Coercion {
	try {
		return compileCoercion(field, column);
	} catch (error) {
		if (!(error instanceof RangeError) && !(error instanceof PatternError)) throw error;
		throw new ImportError('RUN_CONFIG', error.message, { field: field.name });
	}
}

const compileDefault = (field: FieldSpec): Cell =>
	hasDefault(field) ? fittingValue(field, field.default ?? null, 'default') : null;

/** A value that was set for the field, in its type. It may be a label of the value map, or lie outside of it. */
function fittingValue(field: FieldSpec, set: Cell, what: 'default' | 'constant'): Cell {
	const mapped = compileValueMap(field)?.(set);
	const label = mapped === undefined || mapped instanceof Misfit ? set : mapped;
	const value = compileType(withoutMappedOptions(field), { name: field.name })(label);
	if (!(value instanceof Misfit)) return value;
	throw new ImportError(
		'RUN_CONFIG',
		`The ${what} of the field "${field.name}" does not fit: ${value.message}`,
		{ field: field.name },
	);
}
