import type { Cell } from '../dataset';
import { PatternError, SafePattern } from '../dataset/patterns';
import { compareDecimals, countDigits } from '../dataset/values';
import type { FieldSpec } from './field';
import { Misfit, quoted } from './misfit';
import { closestName } from './similarity';
import type { Coercion } from './types';

/** The part of a field that limits its values once they have their type. */
type Limits = Pick<
	FieldSpec,
	'minLength' | 'maxLength' | 'pattern' | 'precision' | 'scale' | 'min' | 'max' | 'options' | 'type'
>;

/** Whether any value at all can break the limits. */
export function hasLimits(limits: Limits): boolean {
	const { minLength, maxLength, pattern, precision, scale, min, max, options } = limits;
	return [minLength, maxLength, pattern, precision, scale, min, max, options].some(
		(limit) => limit !== undefined,
	);
}

/**
 * The checks of all limits that are set, in one coercion: CELL_LENGTH, CELL_PATTERN, CELL_RANGE, CELL_OPTION. Undefined
 * when none is set. Null passes every check.
 *
 * @throws PatternError when the pattern is no regular expression
 */
export function compileLimits(limits: Limits): Coercion | undefined {
	const checks = [
		limits.options && checkOption(limits.options),
		limits.minLength === undefined ? undefined : checkLeastLength(limits.minLength),
		limits.maxLength === undefined ? undefined : checkLength(limits.maxLength),
		limits.pattern === undefined ? undefined : checkPattern(limits.pattern),
		checkDigits(limits.precision, limits.scale),
		checkRange(limits),
	].filter((check) => check !== undefined);
	if (checks.length <= 1) return checks[0];
	return (cell) => {
		let value: Cell | Misfit = cell;
		for (const check of checks) {
			value = check(value);
			if (value instanceof Misfit) return value;
		}
		return value;
	};
}

function checkLength(most: number): Coercion {
	return (cell) => {
		// Code points are never more than code units, so most texts need not be counted.
		if (typeof cell !== 'string' || cell.length <= most) return cell;
		const length = countCodePoints(cell);
		if (length <= most) return cell;
		return new Misfit(
			'CELL_LENGTH',
			`${quoted(cell)} has ${length} characters, at most ${most} are allowed`,
		);
	};
}

function checkLeastLength(least: number): Coercion {
	return (cell) => {
		if (typeof cell !== 'string') return cell;
		const length = countCodePoints(cell);
		if (length >= least) return cell;
		return new Misfit(
			'CELL_LENGTH',
			`${quoted(cell)} has ${length} characters, at least ${least} are needed`,
		);
	};
}

function checkPattern(source: string): Coercion {
	const pattern = new SafePattern(source);
	return (cell) => {
		if (cell === null) return cell;
		try {
			if (pattern.test(typeof cell === 'string' ? cell : JSON.stringify(cell))) return cell;
			return new Misfit('CELL_PATTERN', `${quoted(cell)} does not fit the pattern ${source}`);
		} catch (error) {
			if (!(error instanceof PatternError)) throw error;
			return new Misfit('CELL_PATTERN', error.message);
		}
	};
}

function countCodePoints(text: string): number {
	let count = text.length;
	for (let index = 0; index < text.length - 1; index++) {
		const unit = text.charCodeAt(index);
		if (unit >= 0xd800 && unit <= 0xdbff) count--;
	}
	return count;
}

function checkDigits(
	precision: number | undefined,
	scale: number | undefined,
): Coercion | undefined {
	if (precision === undefined && scale === undefined) return undefined;
	const mostDecimals = scale ?? Infinity;
	const mostWhole = precision === undefined ? Infinity : precision - (scale ?? 0);
	const fits = scale === undefined ? () => false : fitsDigits(mostWhole, scale);
	return (cell) => {
		if (typeof cell === 'number' && fits(cell)) return cell;
		if (!isNumeric(cell)) return cell;
		const { whole, fraction } = countDigits(cell);
		if (fraction > mostDecimals) {
			return outOfRange(cell, `has ${fraction} decimals, at most ${mostDecimals} are allowed`);
		}
		if (scale === undefined ? whole + fraction > mostWhole : whole > mostWhole) {
			return outOfRange(cell, `has more than ${precision} digits`, scale);
		}
		return cell;
	};
}

/**
 * Tells without looking at digits that a number has at most so many: true only where it is certain, for nearly every
 * number of a file.
 */
function fitsDigits(mostWhole: number, scale: number): (value: number) => boolean {
	const factor = 10 ** scale;
	const limit = Math.min(10 ** mostWhole, Number.MAX_SAFE_INTEGER / factor);
	return (value) =>
		value < limit && value > -limit && Math.round(value * factor) / factor === value;
}

function outOfRange(cell: Cell, complaint: string, scale = 0): Misfit {
	const place = scale > 0 ? `, ${scale} of them decimals` : '';
	return new Misfit('CELL_RANGE', `${quoted(cell)} ${complaint}${place}`);
}

const decimalTextPattern = /^-?\d+(?:\.\d+)?$/;

/** Whether the cell is a number, or the decimal text of one. */
function isNumeric(cell: Cell): cell is number | string {
	return typeof cell === 'number' || (typeof cell === 'string' && decimalTextPattern.test(cell));
}

function checkRange({ min, max, type }: Limits): Coercion | undefined {
	if (min === undefined && max === undefined) return undefined;
	const isTime = type === 'date' || type === 'date-time' || type === 'time';
	const compare = isTime ? compareTexts : compareNumbers;
	// a limit of more digits than a number holds lies far outside of what numbers here can be
	const [least, most] = isTime ? [NaN, NaN] : [Number(min ?? -Infinity), Number(max ?? Infinity)];
	return (cell) => {
		if (cell === null) return cell;
		if (typeof cell === 'number' && cell >= least && cell <= most) return cell;
		if (min !== undefined && compare(cell, min) < 0) return outOfRange(cell, `is less than ${min}`);
		if (max !== undefined && compare(cell, max) > 0) return outOfRange(cell, `is more than ${max}`);
		return cell;
	};
}

/** ISO dates and times sort as text; a date-time is compared with as much as the limit says. */
function compareTexts(cell: Cell, limit: number | string): number {
	if (typeof cell !== 'string') return 0;
	const bound = String(limit);
	const part = cell.slice(0, bound.length);
	return part < bound ? -1 : part > bound ? 1 : 0;
}

function compareNumbers(cell: Cell, limit: number | string): number {
	return isNumeric(cell) ? compareDecimals(cell, limit) : 0;
}

/** Most options that a message lists. */
const LISTED_OPTIONS = 10;

/** Different wrong values that are looked up among the options, because the search is slow: many rows repeat few values. */
const MOST_SUGGESTIONS = 1000;

function checkOption(options: readonly string[]): Coercion {
	const exact = new Set(options);
	const folded = new Map(options.map((option) => [foldOption(option), option]));
	const complain = optionComplaints(options);
	return (cell) => {
		if (cell === null) return cell;
		const text = typeof cell === 'string' ? cell : JSON.stringify(cell);
		if (exact.has(text)) return cell;
		return folded.get(foldOption(text)) ?? complain(text);
	};
}

/** The text of an option without what does not count when it is looked up. */
export const foldOption = (text: string): string => text.normalize('NFKC').trim().toLowerCase();

/** Makes the misfit of a text that is none of the options; it names the one that was probably meant. */
export function optionComplaints(options: readonly string[]): (text: string) => Misfit {
	const suggestions = new Map<string, string | undefined>();
	return (text) => {
		if (!suggestions.has(text) && suggestions.size < MOST_SUGGESTIONS) {
			suggestions.set(text, closestName(text, options));
		}
		const closest = suggestions.get(text);
		const question = closest === undefined ? '' : `; did you mean "${closest}"?`;
		const listed = options.slice(0, LISTED_OPTIONS).join(', ');
		const more = options.length > LISTED_OPTIONS ? ' and others' : '';
		return new Misfit('CELL_OPTION', `${quoted(text)} is not one of ${listed}${more}${question}`);
	};
}
