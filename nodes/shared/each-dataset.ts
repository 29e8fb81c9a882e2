import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { appendOutputs } from './dataset-output';
import { closeAll, inputDatasets, type InputDataset } from './input-datasets';

/** Works on each dataset that reached the node, one after the other, and puts what they give on the three outputs. */
export async function eachDataset(
	context: IExecuteFunctions,
	work: (context: IExecuteFunctions, input: InputDataset) => Promise<INodeExecutionData[][]>,
): Promise<INodeExecutionData[][]> {
	const inputs = await inputDatasets(context);
	try {
		const outputs: INodeExecutionData[][] = [[], [], []];
		for (const input of inputs) appendOutputs(outputs, await work(context, input));
		return outputs;
	} finally {
		await closeAll(inputs);
	}
}
