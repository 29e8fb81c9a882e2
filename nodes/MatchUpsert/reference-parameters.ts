import type { INodeProperties } from 'n8n-workflow';
import type { NamedReference } from '../../engine';
import {
	readReference,
	referenceParameters,
	type StoredReference,
} from '../shared/reference-parameters';

export const referencesParameter: INodeProperties = {
	displayName: 'References',
	name: 'references',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Reference',
	default: {},
	description:
		'Columns that say which record of another table is meant, such as the name of a company whose ID is to be written',
	options: [
		{
			displayName: 'Reference',
			name: 'reference',
			values: [
				{
					// eslint-disable-next-line n8n-nodes-base/node-param-display-name-wrong-for-dynamic-options -- people think of columns, not of IDs
					displayName: 'Column',
					name: 'column',
					type: 'options',
					typeOptions: { loadOptionsMethod: 'getMatchColumns' },
					default: '',
					description:
						'Column that the value of the other record is written to. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
				},
				...referenceParameters,
			],
		},
	],
};

export interface StoredReferences {
	reference?: Array<StoredReference & { column?: string }>;
}

/** @throws ImportError RUN_CONFIG when one is not complete */
export const readReferences = ({ reference = [] }: StoredReferences = {}): NamedReference[] =>
	reference.map(({ column = '', ...stored }) => ({ column, ...readReference(stored, column) }));
