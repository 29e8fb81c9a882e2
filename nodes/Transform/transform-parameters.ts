import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { ImportError, operations as allOperations, type Step } from '../../engine';
import {
	itemLimitOption,
	outputParameter,
	previewRowsOption,
	type OutputOptions,
} from '../shared/dataset-output';
import { incomingColumnsParameter } from '../shared/incoming-columns';
import { operationChoice, operationOptions, operationParameters } from './operation-parameters';

const operations = allOperations.map(({ description }) => description);

export const transformProperties: INodeProperties[] = [
	{
		displayName: 'Operations',
		name: 'operations',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Operation',
		default: {},
		description: 'What is done to the rows, from top to bottom',
		options: [
			{
				displayName: 'Operation',
				name: 'operation',
				values: [operationChoice(operations), ...operationParameters(operations)],
			},
		],
	},
	outputParameter(true),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [itemLimitOption, previewRowsOption],
	},
	incomingColumnsParameter,
];

export function readOutputOptions(context: IExecuteFunctions, itemIndex: number): OutputOptions {
	return context.getNodeParameter('options', itemIndex, {});
}

/** The operations as steps of the engine, in their order. @throws ImportError RUN_CONFIG */
export function readSteps(context: IExecuteFunctions, itemIndex: number): Step[] {
	const { operation: stored = [] } = context.getNodeParameter('operations', itemIndex, {}) as {
		operation?: Array<Record<string, unknown> & { operation: string }>;
	};
	return stored.map((entry) => {
		const description = operations.find(({ kind }) => kind === entry.operation);
		if (description === undefined) {
			throw new ImportError('RUN_CONFIG', `There is no operation "${entry.operation}"`);
		}
		return { kind: description.kind, version: 1, options: operationOptions(description, entry) };
	});
}
