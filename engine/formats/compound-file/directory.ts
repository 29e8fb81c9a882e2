const ENTRY_BYTES = 128;
const NAME_BYTES = 64;
const NO_STREAM = 0xffffffff;

/** A stream or a storage of a compound file ([MS-CFB] 2.6.1). */
export interface DirectoryEntry {
	name: string;
	kind: 'storage' | 'stream' | 'root' | 'unknown';
	/** First sector of its content; of the mini stream for the root. */
	start: number;
	/** In bytes. */
	size: number;
	/** Numbers of the entries beside and below it; they may be any number in a damaged file. */
	left: number;
	right: number;
	child: number;
}

const KINDS: Readonly<Record<number, DirectoryEntry['kind']>> = {
	1: 'storage',
	2: 'stream',
	5: 'root',
};

/** @param content of the directory; what is left of an entry that is cut off at its end is not read */
export function parseDirectory(content: Buffer, sectorSize: number): DirectoryEntry[] {
	const entries: DirectoryEntry[] = [];
	for (let at = 0; at + ENTRY_BYTES <= content.length; at += ENTRY_BYTES) {
		const nameBytes = Math.min(content.readUInt16LE(at + NAME_BYTES), NAME_BYTES) & ~1;
		const sizeLow = content.readUInt32LE(at + 120);
		// the upper half is not certain to be 0 in files of small sectors (2.6.3)
		const sizeHigh = sectorSize === 512 ? 0 : content.readUInt32LE(at + 124);
		entries.push({
			name: content.toString('utf16le', at, at + Math.max(0, nameBytes - 2)),
			kind: KINDS[content[at + 66] ?? 0] ?? 'unknown',
			start: content.readUInt32LE(at + 116),
			size: sizeHigh * 2 ** 32 + sizeLow,
			left: content.readUInt32LE(at + 68),
			right: content.readUInt32LE(at + 72),
			child: content.readUInt32LE(at + 76),
		});
	}
	return entries;
}

/** The entries right below the root, found through the tree of their names (2.6.4). */
export function entriesOfRoot(entries: readonly DirectoryEntry[]): DirectoryEntry[] {
	const found: DirectoryEntry[] = [];
	const visited = new Set<number>();
	const open = [entries[0]?.child ?? NO_STREAM];
	for (let id = open.pop(); id !== undefined; id = open.pop()) {
		const entry = entries[id];
		if (entry === undefined || visited.has(id)) continue;
		visited.add(id);
		found.push(entry);
		open.push(entry.left, entry.right);
	}
	return found;
}
