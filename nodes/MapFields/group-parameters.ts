import type { INodeProperties } from 'n8n-workflow';
import { ruleSettings } from './field-settings';
import { listedFieldsParameter, recordTypeParameter } from './target-parameters';

export const recordsPerRow: INodeProperties = {
	displayName: 'Records per Row',
	name: 'recordsPerRow',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'One', value: 'one', description: 'Each row is one record' },
		{
			name: 'Several',
			value: 'several',
			description:
				'A row holds records of several kinds, or several of one kind, such as a student and three report cards',
		},
	],
	default: 'one',
	description: 'How many records a row of the file holds',
};

export const groupsFrom: INodeProperties = {
	displayName: 'Groups From',
	name: 'groupsFrom',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'List', value: 'list', description: 'The groups are listed in this node' },
		{
			name: 'Template',
			value: 'template',
			description: 'The groups, their fields and their columns were saved before',
		},
	],
	default: 'list',
	description: 'Where the groups are defined',
};

export const groupsUseDatabase: INodeProperties = {
	displayName: 'Fields From Tables',
	name: 'useDatabase',
	type: 'boolean',
	noDataExpression: true,
	default: false,
	description: 'Whether groups may take their fields from tables of a database',
};

const shownFor = (parameter: string, ...values: string[]) => ({ show: { [parameter]: values } });

const reference: INodeProperties = {
	displayName: 'References',
	name: 'references',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Reference',
	default: {},
	description: 'Fields that say which record of another group in the same row this one belongs to',
	options: [
		{
			displayName: 'Reference',
			name: 'reference',
			values: [
				{
					displayName: 'Field',
					name: 'field',
					type: 'string',
					default: '',
					placeholder: 'e.g. student_id',
					description: 'Field of this group that refers',
				},
				{
					displayName: 'To Group',
					name: 'group',
					type: 'string',
					default: '',
					placeholder: 'e.g. student',
					description: 'Group that is referred to. Its records come first.',
				},
				{
					displayName: 'By Field',
					name: 'by',
					type: 'string',
					default: '',
					placeholder: 'e.g. student_id',
					description:
						'Field of the other group whose value is taken, as a natural key. Empty for the temporary ID of the record.',
				},
			],
		},
	],
};

const columnSets: INodeProperties = {
	displayName: 'Column Sets',
	name: 'sets',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Set',
	default: {},
	displayOptions: shownFor('repeat', 'sets'),
	description: 'One set of columns for each record of a row',
	options: [
		{
			displayName: 'Set',
			name: 'set',
			values: [
				{
					displayName: 'Columns',
					name: 'pattern',
					type: 'string',
					default: '',
					placeholder: 'e.g. Fall_*',
					description: 'Names of the columns, with * for what the sets have in common',
				},
				{
					displayName: 'Label',
					name: 'label',
					type: 'string',
					default: '',
					placeholder: 'e.g. Fall',
					description: 'What the record is for; empty for the name without *',
				},
			],
		},
	],
};

const repeatParameters: INodeProperties[] = [
	{
		displayName: 'Repeat Over',
		name: 'repeat',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Column Sets',
				value: 'sets',
				description: 'A record for each set of columns, such as Fall_*, Winter_* and Spring_*',
			},
			{
				name: 'Delimited Cell',
				value: 'cell',
				description: 'A record for each value that a cell lists, such as a; b; c',
			},
			{ name: 'Nothing', value: 'none', description: 'A row holds one record of the group' },
		],
		default: 'none',
		description: 'Why a row holds several records of the group',
	},
	columnSets,
	{
		displayName: 'Label Column',
		name: 'labelColumn',
		type: 'string',
		default: 'Set',
		displayOptions: shownFor('repeat', 'sets'),
		placeholder: 'e.g. Term',
		description: 'Name of the column that takes the label of the set, to be mapped like any other',
	},
	{
		displayName: 'Column Name or ID',
		name: 'column',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'getIncomingColumns' },
		default: '',
		displayOptions: shownFor('repeat', 'cell'),
		description:
			'The column whose cells list several values. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Delimiter',
		name: 'delimiter',
		type: 'string',
		default: ';',
		displayOptions: shownFor('repeat', 'cell'),
		description: 'What stands between two values; \\n is a line break',
	},
];

const columnSetting: INodeProperties = {
	displayName: 'Column',
	name: 'column',
	type: 'string',
	default: '',
	placeholder: 'e.g. Grade',
	description: 'The column that the field takes. Of a column set, the name without its set.',
};

const rules: INodeProperties = {
	displayName: 'Field Rules',
	name: 'rules',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Rule',
	default: {},
	description: 'What a field needs beyond the column that is found for it',
	options: [
		{
			displayName: 'Rule',
			name: 'rule',
			values: [
				{
					displayName: 'Field',
					name: 'field',
					type: 'string',
					default: '',
					description: 'The field that the rule is for',
				},
				{
					displayName: 'Settings',
					name: 'settings',
					type: 'collection',
					placeholder: 'Add Setting',
					default: {},
					options: [...ruleSettings, columnSetting].sort((a, b) =>
						a.displayName.localeCompare(b.displayName),
					),
				},
			],
		},
	],
};

const groupOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Empty Records',
			name: 'emptyRecords',
			type: 'options',
			options: [
				{ name: 'Keep', value: 'keep', description: 'Make a record without values' },
				{ name: 'Skip', value: 'skip', description: 'Make none, and count it as skipped' },
			],
			default: 'skip',
			description: 'What becomes of a record all of whose cells are empty',
		},
		{
			displayName: 'Match On',
			name: 'matchOn',
			type: 'string',
			default: '',
			placeholder: 'e.g. student_id, term',
			description:
				'Fields that records are matched on, with commas between. Travels with the group, so that Match & Upsert can take it from there.',
		},
		{
			displayName: 'Temporary ID Field',
			name: 'idField',
			type: 'string',
			default: '',
			placeholder: 'e.g. import_key',
			description: 'Field that takes the temporary ID of the record, such as report_card:17:2',
		},
	],
};

/** The groups, with everything that is set for each. */
export const recordGroups: INodeProperties = {
	displayName: 'Record Groups',
	name: 'groups',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Group',
	default: {},
	description: 'The kinds of records that a row holds',
	options: [
		{
			displayName: 'Group',
			name: 'group',
			values: [
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					required: true,
					placeholder: 'e.g. report_card',
					description: 'What a record of the group is called',
				},
				{
					displayName: 'Table',
					name: 'table',
					type: 'string',
					default: '',
					placeholder: 'e.g. report_cards',
					description:
						'Where the records go. Travels with the group, so that Match & Upsert can take it from there.',
				},
				{
					displayName: 'Fields From',
					name: 'fieldsFrom',
					type: 'options',
					noDataExpression: true,
					options: [
						{ name: 'List', value: 'list', description: 'The fields are listed here' },
						{
							name: 'Record Type',
							value: 'recordType',
							description: 'The fields that records of a kind usually have',
						},
						{
							name: 'Table',
							value: 'table',
							description: 'The fields are the columns of the table above',
						},
					],
					default: 'list',
					description: 'Where the fields of the group are defined',
				},
				recordTypeParameter,
				listedFieldsParameter,
				...repeatParameters,
				reference,
				rules,
				groupOptions,
			],
		},
	],
};
