import type { INodePropertyOptions } from 'n8n-workflow';
import type { WritePolicy } from '../../engine';

/** When an update writes a column, as a person chooses it. */
export const writePolicyOptions: Array<INodePropertyOptions & { value: WritePolicy }> = [
	{
		name: 'Add to the List',
		value: 'append',
		description: 'The entries of the cell that are not in the list of the record yet',
	},
	{ name: 'Always', value: 'always', description: 'Also an empty cell' },
	{ name: 'If the Cell Is Filled', value: 'filled' },
	{ name: 'If the Record Has No Value', value: 'target-empty' },
	{
		name: 'If the Row Is Newer',
		value: 'newer',
		description: 'By the column that Newer By names',
	},
	{ name: 'Never', value: 'never', description: 'Only new records get a value' },
	{
		name: 'Remove From the List',
		value: 'remove',
		description: 'The entries of the cell that are in the list of the record',
	},
];
