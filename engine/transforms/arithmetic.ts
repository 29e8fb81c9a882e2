import type { Cell } from '../dataset';
import { Failure, onFailure, quoted } from './definition/cell-changes';
import { cellText, isEmpty } from './definition/cell-text';
import { indexOfColumn } from './definition/columns';
import { computeColumns, placesFor } from './definition/computed-columns';
import { defineOperation } from './definition/operation';
import { choice, column, text, wholeNumber } from './definition/parameters';

type Sign = 'add' | 'subtract' | 'multiply' | 'divide' | 'modulo';

/** As many significant digits as a double holds for certain: 0.1 + 0.2 is 0.3. */
const EXACT_DIGITS = 15;

const signs: Record<Sign, (a: number, b: number) => number> = {
	add: (a, b) => a + b,
	subtract: (a, b) => a - b,
	multiply: (a, b) => a * b,
	divide: (a, b) => a / b,
	modulo: (a, b) => a % b,
};

export const arithmetic = defineOperation({
	kind: 'arithmetic',
	title: 'Calculate',
	summary: 'Add, subtract, multiply or divide a column and a number or another column',
	parameters: {
		field: column({ title: 'Column', summary: 'Column with the first number' }),
		sign: choice<Sign>({
			title: 'Calculation',
			summary: 'What is done with the two numbers',
			choices: {
				add: 'Plus',
				subtract: 'Minus',
				multiply: 'Times',
				divide: 'Divided By',
				modulo: 'Remainder of Division By',
			},
		}),
		other: text({
			title: 'Number or Column',
			summary: 'The second number, or the name of the column that holds it',
		}),
		decimals: wholeNumber({
			title: 'Decimals',
			summary: 'Decimals that the result is rounded to; -1 leaves all',
			default: -1,
			least: -1,
			most: 15,
		}),
		result: text({
			title: 'Result Column',
			summary: 'Column that takes the result; empty for the first column itself',
			default: '',
		}),
		onFailure,
	},
	example: {
		options: { field: 'Net', sign: 'multiply', other: '1.19', decimals: 2, result: 'Gross' },
		columns: [{ name: 'Net', type: 'decimal' }],
		before: [[10.1], [null]],
		columnsAfter: ['Net', 'Gross'],
		after: [
			[10.1, 12.02],
			[null, null],
		],
	},
	compile({ field, sign, other, decimals, result, onFailure: policy }, columnsIn) {
		const index = indexOfColumn(field, columnsIn);
		const second = operand(other, (name) => indexOfColumn(name, columnsIn));
		const calculate = signs[sign];
		const name = result === '' ? field : result;
		const places = placesFor([{ name, type: 'decimal' }], columnsIn);
		const compute = (cells: readonly Cell[]): readonly Cell[] | Failure => {
			const [a, b] = [numberOf(cells[index] ?? null), second(cells)];
			if (a === null || b === null) return [null];
			if (a instanceof Failure) return a;
			if (b instanceof Failure) return b;
			const value = calculate(a, b);
			if (!Number.isFinite(value)) {
				return new Failure('CELL_NUMBER', `${quoted(a)} cannot be divided by ${quoted(b)}`);
			}
			return [rounded(value, decimals)];
		};
		return computeColumns(places, ({ cells }) => compute(cells), {
			from: { name: field, index },
			policy,
		});
	},
});

type Operand = (cells: readonly Cell[]) => number | null | Failure;

function operand(written: string, indexOf: (name: string) => number): Operand {
	const constant = Number(written);
	if (written.trim() !== '' && Number.isFinite(constant)) return () => constant;
	const index = indexOf(written);
	return (cells) => numberOf(cells[index] ?? null);
}

function numberOf(cell: Cell): number | null | Failure {
	if (typeof cell === 'number') return cell;
	if (isEmpty(cell)) return null;
	const value = Number(cellText(cell));
	return Number.isFinite(value)
		? value
		: new Failure('CELL_NUMBER', `${quoted(cell)} is not a number; use Parse Number first`);
}

/** Half away from zero, as people round. */
function rounded(value: number, decimals: number): number {
	const exact = Number(value.toPrecision(EXACT_DIGITS));
	if (decimals < 0) return exact;
	const shifted = Number(`${Math.abs(exact)}e${decimals}`);
	if (!Number.isFinite(shifted)) return exact;
	return Math.sign(exact) * Number(`${Math.round(shifted)}e${-decimals}`);
}
