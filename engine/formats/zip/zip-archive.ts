import type { ByteSource } from '../../dataset/byte-source';
import { readCentralDirectory, type ZipEntry } from './central-directory';
import { unpack, UnpackBudget } from './unpack';

/** A zip archive whose parts are read at random, in any order and as often as needed, without unpacking the others. */
export class ZipArchive {
	readonly #bytes: ByteSource;

	readonly #entries: ReadonlyMap<string, ZipEntry>;

	readonly #budget: UnpackBudget;

	private constructor(bytes: ByteSource, entries: ZipEntry[], budget: UnpackBudget) {
		this.#bytes = bytes;
		this.#entries = byName(entries);
		this.#budget = budget;
	}

	/**
	 * @param maxUnpackedBytes how much may be unpacked from the archive in all, default 4 GiB
	 * @throws ImportError FILE_UNREADABLE when the archive is cut off or damaged
	 */
	static async open(bytes: ByteSource, maxUnpackedBytes?: number): Promise<ZipArchive> {
		const entries = await readCentralDirectory(bytes);
		return new ZipArchive(bytes, entries, new UnpackBudget(maxUnpackedBytes));
	}

	/** Names of the parts, in the order and spelling of the archive. */
	get names(): string[] {
		return [...this.#entries.values()].map((entry) => entry.name);
	}

	/** @param name path inside the archive; upper and lower case are the same, as in Office's own packages */
	has(name: string): boolean {
		return this.#entries.has(name.toLowerCase());
	}

	/**
	 * The unpacked bytes of a part; nothing for a part that is not there.
	 *
	 * @throws ImportError FILE_UNREADABLE, FILE_TOO_LARGE, FILE_ENCRYPTED while it is read
	 */
	async *read(name: string): AsyncGenerator<Uint8Array, void, undefined> {
		const entry = this.#entries.get(name.toLowerCase());
		if (entry !== undefined) yield* unpack(this.#bytes, entry, this.#budget);
	}
}

/** Of two parts with the same name the first counts. */
function byName(entries: ZipEntry[]): Map<string, ZipEntry> {
	const byLowerCase = new Map<string, ZipEntry>();
	for (const entry of entries) {
		const key = entry.name.toLowerCase().replace(/^\/+/, '');
		if (!byLowerCase.has(key)) byLowerCase.set(key, entry);
	}
	return byLowerCase;
}
