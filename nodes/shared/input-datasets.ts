import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { close, ImportError, type Dataset } from '../../engine';
import { openFiles, type DatasetFiles } from './dataset-files';
import { fromDatasetItem, isDatasetItem } from './dataset-item';
import { rowsFromItems, type Origin } from './row-items';

/** A dataset that reached the node, and how it came. */
export interface InputDataset {
	dataset: Dataset;
	/** Index of its (first) item. */
	itemIndex: number;
	origin: Origin;
	/** The files behind it, to be passed on by reference. */
	files: DatasetFiles;
	/** What is set for the record group that it is, to be passed on as well. */
	group?: IDataObject;
}

/** Whether rows came as a Dataset or as items; what a node gives when Output is "Same as Input". */
export const cameAsItems = ({ origin }: InputDataset): boolean => origin === 'row by row';

/**
 * What reached the node: each Dataset item is a dataset of its own, all ordinary items together are one more.
 *
 * @throws ImportError RUN_CONFIG
 */
export async function inputDatasets(context: IExecuteFunctions): Promise<InputDataset[]> {
	return await datasetsOf(context, context.getInputData());
}

/** The datasets in some items. @throws ImportError RUN_CONFIG */
export async function datasetsOf(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
): Promise<InputDataset[]> {
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
		return [{ dataset: rowsFromItems(items), itemIndex: 0, origin: 'row by row', files: {} }];
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
	const opened = await openFiles(context, item, fromDatasetItem(item));
	const { group } = item.json;
	const carried = isRecord(group) ? { group } : {};
	return { ...opened, itemIndex, origin: { item: itemIndex }, ...carried };
}

const isRecord = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
