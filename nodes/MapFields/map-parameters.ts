import type { INodeProperties } from 'n8n-workflow';
import { recordTypes } from '../../engine';
import { databaseParameter, databaseUses, tableParameters } from '../shared/database-target';
import { outputParameter } from '../shared/dataset-output';
import { credentialFlags, eitherCredential } from '../shared/either-credential';
import { incomingColumnsParameter } from '../shared/incoming-columns';
import { defaultSetting, requiredSetting, ruleSettings, typeSetting } from './field-settings';
import { mapOptions } from './map-options';
import {
	driftParameter,
	taskParameter,
	templateChoice,
	templateOperationParameters,
	templateOperations,
} from './template-parameters';
import { templatePlace, templateUses } from './template-place';

const fieldsFrom: INodeProperties = {
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
			name: 'Record Type',
			value: 'recordType',
			description: 'The fields that records of a kind usually have, such as contacts or orders',
		},
		{
			name: 'Table',
			value: 'table',
			description: 'The fields are the columns of a database table',
		},
		{
			name: 'Template',
			value: 'template',
			description: 'The fields, their rules and their columns were saved before',
		},
	],
	default: 'table',
	description: 'Where the fields are defined that the columns are mapped to',
};

const recordType: INodeProperties = {
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

const fields: INodeProperties = {
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

const mapping: INodeProperties = {
	displayName: 'Mapping',
	name: 'mapping',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Automatic',
			value: 'automatic',
			description:
				'Each time by the names of the columns and what they hold, or as the template says',
		},
		{
			name: 'By Table',
			value: 'table',
			description: 'Choose the column of each field; what fits by name is chosen already',
		},
	],
	default: 'automatic',
	description: 'How columns find their fields',
};

const columns: INodeProperties = {
	displayName: 'Columns',
	name: 'columns',
	type: 'resourceMapper',
	noDataExpression: true,
	default: { mappingMode: 'defineBelow', value: null },
	required: true,
	typeOptions: {
		loadOptionsDependsOn: [
			'table.value',
			'dataTable',
			'fieldsFrom',
			'database',
			'recordType',
			'template.value',
		],
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
};

const rules: INodeProperties = {
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
					options: ruleSettings,
				},
			],
		},
	],
};

/** The same parameter, shown for the task Map only. */
function forMapping(property: INodeProperties): INodeProperties {
	const show = { ...property.displayOptions?.show, task: ['map'] };
	return { ...property, displayOptions: { ...property.displayOptions, show } };
}

/** When the node works with templates alone, maps by one, or may save one. */
const onTemplates = { task: [...templateOperations] };
const byTemplate = { task: ['map'], fieldsFrom: ['template'] };
const otherwise = { task: ['map'], fieldsFrom: ['list', 'recordType', 'table'] };

const uses = {
	operation: templateUses(onTemplates),
	template: templateUses(byTemplate),
	fields: [...databaseUses({ task: ['map'], fieldsFrom: ['table'] }), ...templateUses(otherwise)],
};

export const mapCredentials = eitherCredential([
	...uses.fields,
	...uses.operation,
	...uses.template,
]);

export const mapProperties: INodeProperties[] = [
	taskParameter,
	...templatePlace(onTemplates),
	...credentialFlags(uses.operation),
	...templateOperationParameters,
	forMapping(fieldsFrom),
	...templatePlace(byTemplate),
	...credentialFlags(uses.template),
	templateChoice,
	forMapping(recordType),
	forMapping(databaseParameter({ fieldsFrom: ['table'] })),
	...credentialFlags(uses.fields),
	...tableParameters({ fieldsFrom: ['table'] }).map(forMapping),
	forMapping(fields),
	forMapping(mapping),
	forMapping(columns),
	forMapping(rules),
	driftParameter,
	forMapping(outputParameter(true)),
	forMapping(mapOptions),
	// where the mapping is saved to matters to few: it stands at the end
	...templatePlace(otherwise),
	incomingColumnsParameter,
];
