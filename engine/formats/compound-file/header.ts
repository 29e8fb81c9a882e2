import type { ByteSource } from '../../dataset/byte-source';
import { damaged } from './damaged';

const SIGNATURE = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const HEADER_BYTES = 512;
const SIZES_OF_SECTORS: readonly number[] = [9, 12];

/** The header of a compound file ([MS-CFB] 2.2). Sectors are named by their number, which begins behind the header. */
export interface CompoundHeader {
	/** In bytes: 512 or 4096. */
	sectorSize: number;
	/** How many sectors the file has room for; the last one may be cut off. */
	sectorCount: number;
	directoryStart: number;
	/** Streams below this size, in bytes, lie in the mini stream. */
	miniStreamCutoff: number;
	miniFatStart: number;
	difatStart: number;
	/** The sectors that hold the first 109 parts of the FAT. */
	fatSectors: number[];
}

/** Whether the file is an OLE compound file, as legacy XLS files and password-protected workbooks are. */
export async function isCompoundFile(bytes: ByteSource): Promise<boolean> {
	const head = await bytes.read(0, SIGNATURE.length);
	return SIGNATURE.equals(head);
}

/** @throws ImportError FILE_UNREADABLE when it is no compound file, or one that is cut off */
export async function readHeader(bytes: ByteSource): Promise<CompoundHeader> {
	const header = asBuffer(await bytes.read(0, HEADER_BYTES));
	if (header.length < HEADER_BYTES) throw damaged('it is cut off');
	if (!SIGNATURE.equals(header.subarray(0, SIGNATURE.length))) {
		throw damaged('it does not begin as a compound file does');
	}
	const shift = header.readUInt16LE(30);
	if (!SIZES_OF_SECTORS.includes(shift)) {
		throw damaged('the size of its sectors is not one that there is');
	}
	const sectorSize = 2 ** shift;
	return {
		sectorSize,
		sectorCount: Math.max(0, Math.ceil(bytes.size / sectorSize) - 1),
		directoryStart: header.readUInt32LE(48),
		miniStreamCutoff: header.readUInt32LE(56),
		miniFatStart: header.readUInt32LE(60),
		difatStart: header.readUInt32LE(68),
		fatSectors: Array.from({ length: 109 }, (_, index) => header.readUInt32LE(76 + 4 * index)),
	};
}

/** The same memory, with the methods of a Buffer. */
export function asBuffer(chunk: Uint8Array): Buffer {
	return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}
