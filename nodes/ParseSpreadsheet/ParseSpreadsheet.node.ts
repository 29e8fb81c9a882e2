import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { close, describe, openFile, profile, type Dataset } from '../../engine';
import { binaryBytes, binaryData } from '../shared/binary-bytes';
import {
	appendOutputs,
	datasetOutputs,
	preparingOutputs,
	type OutputMode,
} from '../shared/dataset-output';
import type { InputDataset } from '../shared/input-datasets';
import { asNodeError } from '../shared/node-error';
import { profileView, showDecisions, typeEvidence } from './decision-hints';
import { parseProperties, readParseOptions } from './parse-parameters';

export class ParseSpreadsheet implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Data Import: Parse Spreadsheet',
		name: 'parseSpreadsheet',
		icon: { light: 'file:parseSpreadsheet.svg', dark: 'file:parseSpreadsheet.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["format"] === "auto" ? "any format" : $parameter["format"] }}',
		description: 'Read a CSV, Excel, OpenDocument, JSON or XML file and say how it was read',
		defaults: { name: 'Parse Spreadsheet' },
		inputs: ['main'],
		outputs: preparingOutputs,
		properties: parseProperties,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const outputs: INodeExecutionData[][] = [[], [], []];
		for (let itemIndex = 0; itemIndex < this.getInputData().length; itemIndex++) {
			try {
				appendOutputs(outputs, await parseItem(this, itemIndex));
			} catch (error) {
				const nodeError = asNodeError(this.getNode(), error, itemIndex);
				if (!this.continueOnFail()) throw nodeError;
				outputs[2]?.push(rejectedFile(nodeError, itemIndex));
			}
		}
		return outputs;
	}
}

async function parseItem(context: IExecuteFunctions, itemIndex: number) {
	const property = context.getNodeParameter('binaryProperty', itemIndex, 'data');
	const mode = context.getNodeParameter('output', itemIndex) as OutputMode;
	const { reading, output, profile: isProfiled } = readParseOptions(context, itemIndex);
	const data = binaryData(context, itemIndex, property);
	const bytes = await binaryBytes(context, data);
	let dataset: Dataset | undefined;
	try {
		dataset = await openFile(bytes, { fileName: data.fileName, ...reading });
		const input: InputDataset = {
			dataset,
			itemIndex,
			origin: { item: itemIndex },
			files: { binary: { property, data } },
		};
		const description = await describe(dataset);
		showDecisions(context, description);
		const more: IDataObject = { types: typeEvidence(description.columns) };
		if (isProfiled) {
			const signal = context.getExecutionCancelSignal();
			more.profile = profileView(await profile(dataset, { signal }));
		}
		return await datasetOutputs(context, input, dataset, { mode, options: output, more });
	} finally {
		await (dataset === undefined ? bytes.close() : close(dataset));
	}
}

/** A file that cannot be read at all, on the Rejected output, where the workflow goes on after errors. */
function rejectedFile(error: Error, itemIndex: number): INodeExecutionData {
	const { context } = error as Error & { context?: IDataObject };
	return {
		json: { code: context?.code ?? null, message: error.message },
		pairedItem: { item: itemIndex },
	};
}
