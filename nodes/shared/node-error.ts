import { NodeOperationError, type IExecuteFunctions, type INode } from 'n8n-workflow';
import { ImportError } from '../../engine';

/** An error of the engine as n8n shows it: the message with its code, the hint below, without a report to n8n. */
export function asNodeError(node: INode, error: unknown, itemIndex?: number): Error {
	if (!(error instanceof ImportError)) return error as Error;
	const { code, hint, row, column } = error.issue;
	const nodeError = new NodeOperationError(node, error, {
		message: `${error.message} [${code}]`,
		description: hint,
		itemIndex,
		level: 'warning',
	});
	nodeError.context.code = code;
	if (row !== undefined) nodeError.context.row = row;
	if (column !== undefined) nodeError.context.column = column;
	return nodeError;
}

/** Runs the node's work; errors of the engine come out as errors of the node. */
export async function withNodeErrors<T>(
	context: IExecuteFunctions,
	work: () => Promise<T>,
): Promise<T> {
	try {
		return await work();
	} catch (error) {
		throw asNodeError(context.getNode(), error);
	}
}
