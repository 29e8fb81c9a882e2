import { Readable } from 'node:stream';
import type { IBinaryData, IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import {
	failedFile,
	quoteValue,
	type AbsentRecord,
	reasonText,
	type LoadResult,
	type LoadSummary,
	type PlannedRow,
} from '../../engine';
import type { InputDataset } from '../shared/input-datasets';
import { failedItem, originOf } from '../shared/row-items';

/** What became of an import, on the three outputs: Summary, Written, Failed. */
export async function loadOutputs(
	context: IExecuteFunctions,
	input: InputDataset,
	result: LoadResult,
	{ table, listLimit }: { table: string; listLimit: number },
): Promise<INodeExecutionData[][]> {
	const { summary, written, failed, absent, refusedRecords } = result;
	const { source } = input.dataset;
	const { origin } = input;
	const fileName = source.kind === 'file' ? source.fileName : undefined;
	showCounts(context, summary, { table, listLimit });

	const summaryItem: INodeExecutionData = {
		json: summaryJson(summary, { table, fileName }),
		pairedItem: { item: input.itemIndex },
	};
	const writtenItems = written.map((row): INodeExecutionData => ({
		json: writtenJson(row),
		pairedItem: { item: originOf(row.number, origin) },
	}));
	await attachPlan(context, result, writtenItems);
	const absentItems = absent
		.slice(0, Math.max(0, listLimit - writtenItems.length))
		.map((record) => ({
			json: absentJson(record),
			pairedItem: { item: input.itemIndex },
		}));
	const refusedItems = refusedRecords.slice(0, listLimit).map(({ issue: found, ...record }) => ({
		json: { ...absentJson(record), code: found.code, message: found.message },
		pairedItem: { item: input.itemIndex },
	}));
	const failedItems = (await failed.first(listLimit)).map((row) =>
		failedItem(row, source.columns, origin),
	);
	const [first] = failedItems;
	if (first !== undefined) {
		first.binary = {
			failed: await binaryOfFailedRows(context, result, input),
		};
	}
	return [[summaryItem], [...writtenItems, ...absentItems], [...failedItems, ...refusedItems]];
}

/** The summary of an import that ended with an error: nothing of it was written. */
export function failedImport(
	{ dataset, itemIndex }: InputDataset,
	error: Error,
): INodeExecutionData {
	const { context } = error as Error & { context?: IDataObject };
	const { source } = dataset;
	return {
		json: {
			status: 'failed',
			code: context?.code ?? null,
			message: error.message,
			file: (source.kind === 'file' ? source.fileName : undefined) ?? null,
		},
		pairedItem: { item: itemIndex },
	};
}

/** A record as it is written; for an update, what it changes, in words and as values. */
function writtenJson(row: PlannedRow): IDataObject {
	const { number, action, rule, score, values, before, records, why } = row;
	return {
		row: number,
		action,
		...(rule !== undefined && { rule }),
		...(score !== undefined && { score }),
		...(records !== undefined && { records }),
		...changesJson(values, before),
		...(why && { why: reasonText(why) }),
		...(values as IDataObject),
		...(before && { before: before }),
	};
}

/** A record that no row is for, as it was, or with what changes. */
function absentJson({ action, values, before }: AbsentRecord): IDataObject {
	return {
		row: null,
		action,
		...changesJson(values, before),
		...(values as IDataObject),
		...(before && { before }),
	};
}

/** What changes, in words. */
function changesJson(
	values: Record<string, unknown>,
	before: Record<string, unknown> | undefined,
): IDataObject {
	if (before === undefined) return {};
	const changes = Object.entries(before).map(
		([name, old]) => `${name}: ${quoteValue(old ?? '')} → ${quoteValue(values[name] ?? '')}`,
	);
	return { changes: changes.join('; ') };
}

/** One flat item: the counts first, then what is worth knowing about them. */
function summaryJson(
	summary: LoadSummary,
	{ table, fileName }: { table: string; fileName: string | undefined },
): IDataObject {
	const { status, rows, inserted, updated, unchanged, skipped, failed, unprocessed } = summary;
	return {
		status,
		rows,
		inserted,
		updated,
		unchanged,
		skipped,
		failed,
		unprocessed,
		...(summary.referencesCreated !== undefined && {
			referencesCreated: summary.referencesCreated,
		}),
		...(summary.removed !== undefined && { removed: summary.removed }),
		...(summary.retired !== undefined && { retired: summary.retired }),
		...(summary.notRemoved !== undefined && { notRemoved: summary.notRemoved }),
		...(summary.updatedRecords !== undefined && { updatedRecords: summary.updatedRecords }),
		...(summary.stopped !== undefined && { code: 'RUN_GUARD', message: summary.stopped }),
		...(summary.run !== undefined && { run: summary.run }),
		...(summary.plan !== undefined && { plan: summary.plan }),
		...(status === 'cancelled' && { code: 'RUN_CANCELLED', message: cancelled(summary) }),
		table,
		file: fileName ?? null,
		seconds: summary.seconds,
		rowsPerSecond: summary.seconds > 0 ? Math.round(rows / summary.seconds) : rows,
		rules: summary.rules,
		...(summary.notes !== undefined && { notes: summary.notes }),
		codes: summary.codes,
		problems: summary.problems,
	};
}

/** The plan of every row, with the first item of Written: on Summary it would hide the numbers. */
async function attachPlan(
	context: IExecuteFunctions,
	{ planFile }: LoadResult,
	writtenItems: INodeExecutionData[],
): Promise<void> {
	if (planFile === undefined) return;
	const bytes = Readable.from(planFile.bytes(), { objectMode: false });
	const plan = await context.helpers.prepareBinaryData(
		bytes,
		planFile.fileName,
		planFile.mediaType,
	);
	// where nothing would be written the file has an item of its own
	if (writtenItems.length === 0) writtenItems.push({ json: {}, pairedItem: { item: 0 } });
	const [first] = writtenItems;
	if (first !== undefined) first.binary = { plan };
}
const cancelled = ({ unprocessed }: LoadSummary): string =>
	`The run was cancelled before ${unprocessed} rows were written. What is written stays; a second start goes on behind it.`;

/** All failed rows as a file in the layout of the source, however many are listed. */
async function binaryOfFailedRows(
	context: IExecuteFunctions,
	{ failed }: LoadResult,
	{ dataset }: InputDataset,
): Promise<IBinaryData> {
	const file = await failedFile(failed, dataset, context.getExecutionId());
	for (const message of file.notes) {
		context.addExecutionHints({ message, type: 'info', location: 'outputPane' });
	}
	const bytes = Readable.from(file.bytes, { objectMode: false });
	return await context.helpers.prepareBinaryData(bytes, file.fileName, file.mediaType);
}

function showCounts(
	context: IExecuteFunctions,
	summary: LoadSummary,
	{ table, listLimit }: { table: string; listLimit: number },
): void {
	const say = (message: string, type: 'info' | 'warning' = 'info') => {
		context.addExecutionHints({ message, type, location: 'outputPane' });
	};
	if (summary.status === 'already imported') {
		say(`This file was imported into ${table} before. It was skipped.`);
		return;
	}
	if (summary.stopped !== undefined) {
		const wasStopped = summary.status === 'stopped';
		say(
			wasStopped
				? `Nothing was written: ${summary.stopped}.`
				: `The run would be stopped: ${summary.stopped}.`,
			'warning',
		);
		if (wasStopped) return;
	}
	if (summary.status === 'cancelled') say(cancelled(summary), 'warning');
	const resumed = summary.codes.RUN_RESUMED ?? 0;
	if (resumed > 0) say(`${resumed} of the rows were written by an earlier start of this import.`);
	const would = summary.status === 'planned' ? 'would be ' : '';
	say(
		`${summary.rows} rows: ${summary.inserted} ${would}inserted, ${summary.updated} ${would}updated, ${summary.unchanged} unchanged, ${summary.skipped} skipped, ${summary.failed} failed.`,
	);
	for (const note of summary.notes ?? []) say(note, 'warning');
	if (summary.referencesCreated !== undefined) {
		say(`${summary.referencesCreated} records that rows refer to ${would}created.`);
	}
	const gone = summary.removed ?? summary.retired ?? 0;
	if (gone > 0) {
		const done = summary.removed === undefined ? 'changed' : 'deleted';
		say(
			`${gone} records that are absent from the file ${would === '' ? 'were' : 'would be'} ${done}.`,
		);
	}
	if (summary.notRemoved !== undefined) {
		say(
			`${summary.notRemoved} absent records could not be written. The output Failed says why.`,
			'warning',
		);
	}
	if (summary.failed > 0) {
		say(
			`${summary.failed} rows failed. The output Failed says why, and holds them as a file.`,
			'warning',
		);
	}
	const writtenRows = summary.inserted + summary.updated;
	if (writtenRows > listLimit)
		say(`The output Written lists the first ${listLimit} of ${writtenRows} rows.`);
	if (summary.failed > listLimit)
		say(`The output Failed lists the first ${listLimit} of ${summary.failed} rows.`);
}
