import type { INodeProperties } from 'n8n-workflow';
import { ImportError, type MatchRule, type RowCondition } from '../../engine';

const column = (
	name: string,
	displayName: string,
	displayOptions: INodeProperties['displayOptions'],
): INodeProperties => ({
	displayName,
	name,
	type: 'options',
	typeOptions: { loadOptionsMethod: 'getMatchColumns' },
	default: '',
	displayOptions,
	description:
		'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
});

const values = (
	name: string,
	displayName: string,
	displayOptions: INodeProperties['displayOptions'],
	description: string,
): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Value' },
	default: [],
	displayOptions,
	description,
});

/** Which rows a match rule is for, and which records it finds. */
export const ruleConditions: INodeProperties[] = [
	{
		displayName: 'For Rows',
		name: 'rows',
		type: 'options',
		options: [
			{ name: 'All', value: 'all' },
			{ name: 'With a Value in a Column', value: 'filled' },
			{ name: 'With Certain Values in a Column', value: 'one-of' },
			{ name: 'Without a Value in a Column', value: 'empty' },
		],
		default: 'all',
		description: 'The rows that the rule is for; of others it says nothing',
	},
	column('rowsColumn', 'Column of the Rows', { hide: { rows: ['all'] } }),
	values(
		'rowsValues',
		'Values of the Rows',
		{ show: { rows: ['one-of'] } },
		'Compared without blanks around and without case',
	),
	{
		displayName: 'Among Records',
		name: 'records',
		type: 'options',
		options: [
			{ name: 'All', value: 'all' },
			{ name: 'With Certain Values in a Column', value: 'one-of' },
		],
		default: 'all',
		description: 'The records that the rule finds, such as only those that are active',
	},
	{
		displayName: 'Column of the Records',
		name: 'recordsColumn',
		type: 'string',
		default: '',
		placeholder: 'e.g. status',
		displayOptions: { show: { records: ['one-of'] } },
		description: 'A column of the table; the rows need not bring it',
	},
	values(
		'recordsValues',
		'Values of the Records',
		{ show: { records: ['one-of'] } },
		'Compared as the database does',
	),
];

export interface StoredConditions {
	rows?: 'all' | RowCondition['is'];
	rowsColumn?: string;
	rowsValues?: string | string[];
	records?: 'all' | 'one-of';
	recordsColumn?: string;
	recordsValues?: string | string[];
}

/** @throws ImportError RUN_CONFIG where a column or the values are missing */
export function readRuleConditions(stored: StoredConditions): Pick<MatchRule, 'rows' | 'records'> {
	const { rows = 'all', rowsColumn = '', records = 'all', recordsColumn = '' } = stored;
	return {
		...(rows !== 'all' && {
			rows: {
				column: needed(rowsColumn, 'Column of the Rows'),
				is: rows,
				...(rows === 'one-of' && { values: valueList(stored.rowsValues, 'Values of the Rows') }),
			},
		}),
		...(records === 'one-of' && {
			records: {
				column: needed(recordsColumn, 'Column of the Records'),
				values: valueList(stored.recordsValues, 'Values of the Records'),
			},
		}),
	};
}

function needed(name: string, what: string): string {
	if (name.trim() !== '') return name.trim();
	throw new ImportError('RUN_CONFIG', `A match rule has a condition, and its ${what} is not set`, {
		hint: 'Choose the column, or set the condition to All.',
	});
}

/** Values that are set one by one; an expression may give a list or one value. */
export function valueList(stored: unknown, what: string): string[] {
	const list: unknown[] = Array.isArray(stored) ? stored : [stored ?? ''];
	const found = list.map((value) => String(value)).filter((value) => value !== '');
	if (found.length > 0) return found;
	throw new ImportError('RUN_CONFIG', `${what} are not set`, { hint: 'Add at least one value.' });
}
