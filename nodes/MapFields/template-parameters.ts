import type { INodeProperties } from 'n8n-workflow';
import { defaultDriftPolicy, type DriftPolicy, type DriftReaction } from '../../engine';

/** What Map Fields can do with templates, besides mapping by them. */
export const templateOperations = [
	'listTemplates',
	'exportTemplate',
	'importTemplate',
	'deleteTemplate',
] as const;

export type TemplateOperation = (typeof templateOperations)[number];

/** Not called "operation": n8n would list the tasks as actions, and ask for one of them before it adds the node. */
export const taskParameter: INodeProperties = {
	displayName: 'Task',
	name: 'task',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Delete Template',
			value: 'deleteTemplate',
			description: 'Delete a saved template',
		},
		{
			name: 'Export Template',
			value: 'exportTemplate',
			description: 'Give a saved template as JSON',
		},
		{
			name: 'Import Template',
			value: 'importTemplate',
			description: 'Save a template from JSON',
		},
		{
			name: 'List Templates',
			value: 'listTemplates',
			description: 'List the saved templates',
		},
		{
			name: 'Map',
			value: 'map',
			description: 'Map the columns of a file to fields',
		},
	],
	default: 'map',
};

export function templateParameter(show: Record<string, string[]>): INodeProperties {
	return {
		displayName: 'Template',
		name: 'template',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'The saved template',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: {
					searchListMethod: 'searchTemplates',
					searchable: true,
					skipCredentialsCheckInRLC: true,
				},
			},
			{
				displayName: 'By Name',
				name: 'name',
				type: 'string',
				placeholder: 'e.g. Salesforce lead export',
			},
		],
		displayOptions: { show },
	};
}

export const templateOperationParameters: INodeProperties[] = [
	templateParameter({ task: ['deleteTemplate', 'exportTemplate'] }),
	{
		displayName: 'Template JSON',
		name: 'templateJson',
		type: 'string',
		typeOptions: { rows: 4 },
		required: true,
		default: '={{ $json.template }}',
		description: 'The template as Export Template gives it',
		displayOptions: { show: { task: ['importTemplate'] } },
	},
	{
		displayName: 'Name',
		name: 'templateName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Marketing CSV',
		description: 'Name to save the template under; empty for the name that it has',
		displayOptions: { show: { task: ['importTemplate'] } },
	},
];

const reaction = (
	displayName: string,
	name: string,
	description: string,
	fallback: DriftReaction,
): INodeProperties => ({
	displayName,
	name,
	type: 'options',
	options: [
		{ name: 'Accept', value: 'accept', description: 'Say nothing' },
		{ name: 'Stop', value: 'stop', description: 'End the run before anything is written' },
		{ name: 'Warn', value: 'warn', description: 'Say it above the output, and go on' },
	],
	default: fallback,
	description,
});

/** What is done when a file differs from the one that the template was saved with. */
export const driftParameter: INodeProperties = {
	displayName: 'When the File Differs',
	name: 'drift',
	type: 'collection',
	placeholder: 'Add Difference',
	default: {},
	description: 'What is done when the file is not like the one that the template was saved with',
	options: [
		reaction(
			'Columns Renamed',
			'renamed',
			'A column has another name, and was recognised',
			defaultDriftPolicy.renamed,
		),
		reaction(
			'Columns Reordered',
			'reordered',
			'Columns stand in another order',
			defaultDriftPolicy.reordered,
		),
		reaction(
			'Empty Cells',
			'empty',
			'A column has more empty cells than the contract allows',
			'warn',
		),
		reaction('Extra Columns', 'extra', 'There are new columns', defaultDriftPolicy.extra),
		reaction('Missing Columns', 'missing', 'Columns are not there', defaultDriftPolicy.missing),
		reaction('Row Count', 'rows', 'There are fewer or more rows than the contract allows', 'warn'),
		reaction(
			'Types Changed',
			'retyped',
			'A column holds values of another type',
			defaultDriftPolicy.retyped,
		),
	],
};

/** What the parameter holds. */
export interface DriftSettings extends DriftPolicy {
	rows?: DriftReaction;
	empty?: DriftReaction;
}

/** The options that save the mapping. */
export const saveOptions: INodeProperties[] = [
	{
		displayName: 'Save as Template',
		name: 'saveAs',
		type: 'string',
		default: '',
		placeholder: 'e.g. Salesforce lead export',
		description:
			'Name under which the mapping is saved when the node runs: fields, rules, headers, and what was chosen by hand',
	},
	{
		displayName: 'Save With File Contract',
		name: 'saveContract',
		type: 'boolean',
		default: true,
		description:
			'Whether the template also keeps how many rows and empty cells this file has, for later files to be held to. Reads the whole file once.',
	},
];
