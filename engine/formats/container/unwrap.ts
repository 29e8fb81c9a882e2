import type { ByteSource, Container } from '../../dataset';
import { ImportError } from '../../issues';
import { readCentralDirectory, unpack, UnpackBudget } from '../zip';
import { checkedContainers } from './container-layer';
import { gunzip } from './gunzip';
import { UnpackedBytes } from './unpacked-bytes';

/**
 * The bytes inside the containers of a source, as they were found when it was opened.
 *
 * @param bytes the file as it is; it stays open when what is returned is closed
 * @throws ImportError FILE_UNREADABLE, FILE_TOO_LARGE, FILE_ENCRYPTED; RUN_CONFIG when the description makes no sense
 */
export async function unwrap(
	bytes: ByteSource,
	containers: readonly Container[],
): Promise<ByteSource> {
	const opened: ByteSource[] = [];
	const closeAll = async () => {
		for (const layer of opened.splice(0).reverse()) await layer.close();
	};
	try {
		let inner = bytes;
		for (const container of checkedContainers(containers)) {
			inner = await openContainer(inner, container);
			opened.push(inner);
		}
		return {
			size: inner.size,
			chunks: () => inner.chunks(),
			read: (position, length) => inner.read(position, length),
			close: closeAll,
		};
	} catch (error) {
		await closeAll();
		throw error;
	}
}

/** What lies in one container; `bytes` stays open when it is closed. */
async function openContainer(bytes: ByteSource, container: Container): Promise<ByteSource> {
	const { kind, entry = '', maxUnpackedBytes } = container;
	return await UnpackedBytes.open(
		kind === 'gzip'
			? () => gunzip(bytes, budgetOf(maxUnpackedBytes))
			: () => unpackEntry(bytes, entry, maxUnpackedBytes),
	);
}

async function* unpackEntry(
	bytes: ByteSource,
	name: string,
	maxUnpackedBytes: number | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
	const entry = (await readCentralDirectory(bytes)).find((candidate) => candidate.name === name);
	if (entry === undefined) {
		throw new ImportError('FILE_UNREADABLE', `The archive no longer holds "${name}"`);
	}
	// a chunk of an archive is good until the next one is asked for, and readers look ahead
	const budget = budgetOf(maxUnpackedBytes);
	for await (const chunk of unpack(bytes, entry, budget)) yield Buffer.from(chunk);
}

/** Files of hardly anything but delimiters shrink to less than a bomb may; who sets a limit says how much is right. */
function budgetOf(maxUnpackedBytes: number | undefined): UnpackBudget {
	return maxUnpackedBytes === undefined
		? new UnpackBudget()
		: new UnpackBudget(maxUnpackedBytes, Number.POSITIVE_INFINITY);
}
