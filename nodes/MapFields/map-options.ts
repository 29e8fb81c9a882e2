import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Unmapped } from '../../engine';
import {
	itemLimitOption,
	previewOption,
	previewRowsOption,
	type OutputOptions,
} from '../shared/dataset-output';
import { saveOptions } from './template-parameters';

export const mapOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Columns to Skip',
			name: 'skipColumns',
			type: 'multiOptions',
			typeOptions: { loadOptionsMethod: 'getIncomingColumns' },
			default: [],
			description:
				'Columns that are left out on purpose, whatever they are called. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
		itemLimitOption,
		{
			displayName: 'Least Confidence',
			name: 'leastConfidence',
			type: 'number',
			typeOptions: { minValue: 70, maxValue: 100 },
			default: 70,
			description:
				'How sure an automatic match must be, in percent. Columns below it stay unmapped and are listed.',
		},
		previewOption,
		previewRowsOption,
		...saveOptions,
		{
			displayName: 'Unmapped Columns',
			name: 'unmapped',
			type: 'options',
			options: [
				{ name: 'Keep', value: 'keep', description: 'They follow the fields, unchanged' },
				{ name: 'Skip', value: 'skip', description: 'They are left out' },
				{ name: 'Stop', value: 'error', description: 'The run ends before a row is read' },
			],
			default: 'skip',
			description: 'What becomes of columns that no field takes',
		},
	].sort((a, b) => a.displayName.localeCompare(b.displayName)) as INodeProperties[],
};

/** The options of the node, apart from those of its outputs. */
export interface MapOptions {
	unmapped: Unmapped;
	/** 0 to 1. */
	leastConfidence: number;
	skipColumns: string[];
	/** Name of the template to save; empty for none. */
	saveAs: string;
	saveContract: boolean;
}

export function readMapOptions(
	context: IExecuteFunctions,
	itemIndex: number,
): MapOptions & { output: OutputOptions } {
	const {
		unmapped = 'skip',
		leastConfidence = 0,
		skipColumns = [],
		saveAs = '',
		saveContract = false,
		...output
	} = context.getNodeParameter('options', itemIndex, {}) as Partial<MapOptions> & OutputOptions;
	const least = leastConfidence / 100;
	return {
		unmapped,
		leastConfidence: least,
		skipColumns,
		saveAs: saveAs.trim(),
		saveContract,
		output,
	};
}
