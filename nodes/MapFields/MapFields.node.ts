import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { addStep, columnsOf, head, mappingReport, type MappingLine } from '../../engine';
import { databaseCredentials, searchTables } from '../shared/database-target';
import { datasetOutputs, preparingOutputs, type OutputMode } from '../shared/dataset-output';
import { eachDataset } from '../shared/each-dataset';
import type { InputDataset } from '../shared/input-datasets';
import { withNodeErrors } from '../shared/node-error';
import { planMapping } from './field-mapping';
import { getFieldNames, getMappingFields } from './mapping-lists';
import { mapProperties, readMapOptions } from './map-parameters';

const fromTable = { fieldsFrom: ['table'] };

export class MapFields implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Data Import: Map Fields',
		name: 'mapFields',
		icon: { light: 'file:mapFields.svg', dark: 'file:mapFields.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["mapping"] === "table" ? "by table" : "automatic" }}',
		description: 'Map the columns of a file to the fields that the target wants, with their types',
		defaults: { name: 'Map Fields' },
		inputs: ['main'],
		outputs: preparingOutputs,
		credentials: databaseCredentials(fromTable),
		parameterPane: 'wide',
		properties: mapProperties,
	};

	methods = {
		listSearch: { searchTables },
		loadOptions: { getFieldNames },
		resourceMapping: { getMappingFields },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await withNodeErrors(this, () => eachDataset(this, mapDataset));
	}
}

async function mapDataset(context: IExecuteFunctions, input: InputDataset) {
	const { itemIndex } = input;
	const mode = context.getNodeParameter('output', itemIndex) as OutputMode;
	const { unmapped, output } = readMapOptions(context, itemIndex);
	const columns = columnsOf(input.dataset);
	const { fields, used, matches } = await planMapping(context, columns, itemIndex);
	const dataset = addStep(input.dataset, {
		kind: 'map',
		version: 1,
		options: JSON.parse(JSON.stringify({ fields: used, unmapped })) as IDataObject,
	});
	columnsOf(dataset);
	const { rows } = await head(input.dataset, 3);
	const report = mappingReport(
		columns,
		fields,
		matches,
		rows.map(({ cells }) => cells),
	);
	showReport(context, report);
	return await datasetOutputs(context, input, dataset, {
		mode,
		options: output,
		more: { mapping: report as unknown as IDataObject[] },
	});
}

/** Says above the output what was mapped and what was not. */
function showReport(context: IExecuteFunctions, report: readonly MappingLine[]): void {
	const mapped = report.filter(({ column, field }) => column !== null && field !== null);
	const left = report.filter(({ column, field }) => column !== null && field === null);
	const pairs = mapped.map(({ column, field }) => `${column ?? ''} → ${field ?? ''}`).join(', ');
	context.addExecutionHints({
		message: `${mapped.length} columns mapped: ${pairs}.`,
		type: 'info',
		location: 'outputPane',
	});
	if (left.length === 0) return;
	const names = left.map(({ column }) => column ?? '').join(', ');
	context.addExecutionHints({
		message: `${left.length} columns are not mapped: ${names}.`,
		type: 'warning',
		location: 'outputPane',
	});
}
