import type { ByteSource } from '../../dataset/byte-source';

// [MS-CFB] 2.2 (header), 2.3 (FAT), 2.6 (directory)
const SIGNATURE = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const HEADER_BYTES = 512;
const HEADER_FAT_SECTORS = 109;
const DIRECTORY_ENTRY_BYTES = 128;
const LARGEST_SECTOR_ID = 0xfffffffa;

/** The names asked for stand among the first dozen entries; a longer chain is damaged or an attack. */
const LONGEST_CHAIN = 1024;

/** Whether the file is an OLE compound file, as legacy XLS files and password-protected workbooks are. */
export async function isCompoundFile(bytes: ByteSource): Promise<boolean> {
	const head = await bytes.read(0, SIGNATURE.length);
	return SIGNATURE.equals(head);
}

/** Names of the streams and storages of a compound file; those that can be reached when it is damaged. */
export async function compoundFileEntries(bytes: ByteSource): Promise<string[]> {
	const header = toBuffer(await bytes.read(0, HEADER_BYTES));
	if (header.length < HEADER_BYTES) return [];
	const sectorBytes = 2 ** Math.min(header.readUInt16LE(30), 12);
	const readSector = async (id: number) =>
		toBuffer(await bytes.read((id + 1) * sectorBytes, sectorBytes));

	const names: string[] = [];
	let sector = header.readUInt32LE(48);
	for (let step = 0; step < LONGEST_CHAIN && sector <= LARGEST_SECTOR_ID; step++) {
		const content = await readSector(sector);
		if (content.length < sectorBytes) break;
		names.push(...entryNames(content));
		sector = await nextSector(sector, header, sectorBytes, readSector);
	}
	return names;
}

function entryNames(sector: Buffer): string[] {
	const names: string[] = [];
	for (let position = 0; position < sector.length; position += DIRECTORY_ENTRY_BYTES) {
		const nameBytes = Math.min(sector.readUInt16LE(position + 64), 64);
		if (nameBytes > 2) names.push(sector.toString('utf16le', position, position + nameBytes - 2));
	}
	return names;
}

async function nextSector(
	sector: number,
	header: Buffer,
	sectorBytes: number,
	readSector: (id: number) => Promise<Buffer>,
): Promise<number> {
	const idsPerSector = sectorBytes / 4;
	const fatIndex = Math.floor(sector / idsPerSector);
	if (fatIndex >= HEADER_FAT_SECTORS) return 0xffffffff;
	const fat = await readSector(header.readUInt32LE(76 + 4 * fatIndex));
	return fat.length < sectorBytes ? 0xffffffff : fat.readUInt32LE(4 * (sector % idsPerSector));
}

function toBuffer(chunk: Uint8Array): Buffer {
	return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}
