import type { INodeProperties } from 'n8n-workflow';
import { columnTypes } from '../../engine';
import { referenceParameters } from '../shared/reference-parameters';
import { writePolicyOptions } from '../shared/write-policies';

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

export const typeSetting: INodeProperties = {
	displayName: 'Type',
	name: 'type',
	type: 'options',
	options: typeOptions,
	default: 'text',
	description: 'What the values of the field must be',
};

export const requiredSetting: INodeProperties = {
	displayName: 'Required',
	name: 'required',
	type: 'boolean',
	default: true,
	description: 'Whether a row without a value fails',
};

export const defaultSetting: INodeProperties = {
	displayName: 'Default',
	name: 'default',
	type: 'string',
	default: '',
	description: 'The value where the cell is empty or no column is mapped',
};

/** Where the values of a field come from, instead of one column. */
const sourceSettings: INodeProperties[] = [
	{
		displayName: 'Columns to Join',
		name: 'columns',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getIncomingColumns' },
		default: [],
		description:
			'The columns whose texts are joined, in this order. Empty cells are left out. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Constant',
		name: 'constant',
		type: 'string',
		default: '',
		description: 'The same value for every row, such as the owner of all records',
	},
	{
		displayName: 'Expression (JSONata)',
		name: 'expression',
		type: 'string',
		// JSONata has braces of its own, which n8n must not take for an expression
		noDataExpression: true,
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. $uppercase(Country)',
		description: 'A JSONata expression over the row, with the columns as fields',
	},
	{
		displayName: 'Join With',
		name: 'separator',
		type: 'string',
		default: ' ',
		description: 'What stands between joined columns',
	},
	{
		displayName: 'Text With Columns',
		name: 'textTemplate',
		type: 'string',
		default: '',
		placeholder: 'e.g. {Street}, {City}',
		description: 'A text with the names of columns in braces. Columns may be dragged here.',
	},
];

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
		displayName: 'Date Pattern',
		name: 'datePattern',
		type: 'string',
		default: '',
		placeholder: 'e.g. dd.MM.yyyy HH:mm',
		description: 'How dates are written, exactly. Wins over the order.',
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
	{
		displayName: 'Words for False',
		name: 'falseWords',
		type: 'string',
		default: '',
		placeholder: 'e.g. no, n, off',
		description: 'Words that mean false, with commas between; they replace the usual ones',
	},
	{
		displayName: 'Words for True',
		name: 'trueWords',
		type: 'string',
		default: '',
		placeholder: 'e.g. yes, y, on',
		description: 'Words that mean true, with commas between; they replace the usual ones',
	},
];

const limitSettings: INodeProperties[] = [
	{
		displayName: 'Allowed Values',
		name: 'allowed',
		type: 'string',
		default: '',
		placeholder: 'e.g. low, medium, high',
		description: 'The values that there may be, with commas between. Case does not count.',
	},
	{
		displayName: 'Greatest Value',
		name: 'max',
		type: 'string',
		default: '',
		placeholder: 'e.g. 100 or 2026-12-31',
		description: 'The greatest number, or the latest date as YYYY-MM-DD',
	},
	{
		displayName: 'Least Value',
		name: 'min',
		type: 'string',
		default: '',
		placeholder: 'e.g. 0 or 1900-01-01',
		description: 'The least number, or the earliest date as YYYY-MM-DD',
	},
	{
		displayName: 'Longest Text',
		name: 'maxLength',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 255,
		description: 'The most characters that a text may have',
	},
	{
		displayName: 'Pattern',
		name: 'pattern',
		type: 'string',
		noDataExpression: true,
		default: '',
		placeholder: 'e.g. ^[A-Z]{2}[0-9]+$',
		description: 'A regular expression that must be found in the value',
	},
	{
		displayName: 'Shortest Text',
		name: 'minLength',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 1,
		description: 'The fewest characters that a text may have',
	},
	{
		displayName: 'Unique in File',
		name: 'unique',
		type: 'options',
		options: [
			{ name: 'No', value: 'no' },
			{ name: 'Yes', value: 'yes' },
			{ name: 'Yes, Ignoring Upper and Lower Case', value: 'ignoreCase' },
		],
		default: 'yes',
		description:
			'Whether a value may stand in the file once only. The first row stays, later ones fail.',
	},
];

const defaultSettings: INodeProperties[] = [
	defaultSetting,
	{
		displayName: 'Default for Empty Cells',
		name: 'defaultForEmpty',
		type: 'boolean',
		default: true,
		description: 'Whether the default is taken where the cell is empty',
	},
	{
		displayName: 'Default Without a Column',
		name: 'defaultForMissing',
		type: 'boolean',
		default: true,
		description: 'Whether the default is taken where the file has no column for the field',
	},
];

const valueSettings: INodeProperties[] = [
	{
		displayName: 'Other Values',
		name: 'others',
		type: 'options',
		options: [
			{ name: 'Empty the Cell, With a Warning', value: 'empty' },
			{ name: 'Fail the Row', value: 'fail' },
			{ name: 'Keep the Value', value: 'keep' },
			{ name: 'Take the Default', value: 'default' },
		],
		default: 'fail',
		description: 'What becomes of a value that is not among Values or Allowed Values',
	},
	{
		displayName: 'Values',
		name: 'values',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Value',
		default: {},
		description:
			'What values become, such as Germany to DE. What is in the right column already stays; case does not count.',
		options: [
			{
				displayName: 'Value',
				name: 'value',
				values: [
					{
						displayName: 'From',
						name: 'from',
						type: 'string',
						default: '',
						description: 'Value in the file',
					},
					{
						displayName: 'To',
						name: 'to',
						type: 'string',
						default: '',
						description: 'Value that it becomes; empty for an empty cell',
					},
				],
			},
		],
	},
];

/** What the node that writes does with the field. */
const targetSettings: INodeProperties[] = [
	{
		displayName: 'Reference',
		name: 'reference',
		type: 'fixedCollection',
		placeholder: 'Add Reference',
		default: {},
		description:
			'The field says which record of another table is meant, such as the name of a company whose ID is to be written. Match & Upsert looks it up.',
		options: [{ displayName: 'Reference', name: 'reference', values: referenceParameters }],
	},
	{
		displayName: 'Write Policy',
		name: 'writePolicy',
		type: 'options',
		options: writePolicyOptions,
		default: 'target-empty',
		description:
			'When an update writes the field. A policy that Match & Upsert sets for the column wins.',
	},
];

/** All settings of a rule, in the order of their names. */
export const ruleSettings: INodeProperties[] = [
	...sourceSettings,
	...formatSettings,
	...limitSettings,
	...defaultSettings,
	...valueSettings,
	...targetSettings,
	requiredSetting,
	typeSetting,
].sort((a, b) => a.displayName.localeCompare(b.displayName));
