import type { Cell } from '../../dataset';
import { readNumber, takeNumberApart, trimBlanks, type DecimalSign } from '../../dataset/values';
import { bearableMisfits, countCells, LEAST_FITTING, type Verdict, type Weigh } from './verdict';

/** What was counted over the cells of a column that may hold numbers. */
interface NumberCount {
	cells: number;
	/** Cells that are a number at all. */
	numbers: number;
	/** Cells that are a number only with this sign, or with both signs but a different one. */
	point: number;
	comma: number;
	either: number;
	leadingZeros: number;
	longIds: number;
	/** Cells such as `555 123 4567`. */
	spaced: number;
	percents: number;
	zeros: number;
	currencies: Set<string>;
	/** Whether a cell shows decimals with the sign, or in both readings for `.`/`,`. */
	decimalsWithPoint: boolean;
	decimalsWithComma: boolean;
}

/**
 * Whole numbers and decimals. The decimal sign is the one that every cell with a sign fits; where both readings fit them
 * all and differ, the column is ambiguous and stays text. So do columns with leading zeros, with ids of more than 15
 * digits, and with amounts in more than one currency: as numbers they would lose something.
 */
export const weighNumbers: Weigh = (cells) => {
	const count = countNumbers(cells);
	return count && judge(count);
};

function countNumbers(cells: readonly Cell[]): NumberCount | undefined {
	const count: NumberCount = {
		cells: cells.length,
		numbers: 0,
		point: 0,
		comma: 0,
		either: 0,
		leadingZeros: 0,
		longIds: 0,
		spaced: 0,
		percents: 0,
		zeros: 0,
		currencies: new Set(),
		decimalsWithPoint: false,
		decimalsWithComma: false,
	};
	let misfitsLeft = bearableMisfits(cells);
	for (const cell of cells) {
		const isNumber =
			typeof cell === 'string' ? countText(trimBlanks(cell), count) : countCell(cell, count);
		if (isNumber) count.numbers++;
		else if (--misfitsLeft < 0) return undefined;
	}
	return count.numbers === 0 ? undefined : count;
}

function countCell(cell: Cell, count: NumberCount): boolean {
	if (typeof cell !== 'number') return false;
	if (!Number.isSafeInteger(cell)) count.decimalsWithPoint = count.decimalsWithComma = true;
	return true;
}

/** Most digits of a whole number that is not an id. */
const MOST_DIGITS = 15;

const plainDigits = /^[-+]?\d+$/;
const leadingZero = /^[-+]?0\d/;
const dialled = /^\+\s?(?:\d[\s()/.-]*){7,}$/;
const spacedDigits = /^\d{1,4}(?: \d{2,4})+$/;

function countText(text: string, count: NumberCount): boolean {
	const withPoint = readNumber(text, '.');
	const hasSign = text.includes('.') || text.includes(',');
	const withComma = hasSign ? readNumber(text, ',') : withPoint;
	if (withPoint === undefined && withComma === undefined) return false;
	if (dialled.test(text)) return false;
	if (plainDigits.test(text)) {
		if (text.length > MOST_DIGITS && text.replace(/\D/g, '').length > MOST_DIGITS) count.longIds++;
	} else {
		countDress(text, count);
	}
	if (leadingZero.test(text)) count.leadingZeros++;
	if (withPoint === 0 && withComma === 0) count.zeros++;
	if (hasSign) countSigns(text, withPoint, withComma, count);
	return true;
}

/** Counts what stands around the digits. Plain digits need no look, which keeps most columns fast. */
function countDress(text: string, count: NumberCount): void {
	const parts = takeNumberApart(text);
	if (parts?.percent) count.percents++;
	if (parts?.currency !== undefined) count.currencies.add(parts.currency.toUpperCase());
	if (/e/i.test(parts?.digits ?? '')) count.decimalsWithPoint = count.decimalsWithComma = true;
	if (spacedDigits.test(text) && text.replaceAll(' ', '').length >= 7) count.spaced++;
}

function countSigns(
	text: string,
	withPoint: number | string | undefined,
	withComma: number | string | undefined,
	count: NumberCount,
): void {
	if (withComma === undefined) count.point++;
	else if (withPoint === undefined) count.comma++;
	else if (withPoint !== withComma) count.either++;
	if (withPoint !== undefined && text.includes('.')) count.decimalsWithPoint = true;
	if (withComma !== undefined && text.includes(',')) count.decimalsWithComma = true;
}

function judge(count: NumberCount): Verdict | undefined {
	if (count.spaced === count.numbers) return undefined;
	return reasonToStayText(count) ?? asNumber(count);
}

function reasonToStayText(count: NumberCount): Verdict | undefined {
	if (count.numbers < count.cells * LEAST_FITTING) return undefined;
	if (count.leadingZeros > 0) {
		return { type: 'text', evidence: `leading zeros in ${countCells(count.leadingZeros)}` };
	}
	if (count.longIds > 0) {
		return {
			type: 'text',
			evidence: `ids of more than ${MOST_DIGITS} digits in ${countCells(count.longIds)}`,
		};
	}
	if (count.currencies.size > 1) {
		return { type: 'text', evidence: `amounts in ${[...count.currencies].join(' and ')}` };
	}
	if (count.percents > 0 && count.percents + count.zeros < count.numbers) {
		return {
			type: 'text',
			evidence: `a percent sign in ${count.percents} of ${count.numbers} numbers`,
		};
	}
	if (count.either > 0 && count.point === 0 && count.comma === 0) {
		return {
			type: 'text',
			format: { ambiguous: 'decimal-sign' },
			evidence: `ambiguous: ${countCells(count.either)} fit both a decimal point and a decimal comma`,
		};
	}
	return undefined;
}

function asNumber(count: NumberCount): Verdict {
	const decimalSign = decideSign(count);
	const hasDecimals = decimalSign === ',' ? count.decimalsWithComma : count.decimalsWithPoint;
	const type = hasDecimals || count.percents > 0 ? 'decimal' : 'integer';
	return {
		type,
		format: decimalSign === undefined ? {} : { decimalSign },
		evidence: describe(count, type, decimalSign),
	};
}

function decideSign({ point, comma }: NumberCount): DecimalSign | undefined {
	if (point === 0 && comma === 0) return undefined;
	return comma > point ? ',' : '.';
}

function describe(
	count: NumberCount,
	type: 'integer' | 'decimal',
	sign: DecimalSign | undefined,
): string {
	const kind = type === 'integer' ? 'whole numbers' : 'decimal numbers';
	const unit = [...count.currencies, ...(count.percents > 0 ? ['percent'] : [])].join(', ');
	const what = unit === '' ? kind : `${kind} (${unit})`;
	if (sign === undefined) return `${what} in ${countCells(count.numbers)}`;
	const [name, votes, against] =
		sign === '.'
			? ['decimal point', count.point, count.comma]
			: ['decimal comma', count.comma, count.point];
	return `${what}, ${name}: ${countCells(votes)} for it, ${against === 0 ? 'none' : against} against`;
}
