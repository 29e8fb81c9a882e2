import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import {
	columnsOf,
	head,
	ImportError,
	OddRows,
	oddRows,
	run,
	type Batch,
	type Dataset,
} from '../../engine';
import { toDatasetItem } from './dataset-item';
import { cameAsItems, type InputDataset } from './input-datasets';
import { runState } from './kept-state';
import { failedItem, oddRowItem, rowItem } from './row-items';
import { WarningHints } from './warning-hints';

/** The three outputs of the nodes that prepare rows. Number and meaning never change: n8n keeps connections by index. */
export const preparingOutputs = [
	{ type: 'main' as const, displayName: 'Data' },
	{ type: 'main' as const, displayName: 'Preview' },
	{ type: 'main' as const, displayName: 'Rejected' },
];

export type OutputMode = 'same' | 'dataset' | 'items';

const PREVIEW_ROWS = 20;
const DEFAULT_ITEM_LIMIT = 50_000;

/** The Output parameter. @param whatIsSame offers "Same as Input" as the default */
export function outputParameter(whatIsSame: boolean): INodeProperties {
	const same = {
		name: 'Same as Input',
		value: 'same',
		description: 'A Dataset where one came in, items where rows came in',
	};
	const options = [
		{
			name: 'Dataset',
			value: 'dataset',
			description: 'One item that stands for the whole file. Any number of rows, little memory.',
		},
		{
			name: 'Items',
			value: 'items',
			description: 'One item for each row, for other n8n nodes to work on',
		},
	];
	const parameter: INodeProperties = {
		displayName: 'Output',
		name: 'output',
		type: 'options',
		noDataExpression: true,
		options,
		default: 'dataset',
		description: 'How the rows are passed on to the next node',
	};
	return whatIsSame ? { ...parameter, options: [same, ...options], default: 'same' } : parameter;
}

export const itemLimitOption: INodeProperties = {
	displayName: 'Item Limit',
	name: 'itemLimit',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: DEFAULT_ITEM_LIMIT,
	description:
		'The most rows that are given as items. More rows end in an error, never in a shortened list.',
};

export const previewRowsOption: INodeProperties = {
	displayName: 'Preview Rows',
	name: 'previewRows',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 1000 },
	default: PREVIEW_ROWS,
	description: 'How many rows the Preview output shows',
};

export const previewOption: INodeProperties = {
	displayName: 'Preview',
	name: 'preview',
	type: 'options',
	options: [
		{ name: 'First Rows', value: 'first' },
		{
			name: 'Odd Rows',
			value: 'odd',
			description:
				'Rows with issues, rare values, the longest values and the emptiest rows, with why. The whole file is read for it.',
		},
	],
	default: 'first',
	description: 'Which rows the Preview output shows',
};

/** Adds items to outputs, one by one: there may be more than a call can take as arguments. */
export function appendOutputs(
	outputs: INodeExecutionData[][],
	written: readonly INodeExecutionData[][],
): void {
	written.forEach((items, output) => {
		for (const item of items) outputs[output]?.push(item);
	});
}

export interface OutputOptions {
	itemLimit?: number;
	preview?: 'first' | 'odd';
	previewRows?: number;
}

/** Whether the rows are given as items. */
export const givesItems = (mode: OutputMode, input: InputDataset): boolean =>
	mode === 'items' || (mode === 'same' && cameAsItems(input));

/** Writes a dataset to the three outputs: Data, Preview, Rejected. */
export async function datasetOutputs(
	context: IExecuteFunctions,
	input: InputDataset,
	dataset: Dataset,
	{ mode, options, more }: { mode: OutputMode; options: OutputOptions; more?: IDataObject },
): Promise<[INodeExecutionData[], INodeExecutionData[], INodeExecutionData[]]> {
	const previewRows = options.previewRows ?? PREVIEW_ROWS;
	const signal = context.getExecutionCancelSignal();
	if (givesItems(mode, input)) return await itemOutputs(context, input, dataset, options);
	// a preview shows what the run will give, and leaves nothing behind
	const first = await head(dataset, Math.max(previewRows, 1), { signal, state: runState() });
	const item = toDatasetItem(dataset, input.files, {
		columns: columnsOf(dataset),
		sample: first.rows[0]?.cells,
		more: { ...(input.group && { group: input.group }), ...more },
	});
	item.pairedItem = { item: input.itemIndex };
	if (options.preview !== 'odd') return [[item], previewItems(first, input, previewRows), []];
	const odd = await oddRows(dataset, previewRows, { signal, state: runState() });
	return [[item], odd.map((row) => oddRowItem(row, first.columns, dataset, input.origin)), []];
}

async function itemOutputs(
	context: IExecuteFunctions,
	input: InputDataset,
	dataset: Dataset,
	{ itemLimit: limit = DEFAULT_ITEM_LIMIT, preview, previewRows = PREVIEW_ROWS }: OutputOptions,
): Promise<[INodeExecutionData[], INodeExecutionData[], INodeExecutionData[]]> {
	const rows: INodeExecutionData[] = [];
	const rejected: INodeExecutionData[] = [];
	const { columns } = dataset.source;
	const warnings = new WarningHints();
	const odd = preview === 'odd' ? new OddRows() : undefined;
	const state = runState();
	const signal = context.getExecutionCancelSignal();
	let shown = columns;
	for await (const batch of run(dataset, { signal, state })) {
		warnings.add(batch.issues);
		odd?.add(batch);
		shown = [...batch.columns];
		for (const row of batch.rows) rows.push(rowItem(row, batch.columns, input.origin));
		for (const row of batch.rejected) rejected.push(failedItem(row, columns, input.origin));
		refuseTooManyRows(rows.length + rejected.length, { itemLimit: limit });
	}
	// the rows are handed over: what was counted for them counts
	await state.commit(() => Promise.resolve());
	warnings.show(context);
	const previewed = odd
		?.pick(previewRows)
		.map((row) => oddRowItem(row, shown, dataset, input.origin));
	return [rows, previewed ?? rows.slice(0, previewRows), rejected];
}

/** @throws ImportError RUN_ITEM_LIMIT when there are more items than the options allow */
export function refuseTooManyRows(
	count: number,
	{ itemLimit = DEFAULT_ITEM_LIMIT }: OutputOptions,
): void {
	if (count <= itemLimit) return;
	throw new ImportError('RUN_ITEM_LIMIT', `There are more than ${itemLimit} rows to give as items`);
}

function previewItems(
	{ rows, columns }: Batch,
	{ origin }: InputDataset,
	limit: number,
): INodeExecutionData[] {
	return rows.slice(0, limit).map((row) => rowItem(row, columns, origin));
}
