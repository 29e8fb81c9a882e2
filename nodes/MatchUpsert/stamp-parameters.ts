import type { INodeProperties } from 'n8n-workflow';
import { ImportError, type Stamp } from '../../engine';

/** Columns that get where a record comes from. */
export const stampsParameter: INodeProperties = {
	displayName: 'Stamps',
	name: 'stamps',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Stamp',
	default: {},
	description:
		'Columns of the table that get where a record comes from whenever it is written. A record that nothing else would change is not written.',
	options: [
		{
			displayName: 'Stamp',
			name: 'stamp',
			values: [
				{
					displayName: 'Column',
					name: 'column',
					type: 'string',
					default: '',
					placeholder: 'e.g. imported_at',
					description: 'A column of the table that the rows do not bring',
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'options',
					options: [
						{ name: 'File Name', value: 'file' },
						{ name: 'Import Time', value: 'time' },
						{ name: 'Row Number', value: 'row', description: 'The row of the file' },
						{ name: 'Run ID', value: 'run', description: 'The ID of the execution' },
					],
					default: 'time',
					description: 'What the column gets',
				},
			],
		},
	],
};

interface StoredStamps {
	stamp?: Array<{ column?: string; value?: Stamp }>;
}

/** @throws ImportError RUN_CONFIG where a stamp has no column */
export function readStamps(stored: unknown): Record<string, Stamp> {
	const stamps = (stored as StoredStamps | undefined)?.stamp ?? [];
	return Object.fromEntries(
		stamps.map(({ column = '', value = 'time' }) => {
			if (column.trim() !== '') return [column.trim(), value];
			throw new ImportError('RUN_CONFIG', 'A stamp has no column', {
				hint: 'Name the column of the table under Stamps, or remove the stamp.',
			});
		}),
	);
}
