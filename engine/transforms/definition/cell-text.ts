import type { Cell, Column } from '../../dataset';
import { compareDecimals, decimalText } from '../../dataset/values';
import type { KeyPart } from '../../dataset/spill';

/** A cell as text: empty for an empty cell, JSON for lists and records. */
export function cellText(cell: Cell): string {
	if (cell === null) return '';
	if (typeof cell === 'string') return cell;
	if (typeof cell === 'number') return decimalText(cell);
	return typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
}

export const isEmpty = (cell: Cell | undefined): boolean =>
	cell === null || cell === undefined || cell === '';

const marks = /\p{M}+/gu;

/** The text without what a person does not sort or compare by: upper and lower case, accents. */
export const foldText = (text: string): string =>
	text.normalize('NFKD').replace(marks, '').toLowerCase();

/** Whether the values of a column are ranked as numbers. */
const isNumeric = ({ type }: Column): boolean => type === 'integer' || type === 'decimal';

/** The part of an order that a cell stands for: numbers by value, texts without regard to case and accents. */
export function keyPart(cell: Cell | undefined, column: Column): KeyPart {
	if (cell === undefined || isEmpty(cell)) return null;
	if (typeof cell === 'number') return cell;
	const text = cellText(cell);
	if (isNumeric(column) && Number.isFinite(Number(text))) return Number(text);
	return `${foldText(text)}\u0000${text}`;
}

/** Negative, zero or positive: numbers by value, all else by characters. */
export function compareCells(a: Cell, b: Cell, column: Column): number {
	if (isNumeric(column) && isNumberLike(a) && isNumberLike(b)) return compareDecimals(a, b);
	const [left, right] = [cellText(a), cellText(b)];
	return left < right ? -1 : left > right ? 1 : 0;
}

const decimal = /^-?\d+(?:\.\d+)?$/;

const isNumberLike = (cell: Cell): cell is number | string =>
	typeof cell === 'number' || (typeof cell === 'string' && decimal.test(cell));
