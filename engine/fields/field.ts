import type { Cell, ColumnFormat, ColumnType } from '../dataset';

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

/**
 * A field that rows are imported into: what it is called, where its values come from, and what they must be like.
 * Plain JSON, as it stands in the options of a `map` step.
 */
export interface FieldSpec {
	/** Name of the field in the result. */
	name: string;
	/** The column of the file that it takes its values from. */
	column?: string;
	/** Values are brought into this type; without a type they pass as they are. */
	type?: ColumnType;
	/** A row without a value fails with CELL_REQUIRED. */
	required?: boolean;
	/** Taken when the cell is empty or the field has no column. */
	default?: Cell;
	format?: FieldFormat;
	/** What the field is called on the screen; headers are compared with it as well as with the name. */
	label?: string;
	/** Most characters of a text, counted as Unicode code points. */
	maxLength?: number;
	/** Most digits of a number, before and behind the decimal point together. */
	precision?: number;
	/** Most digits behind the decimal point. */
	scale?: number;
	/** Least and greatest number, or the earliest and latest ISO date. */
	min?: number | string;
	max?: number | string;
	/** The values that are allowed; upper and lower case are the same, the spelling of this list is what results. */
	options?: string[];
}
