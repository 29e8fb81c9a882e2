import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { addStep, columnsOf } from '../../engine';
import { datasetOutputs, preparingOutputs, type OutputMode } from '../shared/dataset-output';
import { eachDataset } from '../shared/each-dataset';
import type { InputDataset } from '../shared/input-datasets';
import { withNodeErrors } from '../shared/node-error';
import { getColumns } from './column-list';
import { readOutputOptions, readSteps, transformProperties } from './transform-parameters';

export class Transform implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Data Import: Transform',
		name: 'transform',
		icon: { light: 'file:transform.svg', dark: 'file:transform.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ ($parameter["operations"]?.operation ?? []).map(o => o.operation).slice(0, 3).join(", ") }}',
		description: 'Clean and reshape rows, operation by operation, before they are mapped or after',
		defaults: { name: 'Transform' },
		inputs: ['main'],
		outputs: preparingOutputs,
		parameterPane: 'wide',
		properties: transformProperties,
	};

	methods = { loadOptions: { getColumns } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await withNodeErrors(this, () => eachDataset(this, transformDataset));
	}
}

async function transformDataset(context: IExecuteFunctions, input: InputDataset) {
	const { itemIndex } = input;
	const mode = context.getNodeParameter('output', itemIndex) as OutputMode;
	const options = readOutputOptions(context, itemIndex);
	const dataset = readSteps(context, itemIndex).reduce(addStep, input.dataset);
	columnsOf(dataset);
	return await datasetOutputs(context, input, dataset, { mode, options });
}
