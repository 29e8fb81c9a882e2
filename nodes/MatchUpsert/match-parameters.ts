import type { IExecuteFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import {
	exactRule,
	ImportError,
	type LoadRules,
	type MatchField,
	type MatchRule,
	type Normalizer,
	type WritePolicy,
} from '../../engine';
import { writePolicyOptions } from '../shared/write-policies';
import { readRuleConditions, ruleConditions, type StoredConditions } from './rule-conditions';
import {
	similarFields,
	similarityOf,
	similarProperties,
	type StoredSimilarRule,
} from './similar-parameters';

type Preset = 'custom' | 'email' | 'externalId' | 'name' | 'phone' | 'similar';

const columnList = (name: string, displayName: string, presets: Preset[]): INodeProperties => ({
	displayName,
	name,
	type: 'options',
	typeOptions: {
		loadOptionsMethod: 'getMatchColumns',
		loadOptionsDependsOn: ['table.value', 'database'],
	},
	default: '',
	displayOptions: { show: { preset: presets } },
	description:
		'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
});

/** How two values are compared, in the order of the list that a person sees. */
const comparisons: Array<INodePropertyOptions & { value: Normalizer }> = [
	{ name: 'As a Company', value: 'company', description: 'Without GmbH, Inc. and other forms.' },
	{ name: 'As a Phone Number', value: 'phone', description: 'However the number is written' },
	{ name: 'As an E-Mail Address', value: 'email', description: 'Without regard to case' },
	{ name: 'As Digits', value: 'digits', description: 'Everything else is left out' },
	{ name: 'As It Is', value: 'exact', description: 'As the database compares' },
	{ name: 'As Words', value: 'words', description: 'Without case, accents and punctuation' },
	{ name: 'Without Accents', value: 'accents', description: 'Nor case, nor blanks around' },
	{ name: 'Without Blanks Around', value: 'trim' },
	{ name: 'Without Case', value: 'case', description: 'Nor blanks around' },
	{ name: 'Without Leading Zeros', value: 'leading-zeros', description: 'Nor case' },
];

const several: INodeProperties = {
	displayName: 'If Several Records Fit',
	name: 'several',
	type: 'options',
	options: [
		{ name: 'Ask the Next Rule', value: 'next', description: 'If no other decides, the row fails' },
		{ name: 'Fail the Row', value: 'fail', description: 'A person has to decide' },
		{ name: 'Take the First', value: 'first', description: 'The one with the lowest key' },
		{ name: 'Update All of Them', value: 'all', description: 'One row, several records' },
	],
	default: 'fail',
	description: 'What to do with a row for which the rule finds more than one record',
};

export const matchProperties: INodeProperties[] = [
	{
		displayName: 'Match By',
		name: 'matchBy',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Columns', value: 'columns', description: 'Values that are the same in all of them' },
			{
				name: 'Rules',
				value: 'rules',
				description: 'Several ways to find a record, one after the other, and values written alike',
			},
		],
		default: 'columns',
		description: 'How the record of a row is found',
	},
	{
		// eslint-disable-next-line n8n-nodes-base/node-param-display-name-wrong-for-dynamic-multi-options -- people match on fields; nobody thinks of IDs here
		displayName: 'Match On',
		name: 'matchOn',
		type: 'multiOptions',
		typeOptions: {
			loadOptionsMethod: 'getMatchColumns',
			loadOptionsDependsOn: ['table.value', 'database'],
		},
		default: [],
		displayOptions: { show: { matchBy: ['columns'] } },
		description:
			'A row and a record that have the same values in these columns are the same. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Match Rules',
		name: 'matchRules',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Rule',
		default: {},
		displayOptions: { show: { matchBy: ['rules'] } },
		description:
			'The first rule that finds the record counts. A rule of which a column is empty says nothing about the row.',
		options: [
			{
				displayName: 'Rule',
				name: 'rule',
				values: [
					{
						displayName: 'Find By',
						name: 'preset',
						type: 'options',
						options: [
							{ name: 'E-Mail', value: 'email' },
							{ name: 'External ID', value: 'externalId' },
							{ name: 'Name and Company', value: 'name' },
							{ name: 'Other Columns', value: 'custom' },
							{ name: 'Phone', value: 'phone' },
							{
								name: 'Similar Records',
								value: 'similar',
								description:
									'Records that are nearly the same in several columns, such as misspelt names. Put it behind the rules for what is the same.',
							},
						],
						default: 'email',
						description: 'What the record is found by',
					},
					columnList('column', 'Column', ['email', 'externalId', 'phone']),
					columnList('firstName', 'First Name', ['name']),
					columnList('lastName', 'Last Name', ['name']),
					columnList('company', 'Company', ['name']),
					{
						displayName: 'Columns',
						name: 'columns',
						type: 'fixedCollection',
						typeOptions: { multipleValues: true },
						placeholder: 'Add Column',
						default: {},
						displayOptions: { show: { preset: ['custom'] } },
						description: 'All of them must be the same',
						options: [
							{
								displayName: 'Column',
								name: 'column',
								values: [
									{
										// eslint-disable-next-line n8n-nodes-base/node-param-display-name-wrong-for-dynamic-options -- people think of columns, not of IDs
										displayName: 'Column',
										name: 'name',
										type: 'options',
										typeOptions: { loadOptionsMethod: 'getMatchColumns' },
										default: '',
										description:
											'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
									},
									{
										displayName: 'Compare',
										name: 'compare',
										type: 'options',
										options: comparisons,
										default: 'exact',
										description: 'What counts as the same',
									},
								],
							},
						],
					},
					...similarProperties,
					{
						displayName: 'Country',
						name: 'country',
						type: 'string',
						default: '',
						placeholder: 'e.g. DE',
						displayOptions: { show: { preset: ['phone', 'custom', 'similar'] } },
						description:
							'Country of phone numbers without a country code, by its two letters. Without it such numbers are compared by their digits.',
					},
					several,
					...ruleConditions,
				],
			},
		],
	},
];

export const writePolicies: INodeProperties = {
	displayName: 'Write Policies',
	name: 'writePolicies',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Policy',
	default: {},
	description: 'When an update writes certain columns; all others follow Empty Cells',
	options: [
		{
			displayName: 'Policy',
			name: 'policy',
			values: [
				{
					// eslint-disable-next-line n8n-nodes-base/node-param-display-name-wrong-for-dynamic-multi-options -- people think of columns, not of IDs
					displayName: 'Columns',
					name: 'columns',
					type: 'multiOptions',
					typeOptions: { loadOptionsMethod: 'getMatchColumns' },
					default: [],
					description:
						'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
				},
				{
					displayName: 'Write',
					name: 'policy',
					type: 'options',
					options: writePolicyOptions.toSpliced(-1, 0, {
						name: 'Only With Other Changes',
						value: 'stamp',
						description: 'A difference in these columns alone does not write the record',
					}),
					default: 'target-empty',
					description: 'When an update writes the columns',
				},
				{
					displayName: 'Separator',
					name: 'separator',
					type: 'string',
					default: ';',
					displayOptions: { show: { policy: ['append', 'remove'] } },
					description:
						'What stands between the entries of the list, in the cell and in the record. JSON arrays and arrays need none.',
				},
			],
		},
	],
};

export const newerBy: INodeProperties = {
	// eslint-disable-next-line n8n-nodes-base/node-param-display-name-wrong-for-dynamic-options -- people think of columns, not of IDs
	displayName: 'Newer By',
	name: 'newerBy',
	type: 'options',
	typeOptions: { loadOptionsMethod: 'getMatchColumns' },
	default: '',
	description:
		'Column that says how new a row and a record are, such as the time of the last change. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

interface StoredRule extends StoredConditions, StoredSimilarRule {
	preset?: Preset;
	column?: string;
	firstName?: string;
	lastName?: string;
	company?: string;
	columns?: { column?: Array<{ name?: string; compare?: Normalizer }> };
	country?: string;
	several?: MatchRule['several'];
}

interface StoredPolicies {
	policy?: Array<{ columns?: string[]; policy?: WritePolicy; separator?: string }>;
}

/** The rules that the node's parameters set. @throws ImportError RUN_CONFIG */
export function readMatchRules(context: IExecuteFunctions, itemIndex: number): MatchRule[] {
	const matchBy = context.getNodeParameter('matchBy', itemIndex, 'columns');
	if (matchBy !== 'rules') {
		const columns = context.getNodeParameter('matchOn', itemIndex, []) as string[];
		return columns.length === 0 ? [] : [exactRule(...columns)];
	}
	const stored = context.getNodeParameter('matchRules', itemIndex, {}) as { rule?: StoredRule[] };
	const rules = stored.rule ?? [];
	if (rules.length === 0) {
		throw new ImportError('RUN_CONFIG', 'No match rule is set', {
			hint: 'Add a rule under Match Rules, or match by columns.',
		});
	}
	return rules.map(readRule);
}

function readRule({ several: severalHits, ...stored }: StoredRule, index: number): MatchRule {
	const [name, fields] = fieldsOf(stored);
	const missing = fields.length === 0 || fields.some(({ column }) => column.trim() === '');
	if (missing) {
		throw new ImportError('RUN_CONFIG', `Match rule ${index + 1} (${name}) has no column`, {
			hint: 'Choose the column for it, or remove the rule.',
		});
	}
	return {
		name: name === CUSTOM ? fields.map(({ column }) => column).join(' + ') : name,
		fields,
		several: severalHits ?? 'fail',
		...readRuleConditions(stored),
		...(stored.preset === 'similar' && { similarity: similarityOf(stored) }),
	};
}

const CUSTOM = 'Other Columns';

function fieldsOf(stored: StoredRule): [string, MatchField[]] {
	const { column = '', firstName = '', lastName = '', company = '', country = '' } = stored;
	const region = country.trim() === '' ? undefined : country.trim().toUpperCase();
	switch (stored.preset ?? 'email') {
		case 'email':
			return ['E-Mail', [{ column, normalizer: 'email' }]];
		case 'phone':
			return ['Phone', [{ column, normalizer: 'phone', country: region }]];
		case 'externalId':
			return ['External ID', [{ column, normalizer: 'trim' }]];
		case 'name':
			return [
				'Name and Company',
				[
					{ column: firstName, normalizer: 'words' },
					{ column: lastName, normalizer: 'words' },
					{ column: company, normalizer: 'company' },
				],
			];
		case 'similar':
			return ['Similar Records', similarFields(stored, region)];
		case 'custom':
			return [
				CUSTOM,
				(stored.columns?.column ?? []).map(({ name = '', compare = 'exact' }) => ({
					column: name,
					normalizer: compare,
					country: region,
				})),
			];
	}
}

/** Separators of lists by column, where they are set. */
export function readSeparators(stored: unknown): LoadRules['separators'] {
	const entries = (stored as StoredPolicies | undefined)?.policy ?? [];
	const separators = entries.flatMap(({ columns = [], policy, separator }) =>
		separator === undefined || (policy !== 'append' && policy !== 'remove')
			? []
			: columns.map((column) => [column, separator] as const),
	);
	return separators.length === 0 ? undefined : Object.fromEntries(separators);
}

export function readWritePolicies(stored: unknown): LoadRules['policies'] {
	const entries = (stored as StoredPolicies | undefined)?.policy ?? [];
	const policies = entries.flatMap(({ columns = [], policy = 'target-empty' }) =>
		columns.map((column) => [column, policy] as const),
	);
	return policies.length === 0 ? undefined : Object.fromEntries(policies);
}
