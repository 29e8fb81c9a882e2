import type { Cell, Column, Row } from '../dataset';
import { trimBlanks } from '../dataset/values';
import { Failure, failureIssue, quoted, reject } from './definition/cell-changes';
import { isEmpty } from './definition/cell-text';
import { changeColumns, indexOfColumn } from './definition/columns';
import { defineOperation } from './definition/operation';
import { choice, column, flag, text } from './definition/parameters';
import { parted } from './definition/parts';

type Form = 'delimited' | 'json';

export const explode = defineOperation({
	kind: 'explode',
	title: 'Split into Rows',
	summary: 'Make a row of each value in a cell that lists several',
	parameters: {
		field: column({ title: 'Column', summary: 'Column whose cells list several values' }),
		form: choice<Form>({
			title: 'List',
			summary: 'How the values are listed',
			choices: { delimited: 'With a Delimiter', json: 'As a JSON Array' },
		}),
		delimiter: text({
			title: 'Delimiter',
			summary: 'What stands between two values; \\n is a line break',
			default: ';',
			onlyWhen: { form: ['delimited'] },
		}),
		dropEmpty: flag({
			title: 'Leave Out Empty Values',
			summary: 'Whether nothing between two delimiters makes no row',
			default: true,
		}),
	},
	example: {
		options: { field: 'Courses', delimiter: ',' },
		columns: [{ name: 'Student' }, { name: 'Courses' }],
		before: [
			['Ada', 'Maths, Physics'],
			['Bo', ''],
		],
		after: [
			['Ada', 'Maths'],
			['Ada', 'Physics'],
			['Bo', ''],
		],
	},
	compile({ field, form, delimiter, dropEmpty }, columnsIn) {
		const index = indexOfColumn(field, columnsIn);
		const columnsOut = changeColumns(columnsIn, [index], ({ name }): Column => ({ name }));
		const separator = delimiter.replaceAll('\\n', '\n').replaceAll('\\t', '\t');
		const split = form === 'json' ? jsonValues : (cell: Cell) => delimitedValues(cell, separator);
		return {
			columnsOut,
			reorders: true,
			apply(batch) {
				const rows: Row[] = [];
				for (const row of batch.rows) {
					const cell = row.cells[index] ?? null;
					const found = isEmpty(cell) ? [] : split(cell);
					if (found instanceof Failure) {
						const from = { name: field, index };
						reject(batch, row, [failureIssue(found, row, from, 'fail')]);
						continue;
					}
					const values = dropEmpty ? found.filter((value) => !isEmpty(value)) : found;
					// a row without values stays: nothing is dropped in silence
					if (values.length === 0) rows.push(row);
					else for (const made of withValues(row, index, values)) rows.push(made);
				}
				batch.rows = rows;
				batch.columns = columnsOut;
			},
		};
	},
});

/** One row for each value. */
function withValues(row: Row, index: number, values: readonly Cell[]): Row[] {
	const made = parted(row, values.length);
	for (const [i, part] of made.entries()) part.cells[index] = values[i] ?? null;
	return made;
}

function delimitedValues(cell: Cell, delimiter: string): Cell[] {
	if (typeof cell === 'string') return cell.split(delimiter).map(trimBlanks);
	return Array.isArray(cell) ? cell : [cell];
}

function jsonValues(cell: Cell): Cell[] | Failure {
	if (typeof cell !== 'string') return Array.isArray(cell) ? cell : [cell];
	try {
		const parsed = JSON.parse(cell) as Cell;
		return Array.isArray(parsed) ? parsed : [parsed];
	} catch {
		return new Failure('CELL_JSON', `${quoted(cell)} is not JSON`);
	}
}
