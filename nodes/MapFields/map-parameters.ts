import type { INodeProperties, NodeParameterValue } from 'n8n-workflow';
import { databaseParameter, databaseUses, tableParameters } from '../shared/database-target';
import { outputParameter } from '../shared/dataset-output';
import { credentialFlags, eitherCredential } from '../shared/either-credential';
import { incomingColumnsParameter } from '../shared/incoming-columns';
import { ruleSettings } from './field-settings';
import { groupsFrom, groupsUseDatabase, recordGroups, recordsPerRow } from './group-parameters';
import { mapOptions } from './map-options';
import { listedFieldsParameter, recordTypeParameter } from './target-parameters';
import {
	driftParameter,
	taskParameter,
	templateOperationParameters,
	templateOperations,
	templateParameter,
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

/** The same parameter, shown where all of this is chosen as well. */
function shownFor(
	show: Record<string, NodeParameterValue[]>,
	property: INodeProperties,
): INodeProperties {
	const all = { ...property.displayOptions?.show, ...show };
	return { ...property, displayOptions: { ...property.displayOptions, show: all } };
}

const forMapping = (property: INodeProperties) => shownFor({ task: ['map'] }, property);

const one = { task: ['map'], recordsPerRow: ['one'] };
const several = { task: ['map'], recordsPerRow: ['several'] };

const listedGroups = { ...several, groupsFrom: ['list'] };

const forOne = (property: INodeProperties) => shownFor(one, property);

const forListedGroups = (property: INodeProperties) => shownFor(listedGroups, property);

/** Where a database is needed: for the fields of the one record, or of groups. */
const fromTable = { ...one, fieldsFrom: ['table'] };
const groupsFromTables = { ...listedGroups, useDatabase: [true] };

/** When the node works with templates alone, maps by one, or may save one. */
const onTemplates = { task: [...templateOperations] };
const byTemplate = { ...one, fieldsFrom: ['template'] };
const groupsByTemplate = { ...several, groupsFrom: ['template'] };
const otherwise = [{ ...one, fieldsFrom: ['list', 'recordType', 'table'] }, listedGroups];

const uses = {
	operation: templateUses(onTemplates),
	template: templateUses(byTemplate),
	groupsTemplate: templateUses(groupsByTemplate),
	fields: databaseUses(fromTable),
	groups: databaseUses(groupsFromTables),
	saving: otherwise.flatMap(templateUses),
};

export const mapCredentials = eitherCredential([
	...uses.fields,
	...uses.groups,
	...uses.operation,
	...uses.template,
	...uses.groupsTemplate,
	...uses.saving,
]);

export const mapProperties: INodeProperties[] = [
	taskParameter,
	...templatePlace(onTemplates),
	...credentialFlags(uses.operation),
	...templateOperationParameters,
	forMapping(recordsPerRow),
	forOne(fieldsFrom),
	...templatePlace(byTemplate),
	...credentialFlags(uses.template),
	templateParameter(byTemplate),
	forOne(recordTypeParameter),
	databaseParameter(fromTable),
	...credentialFlags(uses.fields),
	...tableParameters(fromTable),
	forOne(listedFieldsParameter),
	forOne(mapping),
	forOne(columns),
	forOne(rules),
	shownFor(byTemplate, driftParameter),
	shownFor(several, groupsFrom),
	...templatePlace(groupsByTemplate),
	...credentialFlags(uses.groupsTemplate),
	templateParameter(groupsByTemplate),
	shownFor(groupsByTemplate, driftParameter),
	forListedGroups(groupsUseDatabase),
	databaseParameter(groupsFromTables),
	...credentialFlags(uses.groups),
	forListedGroups(recordGroups),
	...credentialFlags(uses.saving),
	forMapping(outputParameter(true)),
	forMapping(mapOptions),
	// where the mapping is saved to matters to few: it stands at the end
	...otherwise.flatMap(templatePlace),
	incomingColumnsParameter,
];
