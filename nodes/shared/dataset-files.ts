import type { IBinaryData, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { attach, close, ImportError, type Dataset } from '../../engine';
import { binaryBytes } from './binary-bytes';
import type { ReadDataset } from './dataset-item';

/** Where the file behind a dataset lies in its item, and the files behind the datasets attached to it, by their names. */
export interface DatasetFiles {
	binary?: { property: string; data: IBinaryData };
	attached?: Readonly<Record<string, DatasetFiles>>;
}

/** All files, by the binary property that holds them. */
export function binariesOf({ binary, attached = {} }: DatasetFiles): Array<[string, IBinaryData]> {
	const own: Array<[string, IBinaryData]> =
		binary === undefined ? [] : [[binary.property, binary.data]];
	return [...own, ...Object.values(attached).flatMap(binariesOf)];
}

/** The same files under names that are not taken: for a dataset that is attached to another. */
export function renamed(files: DatasetFiles, wanted: string, taken: Set<string>): DatasetFiles {
	const { binary, attached = {} } = files;
	const property = binary && freeName(wanted, taken);
	if (property !== undefined) taken.add(property);
	return {
		...(binary && property && { binary: { property, data: binary.data } }),
		attached: Object.fromEntries(
			Object.entries(attached).map(([name, inner]) => [name, renamed(inner, wanted, taken)]),
		),
	};
}

/** The name, or the first of the name with a number that is not taken. */
export function freeName(wanted: string, taken: ReadonlySet<string>): string {
	let name = wanted;
	for (let count = 2; taken.has(name); count++) name = `${wanted}${count}`;
	return name;
}

/**
 * Opens what was read out of an item: the bytes of the dataset and of all that are attached come from the binary properties
 * of the item itself. Nothing stays open when one of them is not there.
 *
 * @throws ImportError FILE_UNREADABLE
 */
export async function openFiles(
	context: IExecuteFunctions,
	item: INodeExecutionData,
	read: ReadDataset,
): Promise<{ dataset: Dataset; files: DatasetFiles }> {
	let { dataset } = read;
	let files: DatasetFiles = {};
	try {
		if (read.binary !== undefined) {
			const data = binaryOf(item, read.binary);
			dataset = { ...dataset, bytes: await binaryBytes(context, data) };
			files = { binary: { property: read.binary, data } };
		}
		for (const [name, inner] of Object.entries(read.attached)) {
			const opened = await openFiles(context, item, inner);
			dataset = attach(dataset, name, opened.dataset);
			files = { ...files, attached: { ...files.attached, [name]: opened.files } };
		}
		return { dataset, files };
	} catch (error) {
		await close(dataset);
		throw error;
	}
}

function binaryOf({ binary = {} }: INodeExecutionData, property: string): IBinaryData {
	const data = Object.hasOwn(binary, property) ? binary[property] : undefined;
	if (data !== undefined) return data;
	throw new ImportError('FILE_UNREADABLE', `The item has no binary file "${property}"`, {
		hint: 'Pass the whole item on: a node between took the file away from it.',
	});
}
