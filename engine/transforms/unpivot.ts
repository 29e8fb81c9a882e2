import type { Cell, Row } from '../dataset';
import { ImportError } from '../issues';
import { isEmpty } from './definition/cell-text';
import { indexesOfColumns } from './definition/columns';
import { defineOperation } from './definition/operation';
import { columns, flag, text } from './definition/parameters';
import { parted } from './definition/parts';

export const unpivot = defineOperation({
	kind: 'unpivot',
	title: 'Columns to Rows',
	summary: 'Make a row of each of several columns: one column takes the name, one the value',
	parameters: {
		fields: columns({ title: 'Columns', summary: 'Columns that become rows' }),
		nameField: text({
			title: 'Name Column',
			summary: 'New column that takes the name',
			default: 'name',
		}),
		valueField: text({
			title: 'Value Column',
			summary: 'New column that takes the value',
			default: 'value',
		}),
		dropEmpty: flag({
			title: 'Leave Out Empty Cells',
			summary: 'Whether an empty cell makes no row',
			default: true,
		}),
	},
	example: {
		options: { fields: ['Fall', 'Winter'], nameField: 'Term', valueField: 'Grade' },
		columns: [{ name: 'Student' }, { name: 'Fall' }, { name: 'Winter' }],
		before: [
			['Ada', 'A', 'B'],
			['Bo', '', 'C'],
		],
		columnsAfter: ['Student', 'Term', 'Grade'],
		after: [
			['Ada', 'Fall', 'A'],
			['Ada', 'Winter', 'B'],
			['Bo', 'Winter', 'C'],
		],
	},
	compile({ fields, nameField, valueField, dropEmpty }, columnsIn) {
		const melted = indexesOfColumns(fields, columnsIn);
		const kept = columnsIn.map((_, index) => index).filter((index) => !melted.includes(index));
		const keptColumns = kept.map((index) => columnsIn[index] ?? { name: '' });
		if (keptColumns.some(({ name }) => name === nameField || name === valueField)) {
			throw new ImportError(
				'RUN_CONFIG',
				`There is a column "${nameField}" or "${valueField}" already`,
			);
		}
		const types = new Set(melted.map((index) => columnsIn[index]?.type));
		const [type] = types;
		const valueColumn = {
			name: valueField,
			...(types.size === 1 && type !== undefined && { type }),
		};
		const columnsOut = [...keptColumns, { name: nameField, type: 'text' as const }, valueColumn];
		const names = melted.map((index) => columnsIn[index]?.name ?? '');
		return {
			columnsOut,
			reorders: true,
			apply(batch) {
				const rows: Row[] = [];
				for (const row of batch.rows) {
					const base: Cell[] = kept.map((index) => row.cells[index] ?? null);
					const filled = melted.flatMap((index, i) =>
						dropEmpty && isEmpty(row.cells[index]) ? [] : [i],
					);
					// a row of empty cells only stays one row, without a name: nothing is dropped in silence
					const made = parted(row, Math.max(1, filled.length));
					for (const [place, part] of made.entries()) {
						const i = filled[place];
						const name = i === undefined ? null : (names[i] ?? null);
						const cell = i === undefined ? null : (row.cells[melted[i] ?? 0] ?? null);
						rows.push({ ...part, cells: [...base, name, cell] });
					}
				}
				batch.rows = rows;
				batch.columns = columnsOut;
			},
		};
	},
});
