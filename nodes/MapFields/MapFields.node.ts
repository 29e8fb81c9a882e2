import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { searchTables } from '../shared/database-target';
import { preparingOutputs } from '../shared/dataset-output';
import { eachDataset } from '../shared/each-dataset';
import { withNodeErrors } from '../shared/node-error';
import { mapDataset } from './map-dataset';
import { mapGroups } from './map-groups';
import { getFieldNames, getIncomingColumns, getMappingFields } from './mapping-lists';
import { mapCredentials, mapProperties } from './map-parameters';
import { runTemplateOperation, searchTemplates } from './saved-templates';
import { templateOperations } from './template-parameters';

export class MapFields implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Data Import: Map Fields',
		name: 'mapFields',
		icon: { light: 'file:mapFields.svg', dark: 'file:mapFields.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ ($parameter["task"] || "map") !== "map" ? $parameter["task"].replace("Template", " template") : $parameter["recordsPerRow"] === "several" ? "several records per row" : $parameter["mapping"] === "table" ? "by table" : $parameter["fieldsFrom"] === "template" ? "by template" : "automatic" }}',
		description: 'Map the columns of a file to the fields that the target wants, with their types',
		defaults: { name: 'Map Fields' },
		inputs: ['main'],
		outputs: preparingOutputs,
		credentials: mapCredentials,
		parameterPane: 'wide',
		properties: mapProperties,
	};

	methods = {
		listSearch: { searchTables, searchTemplates },
		loadOptions: { getFieldNames, getIncomingColumns },
		resourceMapping: { getMappingFields },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const chosen: unknown = this.getNodeParameter('task', 0, 'map');
		const task = templateOperations.find((candidate) => candidate === chosen);
		const map = this.getNodeParameter('recordsPerRow', 0, 'one') === 'one' ? mapDataset : mapGroups;
		return await withNodeErrors(this, () =>
			task === undefined ? eachDataset(this, map) : runTemplateOperation(this, task),
		);
	}
}
