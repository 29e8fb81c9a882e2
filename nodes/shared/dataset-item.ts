import type { IBinaryData, IDataObject, INodeExecutionData } from 'n8n-workflow';
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

import { shownSign } from './shown-sign';

/** Version of the shape in which a dataset travels between nodes. */
const VERSION = 1;

/** The part of a Dataset item that the next node works with: plain JSON, without the bytes. */
interface TravellingDataset {
	version: number;
	source: (FileSource & { binary: string }) | RowsSource;
	steps: Step[];
	columns: Column[];
}

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

/** The item that carries a dataset to the next node; the file goes with it by reference. */
export function toDatasetItem(
	dataset: Dataset,
	binary: { property: string; data: IBinaryData } | undefined,
	{ columns, sample, more = {} }: DatasetView,
): INodeExecutionData {
	const { source, steps } = dataset;
	const travelling = {
		version: VERSION,
		source: source.kind === 'file' ? { ...source, binary: binary?.property ?? '' } : source,
		steps,
		columns,
	};
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
	if (binary !== undefined) item.binary = { [binary.property]: binary.data };
	return item;
}

/**
 * The dataset of an item, without its bytes, and the name of the binary property that holds them.
 *
 * @throws ImportError RUN_CONFIG when the item does not hold what this version of the nodes writes
 */
export function fromDatasetItem(item: INodeExecutionData): { dataset: Dataset; binary?: string } {
	const { version, source, steps } = item.json.dataset as unknown as TravellingDataset;
	if (version !== VERSION || !isSource(source) || !steps.every(isStep)) {
		throw new ImportError('RUN_CONFIG', 'The Dataset was made by another version of these nodes', {
			hint: 'Run the workflow again from Parse Spreadsheet.',
		});
	}
	if (source.kind === 'rows') return { dataset: { source, steps } };
	const { binary, ...file } = source;
	return { dataset: { source: file, steps }, binary };
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
