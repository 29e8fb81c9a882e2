import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { columnTypes } from '../../engine';
import { databaseParameter, tableParameter } from '../shared/database-target';
import {
	itemLimitOption,
	outputParameter,
	previewRowsOption,
	type OutputOptions,
} from '../shared/dataset-output';
import { incomingColumnsParameter } from '../shared/incoming-columns';

const TYPE_NAMES: Readonly<Record<(typeof columnTypes)[number], string>> = {
	text: 'Text',
	integer: 'Whole Number',
	decimal: 'Decimal Number',
	boolean: 'Boolean',
	date: 'Date',
	'date-time': 'Date and Time',
	time: 'Time',
	email: 'E-Mail',
	phone: 'Phone',
	url: 'URL',
	json: 'JSON',
};

const typeOptions = columnTypes
	.map((value) => ({ name: TYPE_NAMES[value], value }))
	.sort((a, b) => a.name.localeCompare(b.name));

const requiredSetting: INodeProperties = {
	displayName: 'Required',
	name: 'required',
	type: 'boolean',
	default: true,
	description: 'Whether a row without a value fails',
};

const defaultSetting: INodeProperties = {
	displayName: 'Default',
	name: 'default',
	type: 'string',
	default: '',
	description: 'The value where the cell is empty or no column is mapped',
};

const formatSettings: INodeProperties[] = [
	{
		displayName: 'Date Order',
		name: 'dateOrder',
		type: 'options',
		options: [
			{ name: 'Day First (31.12.2026)', value: 'dmy' },
			{ name: 'Month First (12/31/2026)', value: 'mdy' },
			{ name: 'Year First (2026-12-31)', value: 'ymd' },
		],
		default: 'dmy',
		description: 'The order of the parts of a date, where the column alone does not tell',
	},
	{
		displayName: 'Decimal Sign',
		name: 'decimalSign',
		type: 'options',
		options: [
			{ name: 'Comma (1.234,56)', value: ',' },
			{ name: 'Point (1,234.56)', value: '.' },
		],
		default: '.',
		description: 'The sign before the decimals, where the column alone does not tell',
	},
];

export const mapProperties: INodeProperties[] = [
	{
		displayName: 'Fields From',
		name: 'fieldsFrom',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'List',
				value: 'list',
				description: 'The fields are listed in this node',
			},
			{
				name: 'Table',
				value: 'table',
				description: 'The fields are the columns of a database table',
			},
		],
		default: 'table',
		description: 'Where the fields are defined that the columns are mapped to',
	},
	databaseParameter({ fieldsFrom: ['table'] }),
	tableParameter({ fieldsFrom: ['table'] }),
	{
		displayName: 'Fields',
		name: 'fields',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Field',
		default: {},
		displayOptions: { show: { fieldsFrom: ['list'] } },
		options: [
			{
				displayName: 'Field',
				name: 'field',
				values: [
					{
						displayName: 'Name',
						name: 'name',
						type: 'string',
						default: '',
						required: true,
						placeholder: 'e.g. email',
						description: 'Name of the field, as the next node is to find it',
					},
					{
						displayName: 'Type',
						name: 'type',
						type: 'options',
						options: typeOptions,
						default: 'text',
						description: 'What the values of the field must be',
					},
					{ ...requiredSetting, default: false },
					defaultSetting,
				],
			},
		],
	},
	{
		displayName: 'Mapping',
		name: 'mapping',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Automatic',
				value: 'automatic',
				description: 'Each time by the names of the columns and what they hold',
			},
			{
				name: 'By Table',
				value: 'table',
				description: 'Choose the column of each field; what fits by name is chosen already',
			},
		],
		default: 'automatic',
		description: 'How columns find their fields',
	},
	{
		displayName: 'Columns',
		name: 'columns',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		required: true,
		typeOptions: {
			loadOptionsDependsOn: ['table.value', 'fieldsFrom', 'database'],
			resourceMapper: {
				resourceMapperMethod: 'getMappingFields',
				mode: 'add',
				valuesLabel: 'Target Fields',
				fieldWords: { singular: 'field', plural: 'fields' },
				addAllFields: true,
				supportAutoMap: false,
				refreshStaleSchemaOnOpen: true,
			},
		},
		displayOptions: { show: { mapping: ['table'] } },
	},
	{
		displayName: 'Field Rules',
		name: 'rules',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Rule',
		default: {},
		description: 'What a field needs beyond its column',
		options: [
			{
				displayName: 'Rule',
				name: 'rule',
				values: [
					{
						displayName: 'Field Name or ID',
						name: 'field',
						type: 'options',
						typeOptions: { loadOptionsMethod: 'getFieldNames' },
						default: '',
						description:
							'The field that the rule is for. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
					},
					{
						displayName: 'Settings',
						name: 'settings',
						type: 'collection',
						placeholder: 'Add Setting',
						default: {},
						options: [
							...formatSettings,
							defaultSetting,
							requiredSetting,
							{
								displayName: 'Type',
								name: 'type',
								type: 'options',
								options: typeOptions,
								default: 'text',
								description: 'What the values of the field must be',
							},
						].sort((a, b) => a.displayName.localeCompare(b.displayName)) as INodeProperties[],
					},
				],
			},
		],
	},
	outputParameter(true),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			itemLimitOption,
			previewRowsOption,
			{
				displayName: 'Unmapped Columns',
				name: 'unmapped',
				type: 'options',
				options: [
					{ name: 'Keep', value: 'keep', description: 'They follow the fields, unchanged' },
					{ name: 'Skip', value: 'skip', description: 'They are left out' },
				],
				default: 'skip',
				description: 'What becomes of columns that no field takes',
			},
		],
	},
	incomingColumnsParameter,
];

interface MapOptions extends OutputOptions {
	unmapped?: 'keep' | 'skip';
}

export function readMapOptions(
	context: IExecuteFunctions,
	itemIndex: number,
): {
	unmapped: 'keep' | 'skip';
	output: OutputOptions;
} {
	const { unmapped = 'skip', ...output } = context.getNodeParameter(
		'options',
		itemIndex,
		{},
	) as MapOptions;
	return { unmapped, output };
}
