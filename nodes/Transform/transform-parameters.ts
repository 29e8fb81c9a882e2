import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { ImportError, operations as allOperations, type Step } from '../../engine';
import {
	itemLimitOption,
	outputParameter,
	previewOption,
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
		options: [itemLimitOption, previewOption, previewRowsOption],
	},
	incomingColumnsParameter,
];

export function readOutputOptions(context: IExecuteFunctions, itemIndex: number): OutputOptions {
	return context.getNodeParameter('options', itemIndex, {});
}

/** An operation as a step of the engine. */
export interface ChosenStep {
	step: Step;
	/** Name of the parameter that takes the lookup table, where the operation needs one. */
	tableParameter?: string;
}

/** The operations as steps of the engine, in their order. @throws ImportError RUN_CONFIG */
export function readSteps(context: IExecuteFunctions, itemIndex: number): ChosenStep[] {
	const { operation: stored = [] } = context.getNodeParameter('operations', itemIndex, {}) as {
		operation?: Array<Record<string, unknown> & { operation: string }>;
	};
	return stored.map((entry) => {
		const description = operations.find(({ kind }) => kind === entry.operation);
		if (description === undefined) {
			throw new ImportError('RUN_CONFIG', `There is no operation "${entry.operation}"`);
		}
		const options = operationOptions(description, entry);
		if (options.position === 'kept' && (options.counter ?? '') === '') {
			options.counter = ownPosition(context, options);
		}
		const table = description.parameters.find(({ kind }) => kind === 'table');
		return {
			step: { kind: description.kind, version: 1, options },
			...(table && { tableParameter: table.name }),
		};
	});
}

/** A position without a name belongs to the node, and in it to the column that is written. */
function ownPosition(context: IExecuteFunctions, { field }: Record<string, unknown>): string {
	const workflow = context.getWorkflow().id ?? '';
	return `${workflow}/${context.getNode().id}/${typeof field === 'string' ? field : ''}`;
}
