import type { Cell } from '../../dataset';

/** What the fast path works on; a list or a record in the row is left to the library. */
export type Scalar = string | number | boolean;

/** A part of an expression: gives its value for one row, undefined where it finds nothing. */
export type Closure = (
	cells: readonly Cell[],
	variables: Array<Scalar | undefined>,
) => Scalar | undefined;

/**
 * Thrown for a row that the fast path does not decide: a list in a cell, a wrong type, a text that grows too long. The
 * library evaluates the row then, and its error is the one that people see.
 */
export class NotDecided extends Error {
	override readonly name = 'NotDecided';
}

// one object for all: making an error with its stack costs more than evaluating the row
const notDecided = new NotDecided('This row is left to the library');

export function leaveToLibrary(): never {
	throw notDecided;
}

/** The value as JSONata's `&` and `$string` write it: fractions with at most 15 significant digits. */
export function asText(value: Scalar | undefined): string {
	if (typeof value === 'string') return value;
	if (typeof value === 'number') {
		if (!Number.isFinite(value)) return leaveToLibrary();
		return String(Number.isInteger(value) ? value : Number(value.toPrecision(15)));
	}
	return value === undefined ? '' : String(value);
}

/** The value as JSONata's conditions take it: empty text and zero are false. */
export const asTruth = (value: Scalar | undefined): boolean =>
	value !== undefined && value !== '' && value !== 0 && value !== false;
