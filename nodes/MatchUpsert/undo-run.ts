import { Readable } from 'node:stream';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import {
	failedFile,
	openRows,
	quoteValue,
	undo,
	type UndoneEntry,
	type UndoResult,
	type UndoSummary,
} from '../../engine';
import { appendOutputs } from '../shared/dataset-output';
import { chosenTable, openDatabase, writeTableName } from '../shared/database-target';
import { asNodeError } from '../shared/node-error';
import { failedItem } from '../shared/row-items';
import { readUndoOptions } from './undo-parameters';

/** Undoes a run for each item, on the outputs of an import: Summary, Written, Failed. */
export async function undoRuns(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const outputs: INodeExecutionData[][] = [[], [], []];
	for (const item of context.getInputData().keys()) {
		try {
			appendOutputs(outputs, await undoRun(context, item));
		} catch (error) {
			if (!context.continueOnFail()) throw error;
			appendOutputs(outputs, [[failedUndo(asNodeError(context.getNode(), error), item)]]);
		}
	}
	return outputs;
}

async function undoRun(context: IExecuteFunctions, item: number): Promise<INodeExecutionData[][]> {
	const table = chosenTable(context, item);
	const options = readUndoOptions(context, item);
	const signal = context.getExecutionCancelSignal();
	const target = await openDatabase(context, item);
	try {
		const result = await undo(target, { table, ...options, signal });
		try {
			const place = { table: writeTableName(table), listLimit: options.listLimit, item };
			return await undoOutputs(context, result, place);
		} finally {
			await result.failed.dispose();
		}
	} finally {
		await target.close();
	}
}

async function undoOutputs(
	context: IExecuteFunctions,
	{ summary, written, failed, columns }: UndoResult,
	{ table, listLimit, item }: { table: string; listLimit: number; item: number },
): Promise<INodeExecutionData[][]> {
	showCounts(context, summary);
	const pairedItem = { item };
	const rows = await failed.first(listLimit);
	const failedItems = rows.map((row) => failedItem(row, columns, pairedItem));
	const [first] = failedItems;
	if (first !== undefined) {
		const file = await failedFile(failed, openRows(columns, []), summary.run);
		const bytes = Readable.from(file.bytes, { objectMode: false });
		first.binary = {
			failed: await context.helpers.prepareBinaryData(bytes, file.fileName, file.mediaType),
		};
	}
	return [
		[{ json: summaryJson(summary, table), pairedItem }],
		written.map((entry) => ({ json: writtenJson(entry), pairedItem })),
		failedItems,
	];
}

const failedUndo = (error: Error, item: number): INodeExecutionData => ({
	json: {
		status: 'failed',
		code: (error as Error & { context?: IDataObject }).context?.code ?? null,
		message: error.message,
	},
	pairedItem: { item },
});

/** One flat item: the counts first, then what is worth knowing about them. */
function summaryJson(summary: UndoSummary, table: string): IDataObject {
	const { status, run, rows, inserted, updated, deleted } = summary;
	const { unchanged, skipped, failed, unprocessed } = summary;
	return {
		status,
		run,
		rows,
		inserted,
		updated,
		deleted,
		unchanged,
		skipped,
		failed,
		unprocessed,
		...(summary.stopped !== undefined && { code: 'RUN_GUARD', message: summary.stopped }),
		table,
		seconds: summary.seconds,
		codes: summary.codes,
		problems: summary.problems,
	};
}

/** A record that is undone: what tells it from others, and its fields as they are now, or as they were when it was deleted. */
function writtenJson({ number, action, record, values, before }: UndoneEntry): IDataObject {
	const changes = Object.entries(values).map(
		([name, value]) => `${name}: ${quoteValue(before[name] ?? '')} → ${quoteValue(value ?? '')}`,
	);
	return {
		row: number,
		action,
		...(action === 'restore' && { changes: changes.join('; ') }),
		...(record as IDataObject),
		...((action === 'restore' ? values : before) as IDataObject),
		...(action === 'restore' && { before: before }),
	};
}

function showCounts(context: IExecuteFunctions, summary: UndoSummary): void {
	const say = (message: string, type: 'info' | 'warning' = 'info') => {
		context.addExecutionHints({ message, type, location: 'outputPane' });
	};
	if (summary.status === 'already undone') {
		say(`The run ${summary.run} was undone before. Nothing was written.`);
		return;
	}
	if (summary.stopped !== undefined) {
		const wasStopped = summary.status === 'stopped';
		say(
			wasStopped
				? `Nothing was undone: ${summary.stopped}.`
				: `The undo would be stopped: ${summary.stopped}.`,
			'warning',
		);
		if (wasStopped) return;
	}
	const would = summary.status === 'planned' ? 'would be ' : '';
	say(
		`${summary.rows} records that the run wrote: ${summary.deleted} ${would}deleted, ${summary.updated} ${would}restored, ${summary.unchanged} unchanged, ${summary.skipped} undone before, ${summary.failed} failed.`,
	);
	if (summary.failed > 0) {
		say(`${summary.failed} records were left as they are. The output Failed says why.`, 'warning');
	}
}
