import type { INodeProperties } from 'n8n-workflow';
import { recordTypes } from '../../engine';
import { defaultSetting, requiredSetting, typeSetting } from './field-settings';

export const recordTypeParameter: INodeProperties = {
	displayName: 'Record Type',
	name: 'recordType',
	type: 'options',
	noDataExpression: true,
	options: recordTypes
		.map(({ name, label }) => ({ name: label, value: name }))
		.sort((a, b) => a.name.localeCompare(b.name)),
	default: 'contact',
	description: 'What kind of records the file holds',
	displayOptions: { show: { fieldsFrom: ['recordType'] } },
};

export const listedFieldsParameter: INodeProperties = {
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
				typeSetting,
				{ ...requiredSetting, default: false },
				defaultSetting,
			],
		},
	],
};
