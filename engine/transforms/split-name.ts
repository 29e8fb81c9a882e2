import type { Cell } from '../dataset';
import { readPersonName } from '../dataset/values';
import { ImportError } from '../issues';
import { cellText, isEmpty } from './definition/cell-text';
import { indexOfColumn } from './definition/columns';
import { computeColumns, placesFor } from './definition/computed-columns';
import { defineOperation } from './definition/operation';
import { column, text } from './definition/parameters';
import { namedParts } from './definition/part-columns';

const parts = ['title', 'first', 'middle', 'last', 'suffix', 'nickname'] as const;

export const splitName = defineOperation({
	kind: 'split-name',
	title: 'Split Name',
	summary: 'Take the names of people apart: title, first, middle and last name, suffix, nickname',
	parameters: {
		field: column({ title: 'Column', summary: 'Column that holds whole names' }),
		names: text({
			title: 'Names',
			summary:
				'Names of the columns for title, first name, middle name, last name, suffix and nickname, with commas between; a hyphen leaves one out',
			default: 'Title, First Name, Middle Name, Last Name, Suffix, Nickname',
		}),
	},
	example: {
		options: { field: 'Name', names: 'Title, First, Middle, Last, Suffix, -' },
		columns: [{ name: 'Name' }],
		before: [['Dr. Juan Q. de la Vega III'], ['van der Berg, Anna'], ['Sam Smith, Jr.']],
		columnsAfter: ['Name', 'Title', 'First', 'Middle', 'Last', 'Suffix'],
		after: [
			['Dr. Juan Q. de la Vega III', 'Dr.', 'Juan', 'Q.', 'de la Vega', 'III'],
			['van der Berg, Anna', null, 'Anna', null, 'van der Berg', null],
			['Sam Smith, Jr.', null, 'Sam', null, 'Smith', 'Jr.'],
		],
	},
	compile({ field, names }, columnsIn) {
		const index = indexOfColumn(field, columnsIn);
		const wanted = namedParts(names, parts);
		if (wanted.length === 0) {
			throw new ImportError('RUN_CONFIG', 'Name at least one column under Names');
		}
		const places = placesFor(
			wanted.map(({ name }) => ({ name, type: 'text' as const })),
			columnsIn,
		);
		return computeColumns(places, ({ cells }) => {
			const cell = cells[index] ?? null;
			if (isEmpty(cell)) return [];
			const read = readPersonName(cellText(cell));
			return wanted.map(({ part }): Cell => (read[part] === '' ? null : read[part]));
		});
	},
});
