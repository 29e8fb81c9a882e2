import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import {
	columnTypes,
	ImportError,
	type Cell,
	type Column,
	type Dataset,
	type Decision,
	type FileSource,
	type RowsSource,
	type Step,
} from '../../engine';

import { binariesOf, type DatasetFiles } from './dataset-files';
import { shownSign } from './shown-sign';

/** Version of the shape in which a dataset travels between nodes. */
const VERSION = 1;

/** Source and steps of a dataset, and of those attached to it: plain JSON, without the bytes. */
interface TravellingSteps {
	source: (FileSource & { binary: string }) | RowsSource;
	steps: Step[];
	attachments?: Record<string, TravellingSteps>;
}

/** The part of a Dataset item that the next node works with. */
interface TravellingDataset extends TravellingSteps {
	version: number;
	columns: Column[];
}

/** Attachments may have attachments of their own; more levels than these are not of this package's making. */
const MOST_LEVELS = 10;

/** Whether an item stands for a whole dataset; any other item is one row. */
export function isDatasetItem({ json }: INodeExecutionData): boolean {
	const { dataset } = json as {
		dataset?: Partial<Record<keyof TravellingDataset, unknown>> | null;
	};
	return (
		typeof dataset?.version === 'number' &&
		typeof dataset.source === 'object' &&
		dataset.source !== null &&
		Array.isArray(dataset.steps)
	);
}

/** What a person sees of a dataset, in the order in which the panel shows it. */
interface DatasetView {
	/** Columns after all steps. */
	columns: readonly Column[];
	/** Values of the first row, by column. */
	sample: readonly Cell[] | undefined;
	/** More to show before the dataset itself, such as a mapping report. */
	more?: IDataObject;
}

/** The item that carries a dataset to the next node; its files go with it by reference. */
export function toDatasetItem(
	dataset: Dataset,
	files: DatasetFiles,
	{ columns, sample, more = {} }: DatasetView,
): INodeExecutionData {
	const { source } = dataset;
	const travelling = { version: VERSION, ...travellingSteps(dataset, files), columns };
	const item: INodeExecutionData = {
		json: {
			...(source.kind === 'rows' ? { rows: source.rows.length } : {}),
			fields: byName(columns, ({ type }) => type ?? 'any'),
			sample: byName(columns, (_, i) => sample?.[i] ?? null),
			...(source.kind === 'file' ? { decisions: decisionsByName(source) } : {}),
			...more,
			dataset: JSON.parse(JSON.stringify(travelling)) as IDataObject,
		},
	};
	const binary = Object.fromEntries(binariesOf(files));
	if (Object.keys(binary).length > 0) item.binary = binary;
	return item;
}

function travellingSteps(dataset: Dataset, files: DatasetFiles): TravellingSteps {
	const { source, steps, attachments = {} } = dataset;
	const attached = Object.entries(attachments).map(([name, inner]) => [
		name,
		travellingSteps(inner, files.attached?.[name] ?? {}),
	]);
	return {
		source: source.kind === 'file' ? { ...source, binary: files.binary?.property ?? '' } : source,
		steps: [...steps],
		...(attached.length > 0 && {
			attachments: Object.fromEntries(attached) as Record<string, TravellingSteps>,
		}),
	};
}

/** A dataset without its bytes, and the names of the binary properties that hold them. */
export interface ReadDataset {
	dataset: Dataset;
	/** Undefined for rows. */
	binary?: string;
	attached: Record<string, ReadDataset>;
}

/**
 * The dataset of an item.
 *
 * @throws ImportError RUN_CONFIG when the item does not hold what this version of the nodes writes
 */
export function fromDatasetItem(item: INodeExecutionData): ReadDataset {
	const travelling = item.json.dataset as unknown as TravellingDataset;
	if (travelling.version !== VERSION || !isTravelling(travelling, MOST_LEVELS)) {
		throw new ImportError('RUN_CONFIG', 'The Dataset was made by another version of these nodes', {
			hint: 'Run the workflow again from Parse Spreadsheet.',
		});
	}
	return readDataset(travelling);
}

function readDataset({ source, steps, attachments = {} }: TravellingSteps): ReadDataset {
	const attached = Object.fromEntries(
		Object.entries(attachments).map(([name, inner]) => [name, readDataset(inner)]),
	);
	if (source.kind === 'rows') return { dataset: { source, steps }, attached };
	const { binary, ...file } = source;
	return { dataset: { source: file, steps }, binary, attached };
}

function isTravelling(travelling: TravellingSteps | null, levels: number): boolean {
	if (levels === 0 || typeof travelling !== 'object' || travelling === null) return false;
	const { source, steps, attachments = {} } = travelling;
	return (
		typeof source === 'object' &&
		isSource(source) &&
		Array.isArray(steps) &&
		steps.every(isStep) &&
		typeof attachments === 'object' &&
		Object.values(attachments).every((inner) => isTravelling(inner, levels - 1))
	);
}

function isSource(source: TravellingDataset['source']): boolean {
	if (!Array.isArray(source.columns) || !source.columns.every(isColumn)) return false;
	return source.kind === 'rows'
		? Array.isArray(source.rows) && source.rows.every(Array.isArray)
		: typeof source.format === 'string' && typeof source.binary === 'string';
}

function isColumn(column: Partial<Column> | null): boolean {
	const { name, type } = column ?? {};
	return typeof name === 'string' && (type === undefined || columnTypes.includes(type));
}

function isStep({ kind, options }: Step): boolean {
	return typeof kind === 'string' && typeof options === 'object';
}

function decisionsByName({ decisions }: FileSource): IDataObject {
	return Object.fromEntries(
		decisions.map(({ subject, value, evidence, confidence, chosenBy }: Decision) => [
			subject,
			chosenBy === 'setting'
				? `${shownSign(value)} (set by hand)`
				: `${shownSign(value)} (${evidence}; ${Math.round(confidence * 100)} %)`,
		]),
	);
}

function byName(
	columns: readonly Column[],
	value: (column: Column, index: number) => IDataObject[string],
): IDataObject {
	return Object.fromEntries(columns.map((column, index) => [column.name, value(column, index)]));
}
