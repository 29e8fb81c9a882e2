import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { FieldKind, MatchField, RuleSimilarity } from '../../engine';

/** What a column holds, in the order of the list that a person sees; `auto` is told from the values. */
const kinds: Array<INodePropertyOptions & { value: 'auto' | FieldKind }> = [
	{ name: 'Address', value: 'address', description: 'Street, or street and place' },
	{ name: 'Code', value: 'code', description: 'Postal code, article number or another ID' },
	{ name: 'Company', value: 'company' },
	{ name: 'Date', value: 'date' },
	{ name: 'E-Mail', value: 'email' },
	{ name: 'First Name', value: 'first-name' },
	{ name: 'Last Name', value: 'last-name' },
	{ name: 'Name', value: 'name', description: 'First and last name together' },
	{ name: 'Number', value: 'number' },
	{ name: 'Phone', value: 'phone' },
	{ name: 'Tell From the Values', value: 'auto', description: 'By the type and what is in it' },
	{ name: 'Text', value: 'text', description: 'Words, of which rare ones count more' },
];

const isSimilar = { show: { preset: ['similar'] } };

const percent = (
	name: string,
	displayName: string,
	value: number,
	description: string,
): INodeProperties => ({
	displayName,
	name,
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 100 },
	default: value,
	description,
});

/** What a rule asks for by which records need only be alike. */
export const similarProperties: INodeProperties[] = [
	{
		displayName: 'Columns to Compare',
		name: 'similarColumns',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Column',
		default: {},
		displayOptions: isSimilar,
		description:
			'Values may be misspelt, written in another way or missing. The more columns are alike, and the rarer their values, the surer it is that row and record are the same.',
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
						displayName: 'Holds',
						name: 'kind',
						type: 'options',
						options: kinds,
						default: 'auto',
						description: 'What the values are, which says how they are compared',
					},
					{
						displayName: 'Weight',
						name: 'weight',
						type: 'number',
						typeOptions: { minValue: 0, maxValue: 10, numberPrecision: 2 },
						default: 1,
						description:
							'How much the column counts: 1 is what the values themselves say, 2 counts it twice',
					},
				],
			},
		],
	},
	{
		displayName: 'If Similar Records Are Found',
		name: 'found',
		type: 'options',
		options: [
			{
				name: 'Propose',
				value: 'propose',
				description:
					'The row is not written. It comes out of Failed with the records that it may be, for a person to choose.',
			},
			{
				name: 'Take the Best',
				value: 'take',
				description:
					'The row belongs to the record that is most alike, if that is clear; else it is proposed',
			},
		],
		default: 'propose',
		displayOptions: isSimilar,
		description: 'What to do with a row that is like records of the table',
	},
	{
		...percent(
			'threshold',
			'Taken From (Percent)',
			70,
			'How alike row and record must be for the record to be taken. 70 suits most lists; 90 takes fewer, and hardly ever a wrong one.',
		),
		displayOptions: { show: { preset: ['similar'], found: ['take'] } },
	},
	{
		...percent(
			'possible',
			'Proposed From (Percent)',
			10,
			'Records that are less alike than this count as different: then the row matches none',
		),
		displayOptions: isSimilar,
	},
];

export interface StoredSimilarRule {
	similarColumns?: {
		column?: Array<{ name?: string; kind?: 'auto' | FieldKind; weight?: number }>;
	};
	found?: RuleSimilarity['found'];
	threshold?: number;
	possible?: number;
}

/** @param country that of phone numbers without a country code */
export const similarFields = (
	{ similarColumns }: StoredSimilarRule,
	country: string | undefined,
): MatchField[] =>
	(similarColumns?.column ?? []).map(({ name = '', kind = 'auto', weight = 1 }) => ({
		column: name,
		...(kind !== 'auto' && { kind }),
		weight,
		country,
	}));

export function similarityOf({
	found = 'propose',
	threshold = 70,
	possible = 10,
}: StoredSimilarRule): RuleSimilarity {
	if (found === 'take') return { found, threshold: threshold / 100, possible: possible / 100 };
	// no record is taken, so that only the other limit counts
	return { found, threshold: 1, possible: possible / 100 };
}
