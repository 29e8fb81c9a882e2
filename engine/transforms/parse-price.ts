import type { Cell } from '../dataset';
import { readPrice, trimBlanks, type DecimalSign, type Price } from '../dataset/values';
import { Failure, quoted } from './definition/cell-changes';
import { cellText, isEmpty } from './definition/cell-text';
import { indexOfColumn } from './definition/columns';
import { computeColumns, placesFor } from './definition/computed-columns';
import { defineOperation } from './definition/operation';
import { choice, column, text } from './definition/parameters';

type Sign = 'auto' | 'point' | 'comma';

const signs: Record<Sign, DecimalSign | undefined> = { auto: undefined, point: '.', comma: ',' };

type Policy = 'fail' | 'empty';

export const parsePrice = defineOperation({
	kind: 'parse-price',
	title: 'Parse Price',
	summary: 'Read the amount and the currency out of prices as shops and lists write them',
	parameters: {
		field: column({ title: 'Column', summary: 'Column that holds prices' }),
		currencyField: text({
			title: 'Currency Column',
			summary: 'Column with the currency of prices that name none',
			default: '',
		}),
		decimalSign: choice<Sign>({
			title: 'Decimal Sign',
			summary: 'Sign before the decimals',
			choices: {
				auto: 'By the Price; Three Digits Behind a Single Sign Are Thousands',
				point: 'Point (1,234.50)',
				comma: 'Comma (1.234,50)',
			},
		}),
		amount: text({
			title: 'Amount',
			summary: 'Name of the column for the amount',
			default: 'Amount',
		}),
		currency: text({
			title: 'Currency',
			summary: 'Name of the column for the currency',
			default: 'Currency',
		}),
		currencyAs: choice<'code' | 'written'>({
			title: 'Currency As',
			summary: 'How the currency is given',
			choices: {
				code: 'Code (EUR) Where the Sign Is That of One Currency, Else as Written',
				written: 'As Written',
			},
		}),
		onFailure: choice<Policy>({
			title: 'On Failure',
			summary: 'What becomes of a cell that holds no price',
			choices: { fail: 'Fail the Row', empty: 'Leave Its Columns Empty, With a Warning' },
		}),
	},
	example: {
		options: { field: 'Price' },
		columns: [{ name: 'Price' }],
		before: [['ab 1.234,50 €'], ['US$ 12.99'], ['99 kr']],
		columnsAfter: ['Price', 'Amount', 'Currency'],
		after: [
			['ab 1.234,50 €', 1234.5, 'EUR'],
			['US$ 12.99', 12.99, 'USD'],
			['99 kr', 99, 'kr'],
		],
	},
	compile(options, columnsIn) {
		const { field, currencyField, decimalSign, amount, currency, onFailure: policy } = options;
		const currencyOf = ({ code, currency: written }: Price): Cell =>
			(options.currencyAs === 'code' ? code : undefined) ?? written ?? null;
		const index = indexOfColumn(field, columnsIn);
		const hintIndex = currencyField === '' ? -1 : indexOfColumn(currencyField, columnsIn);
		const sign = signs[decimalSign];
		const places = placesFor(
			[
				{ name: amount, type: 'decimal' },
				{ name: currency, type: 'text' },
			],
			columnsIn,
		);
		return computeColumns(
			places,
			({ cells }): readonly Cell[] | Failure => {
				const cell = cells[index] ?? null;
				const hint = hintIndex === -1 ? '' : cellText(cells[hintIndex] ?? null);
				if (typeof cell === 'number') {
					const named = readPrice('1', { hint });
					return [cell, named === undefined ? null : currencyOf(named)];
				}
				const written = trimBlanks(cellText(cell));
				if (isEmpty(written)) return [];
				const price = readPrice(written, { hint, decimalSign: sign });
				if (price === undefined) {
					return new Failure('CELL_NUMBER', `${quoted(cell)} is not a price`);
				}
				return [price.amount, currencyOf(price)];
			},
			{ from: { name: field, index }, policy },
		);
	},
});
