import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { addStep, columnsOf } from '../../engine';
import {
	datasetOutputs,
	givesItems,
	preparingOutputs,
	type OutputMode,
} from '../shared/dataset-output';
import { eachDataset } from '../shared/each-dataset';
import type { InputDataset } from '../shared/input-datasets';
import { withNodeErrors } from '../shared/node-error';
import { getColumns } from './column-list';
import { LookupInput } from './lookup-input';
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
		inputs: [
			{ type: 'main', displayName: 'Data' },
			{ type: 'main', displayName: 'Lookup' },
		],
		requiredInputs: [0],
		outputs: preparingOutputs,
		parameterPane: 'wide',
		properties: transformProperties,
	};

	methods = { loadOptions: { getColumns } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await withNodeErrors(this, async () => {
			const lookup = new LookupInput(this);
			try {
				return await eachDataset(this, (context, input) =>
					transformDataset(context, input, lookup),
				);
			} finally {
				await lookup.close();
			}
		});
	}
}

async function transformDataset(
	context: IExecuteFunctions,
	input: InputDataset,
	lookup: LookupInput,
) {
	const { itemIndex } = input;
	const mode = context.getNodeParameter('output', itemIndex) as OutputMode;
	const options = readOutputOptions(context, itemIndex);
	const chosen = readSteps(context, itemIndex);
	const needsTable = chosen.some(({ tableParameter }) => tableParameter !== undefined);
	const travels = !givesItems(mode, input);
	const { name, ...attached } = needsTable
		? await lookup.attachTo(input, travels)
		: { ...input, name: '' };
	const steps = chosen.map(({ step, tableParameter }) =>
		tableParameter === undefined
			? step
			: { ...step, options: { ...step.options, [tableParameter]: { attachment: name } } },
	);
	const dataset = steps.reduce(addStep, attached.dataset);
	columnsOf(dataset);
	return await datasetOutputs(context, attached, dataset, { mode, options });
}
