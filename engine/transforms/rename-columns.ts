import type { Column } from '../dataset';
import { ImportError } from '../issues';
import { indexOfColumn } from './definition/columns';
import { defineOperation } from './definition/operation';
import { column, list, text } from './definition/parameters';

export const renameColumns = defineOperation({
	kind: 'rename-columns',
	title: 'Rename Columns',
	summary: 'Give columns other names',
	parameters: {
		names: list({
			title: 'Names',
			summary: 'The columns and their new names',
			entries: {
				field: column({ title: 'Column', summary: 'Column that gets another name' }),
				name: text({ title: 'New Name', summary: 'Name that it gets' }),
			},
		}),
	},
	example: {
		options: { names: [{ field: 'mail', name: 'E-mail' }] },
		columns: [{ name: 'id' }, { name: 'mail' }],
		before: [[1, 'ada@example.org']],
		columnsAfter: ['id', 'E-mail'],
		after: [[1, 'ada@example.org']],
	},
	compile({ names }, columnsIn) {
		const columnsOut: Column[] = [...columnsIn];
		for (const { field, name } of names) {
			const index = indexOfColumn(field, columnsIn);
			columnsOut[index] = { ...(columnsIn[index] ?? {}), name };
		}
		const taken = new Set<string>();
		for (const { name } of columnsOut) {
			if (taken.has(name))
				throw new ImportError('RUN_CONFIG', `Two columns would be called "${name}"`);
			taken.add(name);
		}
		return {
			columnsOut,
			apply(batch) {
				batch.columns = columnsOut;
			},
		};
	},
});
