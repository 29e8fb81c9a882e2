import type { INodeProperties } from 'n8n-workflow';
import { ImportError, type LoadOptions } from '../../engine';
import { valueList } from './rule-conditions';

const shownFor = (become: string[]): INodeProperties['displayOptions'] => ({ show: { become } });

const DONE = ['delete', 'set'];

const valuesParameter: INodeProperties = {
	displayName: 'Values',
	name: 'values',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Value',
	default: {},
	displayOptions: shownFor(['set']),
	description: 'What the records get. One that has the values already is not written.',
	options: [
		{
			displayName: 'Value',
			name: 'value',
			values: [
				{
					displayName: 'Column',
					name: 'column',
					type: 'string',
					default: '',
					placeholder: 'e.g. status',
					description: 'A column of the table; the rows need not bring it',
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					placeholder: 'e.g. inactive',
					description: 'Nothing empties the column',
				},
			],
		},
	],
};

const scopeParameters: INodeProperties[] = [
	{
		displayName: 'Among Records',
		name: 'scope',
		type: 'options',
		options: [
			{ name: 'All', value: 'all' },
			{ name: 'With Certain Values in a Column', value: 'values' },
			{
				name: 'With Values of the File in a Column',
				value: 'file',
				description: 'Such as only the departments that the file mentions',
			},
		],
		default: 'all',
		displayOptions: shownFor(DONE),
		description: 'The records that are looked at; all others stay as they are',
	},
	{
		displayName: 'Column of the Records',
		name: 'scopeColumn',
		type: 'string',
		default: '',
		placeholder: 'e.g. department',
		displayOptions: { show: { become: DONE, scope: ['values', 'file'] } },
		description: 'The column that says which records are looked at',
	},
	{
		displayName: 'Values of the Records',
		name: 'scopeValues',
		type: 'string',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Value' },
		default: [],
		displayOptions: { show: { become: DONE, scope: ['values'] } },
		description: 'Compared as the database does',
	},
];

const guardParameters: INodeProperties[] = [
	{
		displayName: 'Most of Them (Percent)',
		name: 'maxPercent',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 100 },
		default: 10,
		displayOptions: shownFor(DONE),
		description:
			'Percent of the records looked at that may be absent. If more are, the run stops and nothing is written.',
	},
	{
		displayName: 'Most of Them',
		name: 'maxRecords',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		displayOptions: shownFor(DONE),
		description: 'How many records may be absent; 0 for no limit besides the percentage',
	},
	{
		displayName: 'Also When Rows Fail',
		name: 'allowUnreadRows',
		type: 'boolean',
		default: false,
		displayOptions: shownFor(DONE),
		description:
			'Whether to go on although rows of the file could not be read or have no key, so that their records count as absent',
	},
];

const absentParameters: INodeProperties[] = [
	{
		displayName: 'What Becomes of Them',
		name: 'become',
		type: 'options',
		options: [
			{ name: 'Delete', value: 'delete', description: 'The records are deleted' },
			{ name: 'Leave', value: 'leave', description: 'The records stay as they are' },
			{
				name: 'Set Values',
				value: 'set',
				description: 'The records get values, such as an inactive status',
			},
		],
		default: 'leave',
	},
	valuesParameter,
	...scopeParameters,
	...guardParameters,
];

/** What becomes of records that are absent from the file. */
export const synchroniseParameter: INodeProperties = {
	displayName: 'Records Absent From the File',
	name: 'synchronise',
	type: 'fixedCollection',
	placeholder: 'Set What Becomes of Them',
	default: {},
	description:
		'What becomes of records that no row of the file is for. Without this they stay as they are. Look at a Plan first: it lists them.',
	options: [{ displayName: 'Absent Records', name: 'absent', values: absentParameters }],
};

interface StoredSynchronisation {
	absent?: {
		become?: 'leave' | 'delete' | 'set';
		values?: { value?: Array<{ column?: string; value?: string | number | boolean | null }> };
		scope?: 'all' | 'values' | 'file';
		scopeColumn?: string;
		scopeValues?: string | string[];
		maxPercent?: number;
		maxRecords?: number;
		allowUnreadRows?: boolean;
	};
}

/** @throws ImportError RUN_CONFIG where a column or the values are missing */
export function readSynchronisation(stored: unknown): LoadOptions['synchronisation'] {
	const { absent } = (stored ?? {}) as StoredSynchronisation;
	if (absent === undefined || (absent.become ?? 'leave') === 'leave') return undefined;
	const { maxPercent, maxRecords = 0, allowUnreadRows } = absent;
	return {
		...(absent.become === 'set' && { set: readValues(absent.values?.value ?? []) }),
		...readScope(absent),
		...(maxPercent !== undefined && { maxPercent }),
		...(maxRecords > 0 && { maxRecords }),
		allowUnreadRows: allowUnreadRows === true,
	};
}

function readValues(
	values: Array<{ column?: string; value?: string | number | boolean | null }>,
): Record<string, string | number | boolean | null> {
	return Object.fromEntries(
		values.map(({ column = '', value = null }) => [needed(column), value] as const),
	);
}

function readScope({
	scope = 'all',
	scopeColumn = '',
	scopeValues,
}: NonNullable<StoredSynchronisation['absent']>): Pick<
	NonNullable<LoadOptions['synchronisation']>,
	'scope'
> {
	if (scope === 'all') return {};
	const column = needed(scopeColumn);
	if (scope === 'file') return { scope: { column } };
	return { scope: { column, values: valueList(scopeValues, 'Values of the Records') } };
}

function needed(column: string): string {
	if (column.trim() !== '') return column.trim();
	throw new ImportError('RUN_CONFIG', 'A column under Records Absent From the File is not named', {
		hint: 'Name the column of the table, or remove the entry.',
	});
}
