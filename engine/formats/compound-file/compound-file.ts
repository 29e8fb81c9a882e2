import type { ByteSource } from '../../dataset/byte-source';
import { ImportError } from '../../issues';
import { damaged } from './damaged';
import { entriesOfRoot, parseDirectory, type DirectoryEntry } from './directory';
import { asBuffer, readHeader, type CompoundHeader } from './header';
import { followChain } from './sector-chain';
import { SectorStream } from './sector-stream';

const MINI_SECTOR_BYTES = 64;

/** A directory has a dozen entries, or some thousands where documents are embedded. */
const LARGEST_DIRECTORY = 16 * 1024 ** 2;

/**
 * An OLE compound file ([MS-CFB]): streams, each a chain of sectors. Only the allocation table (a 128th of the file) and the
 * directory are held in memory. Every number of a sector and every size is checked against the file.
 */
export class CompoundFile {
	readonly #bytes: ByteSource;

	readonly #header: CompoundHeader;

	/** For each sector, the next one of its chain (FAT, [MS-CFB] 2.3). */
	readonly #fat: Uint32Array;

	readonly #entries: readonly DirectoryEntry[];

	private constructor(
		bytes: ByteSource,
		header: CompoundHeader,
		fat: Uint32Array,
		entries: readonly DirectoryEntry[],
	) {
		this.#bytes = bytes;
		this.#header = header;
		this.#fat = fat;
		this.#entries = entries;
	}

	/** @throws ImportError FILE_UNREADABLE, FILE_TOO_LARGE */
	static async open(bytes: ByteSource): Promise<CompoundFile> {
		const header = await readHeader(bytes);
		const fat = await readFat(bytes, header);
		const sectors = followChain(fat, header.directoryStart);
		if (sectors.length * header.sectorSize > LARGEST_DIRECTORY) {
			throw new ImportError('FILE_TOO_LARGE', 'The directory of the file is absurdly long.');
		}
		const directory = await readAll(new SectorStream(bytes, sectors, header.sectorSize));
		return new CompoundFile(bytes, header, fat, parseDirectory(directory, header.sectorSize));
	}

	/** Names of all streams and storages, in the order of the directory. */
	get names(): string[] {
		return this.#entries.map(({ name }) => name).filter((name) => name !== '');
	}

	/**
	 * Opens a stream by its name; letters are compared as the format does, without regard to case. Of several with the name,
	 * that of the root is meant: the others belong to embedded documents.
	 *
	 * @returns undefined when there is none. Shorter than the directory says where sectors are missing.
	 * @throws ImportError FILE_UNREADABLE
	 */
	async stream(name: string): Promise<ByteSource | undefined> {
		const isMeant = (entry: DirectoryEntry) =>
			entry.kind === 'stream' && entry.name.toLowerCase() === name.toLowerCase();
		const entry = entriesOfRoot(this.#entries).find(isMeant) ?? this.#entries.find(isMeant);
		if (entry === undefined) return undefined;
		return entry.size < this.#header.miniStreamCutoff
			? await this.#miniStream(entry)
			: this.#largeStream(entry);
	}

	#largeStream({ start, size }: DirectoryEntry): ByteSource {
		const { sectorSize } = this.#header;
		const sectors = followChain(this.#fat, start, Math.ceil(size / sectorSize));
		return new SectorStream(this.#bytes, sectors, sectorSize, size);
	}

	/** Small streams share the mini stream, which is the content of the root ([MS-CFB] 2.4). */
	async #miniStream({ start, size }: DirectoryEntry): Promise<ByteSource> {
		const { sectorSize, miniFatStart } = this.#header;
		const root = this.#entries[0];
		if (root === undefined) throw damaged('its directory is empty');
		const container = this.#largeStream(root);
		const miniFatBytes = Math.ceil(container.size / MINI_SECTOR_BYTES) * 4;
		const fatSectors = followChain(this.#fat, miniFatStart, Math.ceil(miniFatBytes / sectorSize));
		const miniFat = await readTable(new SectorStream(this.#bytes, fatSectors, sectorSize));
		const sectors = followChain(miniFat, start, Math.ceil(size / MINI_SECTOR_BYTES));
		return new SectorStream(container, sectors, MINI_SECTOR_BYTES, size, 0);
	}
}

/**
 * Names of the streams and storages of a compound file; those that can be reached when it is damaged.
 *
 * @param bytes of the file, or of as much of its beginning as there is
 */
export async function compoundFileEntries(bytes: ByteSource): Promise<string[]> {
	try {
		return (await CompoundFile.open(bytes)).names;
	} catch (error) {
		if (error instanceof ImportError) return [];
		throw error;
	}
}

async function readFat(bytes: ByteSource, header: CompoundHeader): Promise<Uint32Array> {
	const { sectorCount, sectorSize } = header;
	const parts = Math.ceil((sectorCount * 4) / sectorSize);
	const sectors = Uint32Array.from((await fatSectors(bytes, header, parts)).slice(0, parts));
	const table = await readTable(new SectorStream(bytes, sectors, sectorSize));
	return table.subarray(0, sectorCount);
}

/** The sectors of the FAT: the first 109 stand in the header, the others in a chain of their own (DIFAT, 2.5). */
async function fatSectors(
	bytes: ByteSource,
	{ fatSectors: first, difatStart, sectorSize, sectorCount }: CompoundHeader,
	wanted: number,
): Promise<number[]> {
	const sectors = [...first];
	const visited = new Set<number>();
	let next = difatStart;
	while (sectors.length < wanted && next < sectorCount) {
		if (visited.has(next)) throw damaged('a chain of its sectors runs in a circle');
		visited.add(next);
		const table = await readTable(new SectorStream(bytes, Uint32Array.of(next), sectorSize));
		if (table.length < sectorSize / 4) break;
		sectors.push(...table.subarray(0, -1));
		next = table.at(-1) ?? sectorCount;
	}
	return sectors;
}

async function readAll(source: ByteSource): Promise<Buffer> {
	return asBuffer(await source.read(0, source.size));
}

/** Reads a table of sector numbers; they are little-endian, whatever the machine is. */
async function readTable(source: ByteSource): Promise<Uint32Array> {
	const content = await readAll(source);
	const table = new Uint32Array(Math.floor(content.length / 4));
	for (let index = 0; index < table.length; index++) table[index] = content.readUInt32LE(index * 4);
	return table;
}
