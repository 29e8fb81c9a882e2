import type { INodeProperties } from 'n8n-workflow';
import { ImportError, type ColumnReference, type MissingReference } from '../../engine';
import { readTableName } from './database-target';

/** A reference to records of another table, as n8n stores it. */
export interface StoredReference {
	table?: string;
	by?: string;
	value?: string;
	missing?: MissingReference;
}

/** What a reference needs besides the column that refers. */
export const referenceParameters: INodeProperties[] = [
	{
		displayName: 'Table',
		name: 'table',
		type: 'string',
		default: '',
		placeholder: 'e.g. crm.companies',
		description:
			'Table that the records are in. It may be the one that is loaded: then rows may refer to each other.',
	},
	{
		displayName: 'By Column',
		name: 'by',
		type: 'string',
		default: '',
		placeholder: 'e.g. name',
		description: 'Column of that table that holds what the file says',
	},
	{
		displayName: 'Returned Column',
		name: 'value',
		type: 'string',
		default: '',
		placeholder: 'e.g. ID',
		description: 'Column of that table whose value is written. Left empty, it is the primary key.',
	},
	{
		displayName: 'If Missing',
		name: 'missing',
		type: 'options',
		options: [
			{
				name: 'Create',
				value: 'create',
				description: 'Add a record with the value and nothing else',
			},
			{ name: 'Fail the Row', value: 'fail', description: 'The record must be there' },
			{ name: 'Leave Empty', value: 'empty', description: 'The cell is emptied, with a warning' },
		],
		default: 'fail',
		description: 'What to do with a value that no record has',
	},
];

/**
 * The reference that was set.
 *
 * @param name of the field or column that refers
 * @throws ImportError RUN_CONFIG when the table or the column is missing
 */
export function readReference(
	{ table = '', by = '', value = '', missing = 'fail' }: StoredReference,
	name: string,
): ColumnReference {
	if (table.trim() === '' || by.trim() === '') {
		throw new ImportError('RUN_CONFIG', `The reference of "${name}" is not complete`, {
			field: name,
			hint: 'Give the table and the column that its records are found by, or remove the reference.',
		});
	}
	return {
		table: readTableName(table.trim()),
		by: by.trim(),
		...(value.trim() !== '' && { value: value.trim() }),
		missing,
	};
}
