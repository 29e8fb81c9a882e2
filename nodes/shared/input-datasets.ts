import type { IBinaryData, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { close, ImportError, type Dataset } from '../../engine';
import { binaryBytes, binaryData } from './binary-bytes';
import { fromDatasetItem, isDatasetItem } from './dataset-item';
import { rowsFromItems, type Origin } from './row-items';

/** A dataset that reached the node, and how it came. */
export interface InputDataset {
	dataset: Dataset;
	/** Index of its (first) item. */
	itemIndex: number;
	origin: Origin;
	/** The file behind it, to be passed on by reference. */
	binary?: { property: string; data: IBinaryData };
}

/** Whether rows came as a Dataset or as items; what a node gives when Output is "Same as Input". */
export const cameAsItems = ({ origin }: InputDataset): boolean => origin === 'row by row';

/**
 * What reached the node: each Dataset item is a dataset of its own, all ordinary items together are one more.
 *
 * @throws ImportError RUN_CONFIG
 */
export async function inputDatasets(context: IExecuteFunctions): Promise<InputDataset[]> {
	const items = context.getInputData();
	const inputs: InputDataset[] = [];
	try {
		for (const [itemIndex, item] of items.entries()) {
			if (isDatasetItem(item)) inputs.push(await openItem(context, item, itemIndex));
		}
	} catch (error) {
		await closeAll(inputs);
		throw error;
	}
	if (inputs.length === 0) {
		return [{ dataset: rowsFromItems(items), itemIndex: 0, origin: 'row by row' }];
	}
	if (inputs.length < items.length) {
		await closeAll(inputs);
		throw new ImportError('RUN_CONFIG', 'Dataset items and ordinary items came together', {
			hint: 'Connect the Data output of one node only: either a Dataset or rows.',
		});
	}
	return inputs;
}

export async function closeAll(inputs: readonly InputDataset[]): Promise<void> {
	for (const { dataset } of inputs) await close(dataset);
}

async function openItem(
	context: IExecuteFunctions,
	item: INodeExecutionData,
	itemIndex: number,
): Promise<InputDataset> {
	const { dataset, binary: property } = fromDatasetItem(item);
	const origin = { item: itemIndex };
	if (property === undefined) return { dataset, itemIndex, origin };
	const data = binaryData(context, itemIndex, property);
	const bytes = await binaryBytes(context, data);
	return { dataset: { ...dataset, bytes }, itemIndex, origin, binary: { property, data } };
}
