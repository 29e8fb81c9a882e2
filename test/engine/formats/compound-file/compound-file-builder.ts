const FREE = 0xffffffff;
const END_OF_CHAIN = 0xfffffffe;
const FAT_SECTOR = 0xfffffffd;
const MINI_SECTOR = 64;
const CUTOFF = 4096;
const ENTRY = 128;

export interface CompoundFileOptions {
	/** 512 or 4096. */
	sectorSize?: number;
	/** Whether the sectors of each stream stand in reverse order and between those of others. */
	isFragmented?: boolean;
}

/** A compound file with streams right below its root; small ones go into the mini stream. */
export function compoundFile(
	streams: Record<string, Uint8Array>,
	{ sectorSize = 512, isFragmented = false }: CompoundFileOptions = {},
): Buffer {
	const names = Object.keys(streams);
	const contents = names.map((name) => Buffer.from(streams[name] ?? []));
	const miniFat: number[] = [];
	const miniParts: Buffer[] = [];
	const miniStarts = contents.map((content) => {
		if (content.length >= CUTOFF) return undefined;
		const start = miniFat.length;
		const count = Math.ceil(content.length / MINI_SECTOR);
		for (let i = 0; i < count; i++) miniFat.push(i === count - 1 ? END_OF_CHAIN : start + i + 1);
		miniParts.push(padded(content, MINI_SECTOR));
		return count === 0 ? END_OF_CHAIN : start;
	});
	const miniStream = Buffer.concat(miniParts);
	const directory = Buffer.alloc(roundUp(ENTRY * (names.length + 1), sectorSize));

	const chains = [
		directory,
		miniStream,
		uint32s(miniFat),
		...contents.map((content, i) => (miniStarts[i] === undefined ? content : Buffer.alloc(0))),
	].map((content) => padded(content, sectorSize));
	const { sectors, fat, starts } = layOut(chains, sectorSize, isFragmented);

	const [directoryStart = 0, miniStreamStart = 0, miniFatStart = 0, ...largeStarts] = starts;
	writeEntry(directory, 0, 'Root Entry', 5, miniStreamStart, miniStream.length, {
		child: names.length === 0 ? FREE : 1,
	});
	for (const [i, name] of names.entries()) {
		const start = miniStarts[i] ?? largeStarts[i] ?? END_OF_CHAIN;
		writeEntry(directory, i + 1, name, 2, start, contents[i]?.length ?? 0, {
			right: i + 1 < names.length ? i + 2 : FREE,
		});
	}
	return finish(sectors, fat, sectorSize, directory, {
		directoryStart,
		miniFatStart,
		miniFatSectors: Math.ceil((miniFat.length * 4) / sectorSize),
	});
}

function layOut(chains: readonly Buffer[], sectorSize: number, isFragmented: boolean) {
	const places = chains.flatMap((content, chain) =>
		Array.from({ length: content.length / sectorSize }, (_, index) => ({ chain, index })),
	);
	if (isFragmented) places.reverse();
	const numbers = chains.map((): number[] => []);
	for (const [sector, { chain, index }] of places.entries()) numbers[chain]![index] = sector;
	const fat = places.map(({ chain, index }) => numbers[chain]![index + 1] ?? END_OF_CHAIN);
	const sectors = places.map(({ chain, index }) =>
		chains[chain]!.subarray(index * sectorSize, (index + 1) * sectorSize),
	);
	return { sectors, fat, starts: numbers.map(([first]) => first ?? END_OF_CHAIN) };
}

function finish(
	sectors: Buffer[],
	fat: number[],
	sectorSize: number,
	directory: Buffer,
	header: { directoryStart: number; miniFatStart: number; miniFatSectors: number },
): Buffer {
	const perSector = sectorSize / 4;
	let fatCount = 0;
	let difatCount = 0;
	for (let changed = true; changed;) {
		const needed = Math.ceil((sectors.length + fatCount + difatCount) / perSector);
		const difat = Math.max(0, Math.ceil((needed - 109) / (perSector - 1)));
		changed = needed !== fatCount || difat !== difatCount;
		[fatCount, difatCount] = [needed, difat];
	}
	const firstFat = sectors.length;
	const firstDifat = firstFat + fatCount;
	const fatSectors = Array.from({ length: fatCount }, (_, i) => firstFat + i);
	const table = [...fat, ...fatSectors.map(() => FAT_SECTOR)];
	for (let i = 0; i < difatCount; i++) table.push(0xfffffffc);
	while (table.length < fatCount * perSector) table.push(FREE);
	const difat: number[] = [];
	for (let i = 0; i < difatCount; i++) {
		const part = fatSectors.slice(109 + i * (perSector - 1), 109 + (i + 1) * (perSector - 1));
		while (part.length < perSector - 1) part.push(FREE);
		difat.push(...part, i + 1 < difatCount ? firstDifat + i + 1 : END_OF_CHAIN);
	}

	const head = Buffer.alloc(sectorSize);
	Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(head);
	head.writeUInt16LE(0x3e, 24);
	head.writeUInt16LE(sectorSize === 512 ? 3 : 4, 26);
	head.writeUInt16LE(0xfffe, 28);
	head.writeUInt16LE(Math.log2(sectorSize), 30);
	head.writeUInt16LE(6, 32);
	head.writeUInt32LE(fatCount, 44);
	head.writeUInt32LE(header.directoryStart, 48);
	head.writeUInt32LE(CUTOFF, 56);
	head.writeUInt32LE(header.miniFatSectors === 0 ? END_OF_CHAIN : header.miniFatStart, 60);
	head.writeUInt32LE(header.miniFatSectors, 64);
	head.writeUInt32LE(difatCount === 0 ? END_OF_CHAIN : firstDifat, 68);
	head.writeUInt32LE(difatCount, 72);
	for (let i = 0; i < 109; i++) head.writeUInt32LE(fatSectors[i] ?? FREE, 76 + 4 * i);

	const file = Buffer.concat([head, ...sectors, uint32s(table), uint32s(difat)]);
	const perDirectorySector = directory.length / sectorSize;
	// the directory was laid out before its entries were known
	let sector = header.directoryStart;
	for (let i = 0; i < perDirectorySector; i++) {
		directory.copy(file, (sector + 1) * sectorSize, i * sectorSize, (i + 1) * sectorSize);
		sector = fat[sector] ?? END_OF_CHAIN;
	}
	return file;
}

function writeEntry(
	directory: Buffer,
	index: number,
	name: string,
	kind: number,
	start: number,
	size: number,
	{ child = FREE, right = FREE }: { child?: number; right?: number },
): void {
	const at = index * ENTRY;
	directory.write(name, at, 'utf16le');
	directory.writeUInt16LE(name.length * 2 + 2, at + 64);
	directory[at + 66] = kind;
	directory[at + 67] = 1;
	directory.writeUInt32LE(FREE, at + 68);
	directory.writeUInt32LE(right, at + 72);
	directory.writeUInt32LE(child, at + 76);
	directory.writeUInt32LE(start, at + 116);
	directory.writeUInt32LE(size, at + 120);
}

function uint32s(values: readonly number[]): Buffer {
	const bytes = Buffer.alloc(values.length * 4);
	for (const [i, value] of values.entries()) bytes.writeUInt32LE(value, i * 4);
	return bytes;
}

function padded(content: Buffer, unit: number): Buffer {
	return Buffer.concat([content, Buffer.alloc(roundUp(content.length, unit) - content.length)]);
}

function roundUp(value: number, unit: number): number {
	return Math.ceil(value / unit) * unit;
}
