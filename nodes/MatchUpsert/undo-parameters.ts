import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { ImportError } from '../../engine';
import { guardsParameter, readGuards, type StoredGuards } from './guard-parameters';

const LIST_LIMIT = 1000;

export const operationParameter: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Import',
			value: 'import',
			description: 'Match rows with the records of the table, and write what is new or changed',
			action: 'Import rows',
		},
		{
			name: 'Undo Run',
			value: 'undo',
			description: 'Take back what an import wrote that was kept for undo',
			action: 'Undo a run',
		},
	],
	default: 'import',
};

/** What is set for an undo alone. */
export const undoProperties: INodeProperties[] = [
	{
		displayName: 'Run',
		name: 'run',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 231-1f0c9a52',
		displayOptions: { show: { operation: ['undo'] } },
		description:
			'ID of the run: it stands in the Summary of the import as "run", where Keep for Undo was on',
	},
	{
		displayName: 'Options',
		name: 'undoOptions',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { show: { operation: ['undo'] } },
		options: [
			guardsParameter,
			{
				displayName: 'Rows to List',
				name: 'listLimit',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 50000 },
				default: LIST_LIMIT,
				description:
					'The most records that Written and Failed list as items. The counts are always complete, and so is the file of what failed.',
			},
		],
	},
];

export const keepForUndo: INodeProperties = {
	displayName: 'Keep for Undo',
	name: 'keepForUndo',
	type: 'boolean',
	default: false,
	description:
		'Whether to keep what is written, with the fields as they were before, in the table data_import_journal beside the table, so that Undo Run can take it back',
};

/** Leaves parameters out where a run is undone. */
export const forImport = (properties: readonly INodeProperties[]): INodeProperties[] =>
	properties.map((property) => ({
		...property,
		displayOptions: {
			...property.displayOptions,
			hide: { ...property.displayOptions?.hide, operation: ['undo'] },
		},
	}));

export const isUndo = (context: IExecuteFunctions): boolean =>
	context.getNodeParameter('operation', 0, 'import') === 'undo';

interface UndoSettings {
	guards?: StoredGuards;
	listLimit?: number;
}

/** @throws ImportError RUN_CONFIG */
export function readUndoOptions(context: IExecuteFunctions, itemIndex: number) {
	const value: unknown = context.getNodeParameter('run', itemIndex, '');
	const run = typeof value === 'string' ? value.trim() : '';
	if (run === '') {
		throw new ImportError('RUN_CONFIG', 'No run is given that is to be undone', {
			hint: 'The ID of a run stands in the Summary of the import as "run", where Keep for Undo was on.',
		});
	}
	const settings = context.getNodeParameter('undoOptions', itemIndex, {}) as UndoSettings;
	return {
		run,
		mode: context.getNodeParameter('mode', itemIndex) as 'plan' | 'apply',
		listLimit: settings.listLimit ?? LIST_LIMIT,
		guards: readGuards(settings.guards),
	};
}
