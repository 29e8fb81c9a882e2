import type { Row } from '../dataset';
import { trimBlanks } from '../dataset/values';
import { KeptPosition, positionName, type Position } from './counting/kept-position';
import { roundOf } from './counting/rotation';
import { cellText, foldText } from './definition/cell-text';
import { indexesOfColumns } from './definition/columns';
import { computeColumns, placesFor } from './definition/computed-columns';
import { defineOperation } from './definition/operation';
import { choice, columns, flag, list, text, wholeNumber } from './definition/parameters';

export const assign = defineOperation({
	kind: 'assign',
	title: 'Assign in Turn',
	summary: 'Share the rows out among names, such as owners: one after the other, or by weight',
	parameters: {
		field: text({ title: 'Column', summary: 'Column that takes the name', default: 'owner' }),
		assignees: list({
			title: 'Names',
			summary: 'Who or what the rows are shared out among, in this order',
			entries: {
				name: text({ title: 'Name', summary: 'Name that is written' }),
				weight: wholeNumber({
					title: 'Weight',
					summary: 'How many rows it gets in each round; 0 for a pause',
					default: 1,
					least: 0,
					most: 1000,
				}),
			},
		}),
		groupBy: columns({
			title: 'Groups',
			summary: 'Columns whose values have turns of their own, such as a region',
			emptyMeansAll: true,
		}),
		onlyEmpty: flag({
			title: 'Only Where Empty',
			summary: 'Whether rows that have a name already keep it, and take no turn',
			default: true,
		}),
		position: choice<Position>({
			title: 'First Turn',
			summary: 'Who gets the first row',
			choices: {
				kept: 'Whose Turn It Is After the Last Run',
				anew: 'The First of the Names',
			},
		}),
		counter: positionName({}),
	},
	example: {
		options: {
			assignees: [{ name: 'Ada', weight: 2 }, { name: 'Bo' }],
			onlyEmpty: true,
			position: 'anew',
		},
		columns: [{ name: 'Lead' }, { name: 'owner' }],
		before: [
			['ACME', ''],
			['Initech', 'Cy'],
			['Globex', null],
			['Hooli', ''],
		],
		after: [
			['ACME', 'Ada'],
			['Initech', 'Cy'],
			['Globex', 'Bo'],
			['Hooli', 'Ada'],
		],
	},
	compile({ field, assignees, groupBy, onlyEmpty, position, counter }, columnsIn, context) {
		const places = placesFor([{ name: field, type: 'text' }], columnsIn);
		const [index = 0] = places.indexes;
		const groups = groupBy.length === 0 ? [] : indexesOfColumns(groupBy, columnsIn);
		const round = roundOf(assignees);
		const turns = new KeptPosition(context, position === 'kept' ? counter : undefined, false);
		const groupOf = ({ cells }: Row) =>
			groups.length === 0
				? ''
				: JSON.stringify(groups.map((at) => foldText(trimBlanks(cellText(cells[at] ?? null)))));
		const step = computeColumns(places, (row) => {
			const cell = row.cells[index] ?? null;
			if (onlyEmpty && trimBlanks(cellText(cell)) !== '') return [cell];
			const turn = turns.next(groupOf(row)) % round.length;
			return [assignees[round[turn] ?? 0]?.name ?? null];
		});
		return {
			...step,
			open: () => turns.open().then(() => []),
		};
	},
});
