import type { Cell, ColumnFormat, ColumnReference, ColumnType } from '../dataset';

/** How the values of a field are written. What is set here wins over what was found out about the column. */
export interface FieldFormat extends Omit<ColumnFormat, 'ambiguous'> {
	/** Pattern of dates such as `dd.MM.yyyy HH:mm` (fields of Unicode TS 35); wins over `dateOrder`. */
	datePattern?: string;
	/**
	 * Language or locale that numbers and dates are written in, such as `de` or `pt-BR`: its names of months, its signs, its
	 * digits, its order of day and month. `decimalSign`, `dateOrder` and `datePattern` go before it.
	 */
	locale?: string;
	/** Words that mean true; with `falseWords` they replace the built-in ones. Upper and lower case are the same. */
	trueWords?: string[];
	falseWords?: string[];
}

/** A value as the file has it, and what it becomes. */
export interface ValueMapping {
	from: string;
	to: string | number | boolean | null;
}

export const otherValues = ['fail', 'empty', 'keep', 'default'] as const;

/** The row fails; the cell is emptied, with a warning; the value stays as it is; the default is taken. */
export type OtherValues = (typeof otherValues)[number];

/**
 * A field that rows are imported into: what it is called, where its values come from, and what they must be like.
 * Plain JSON, as it stands in the options of a `map` step.
 */
export interface FieldSpec {
	/** Name of the field in the result. */
	name: string;
	/** The column of the file that it takes its values from. Of this and the next four at most one is set. */
	column?: string;
	/** Several columns, joined to one text; empty cells are left out. */
	columns?: string[];
	/** What stands between joined columns. Default: a blank. */
	separator?: string;
	/**
	 * A text with columns in braces, such as `{Street}, {City}`; `{{` and `}}` stand for braces themselves. Where all of
	 * its columns are empty, the value is empty.
	 */
	textTemplate?: string;
	/** The same value for every row. */
	constant?: Cell;
	/** A JSONata expression over the row, with the columns as fields. */
	expression?: string;
	/** What becomes of values: applied before the type, by label or code, upper and lower case are the same. */
	values?: ValueMapping[];
	/** What becomes of values that neither `values` nor `options` know. Default: the row fails with CELL_OPTION. */
	others?: OtherValues;
	/** A text that passes as it is, whatever the type and the limits: it says that the field is to be emptied. */
	passes?: string;
	/** Values are brought into this type; without a type they pass as they are. */
	type?: ColumnType;
	/** A row without a value fails with CELL_REQUIRED. */
	required?: boolean;
	/** Taken when the cell is empty or the field has no column. */
	default?: Cell;
	/** Takes the default in one of the two cases only. */
	defaultWhen?: 'missing' | 'empty';
	/**
	 * Whether a value may stand in the file once only: the first row stays, later ones fail with CELL_NOT_UNIQUE. Empty
	 * values are not compared. `ignoreCase`: upper and lower case are the same.
	 */
	unique?: boolean | 'ignoreCase';
	format?: FieldFormat;
	/** What the field is called on the screen; headers are compared with it as well as with the name. */
	label?: string;
	/** Fewest and most characters of a text, counted as Unicode code points. */
	minLength?: number;
	maxLength?: number;
	/** A regular expression that must be found in the text. */
	pattern?: string;
	/** Most digits of a number, before and behind the decimal point together. */
	precision?: number;
	/** Most digits behind the decimal point. */
	scale?: number;
	/** Least and greatest number, or the earliest and latest ISO date. */
	min?: number | string;
	max?: number | string;
	/** When an update writes the field, in the words of the targets. */
	writePolicy?: string;
	/** The values say which record of another table is meant. */
	reference?: ColumnReference;
	/** The values that are allowed; upper and lower case are the same, the spelling of this list is what results. */
	options?: string[];
}
