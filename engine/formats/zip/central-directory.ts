import type { ByteSource } from '../../dataset/byte-source';
import { ImportError } from '../../issues';

/** A part of a zip archive, as the directory at the end of the archive lists it. */
export interface ZipEntry {
	/** Path inside the archive, with `/` between folders. */
	name: string;
	/** 0 stored, 8 deflate; others are not supported. */
	method: number;
	encrypted: boolean;
	crc32: number;
	/** Size in the archive, in bytes. The unpacked size is not kept: it is only a claim. */
	packedSize: number;
	/** Where the local header of the part begins, in bytes from the start of the file. */
	position: number;
}

// APPNOTE.TXT 6.3.10 (PKWARE): sections 4.3.12 (directory header), 4.3.14 to 4.3.16 (ends of directory), 4.5.3 (ZIP64)
const DIRECTORY_HEADER = 0x02014b50;
const DIRECTORY_HEADER_BYTES = 46;
const END = 0x06054b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
const ZIP64_LOCATOR = 0x07064b50;
const ZIP64_LOCATOR_BYTES = 20;
const ZIP64_END = 0x06064b50;
const ZIP64_END_BYTES = 56;
const ZIP64_EXTRA = 0x0001;
const IN_ZIP64 = 0xffffffff;
const ENCRYPTED_FLAG = 0x0001;
const UTF8_FLAG = 0x0800;

/** A workbook has some hundred parts; a directory of this size is an attack. */
const LARGEST_DIRECTORY = 64 * 1024 * 1024;

interface DirectoryPlace {
	position: number;
	size: number;
}

/**
 * Reads the list of parts at the end of a zip archive.
 *
 * @throws ImportError FILE_UNREADABLE when the list is missing, cut off or damaged; FILE_TOO_LARGE when it is absurdly long
 */
export async function readCentralDirectory(bytes: ByteSource): Promise<ZipEntry[]> {
	const place = await findDirectory(bytes);
	if (place.size > LARGEST_DIRECTORY) {
		throw new ImportError(
			'FILE_TOO_LARGE',
			'The list of parts in the archive is larger than any genuine workbook needs.',
		);
	}
	return parseDirectory(await readExactly(bytes, place.position, place.size));
}

/** Reads `length` bytes, all of them. @throws ImportError FILE_UNREADABLE when the file ends before */
export async function readExactly(
	bytes: ByteSource,
	position: number,
	length: number,
): Promise<Buffer> {
	if (position < 0 || position + length > bytes.size) throw cutOff();
	const chunk = await bytes.read(position, length);
	if (chunk.byteLength < length) throw cutOff();
	return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}

function cutOff(): ImportError {
	return new ImportError(
		'FILE_UNREADABLE',
		'The file is incomplete: a part of the archive is missing. It was probably cut off while it was copied.',
	);
}

export function damaged(what: string, cause?: unknown): ImportError {
	return new ImportError('FILE_UNREADABLE', `The file is damaged: ${what}.`, {}, { cause });
}

async function findDirectory(bytes: ByteSource): Promise<DirectoryPlace> {
	const tailLength = Math.min(bytes.size, END_BYTES + LONGEST_COMMENT + ZIP64_LOCATOR_BYTES);
	const tailStart = bytes.size - tailLength;
	const tail = await readExactly(bytes, tailStart, tailLength);
	const end = findEnd(tail);
	if (end === undefined) throw cutOff();

	const declared = { size: tail.readUInt32LE(end + 12), position: tail.readUInt32LE(end + 16) };
	const locator = end - ZIP64_LOCATOR_BYTES;
	if (locator >= 0 && tail.readUInt32LE(locator) === ZIP64_LOCATOR) {
		return await readZip64End(bytes, toNumber(tail.readBigUInt64LE(locator + 8)));
	}
	return await checkedPlace(bytes, declared, tailStart + end);
}

/** The record stands last, but for a comment of any length; the comment may hold its signature too. */
function findEnd(tail: Buffer): number | undefined {
	for (let position = tail.length - END_BYTES; position >= 0; position--) {
		if (tail.readUInt32LE(position) !== END) continue;
		const commentLength = tail.readUInt16LE(position + 20);
		if (position + END_BYTES + commentLength <= tail.length) return position;
	}
	return undefined;
}

async function readZip64End(bytes: ByteSource, position: number): Promise<DirectoryPlace> {
	const record = await readExactly(bytes, position, ZIP64_END_BYTES);
	if (record.readUInt32LE(0) !== ZIP64_END) throw damaged('its list of parts cannot be found');
	return {
		size: toNumber(record.readBigUInt64LE(40)),
		position: toNumber(record.readBigUInt64LE(48)),
	};
}

/** Tells a file whose beginning or middle is missing from one whose directory is overwritten. */
async function checkedPlace(
	bytes: ByteSource,
	place: DirectoryPlace,
	endPosition: number,
): Promise<DirectoryPlace> {
	if (place.position + place.size > endPosition) throw cutOff();
	if (place.size === 0) return place;
	const signature = await readExactly(bytes, place.position, 4);
	if (signature.readUInt32LE(0) === DIRECTORY_HEADER) return place;
	throw damaged('its list of parts cannot be found');
}

function parseDirectory(directory: Buffer): ZipEntry[] {
	const entries: ZipEntry[] = [];
	for (let position = 0; position + DIRECTORY_HEADER_BYTES <= directory.length;) {
		if (directory.readUInt32LE(position) !== DIRECTORY_HEADER) {
			throw damaged('its list of parts is not valid');
		}
		const nameEnd = position + DIRECTORY_HEADER_BYTES + directory.readUInt16LE(position + 28);
		const extraEnd = nameEnd + directory.readUInt16LE(position + 30);
		const next = extraEnd + directory.readUInt16LE(position + 32);
		if (next > directory.length) throw damaged('its list of parts is not valid');
		entries.push(
			parseEntry(directory.subarray(position, nameEnd), directory.subarray(nameEnd, extraEnd)),
		);
		position = next;
	}
	return entries;
}

function parseEntry(header: Buffer, extra: Buffer): ZipEntry {
	const flags = header.readUInt16LE(8);
	const sizes = {
		unpacked: header.readUInt32LE(24),
		packed: header.readUInt32LE(20),
		position: header.readUInt32LE(42),
	};
	const { packed, position } = withZip64(sizes, extra);
	const encoding = (flags & UTF8_FLAG) === 0 ? 'latin1' : 'utf8';
	return {
		name: header.toString(encoding, DIRECTORY_HEADER_BYTES).replaceAll('\\', '/'),
		method: header.readUInt16LE(10),
		encrypted: (flags & ENCRYPTED_FLAG) !== 0,
		crc32: header.readUInt32LE(16),
		packedSize: packed,
		position,
	};
}

interface EntrySizes {
	unpacked: number;
	packed: number;
	position: number;
}

/** Values that do not fit 32 bits stand in an extra field, in this order, and only those (APPNOTE 4.5.3). */
function withZip64(sizes: EntrySizes, extra: Buffer): EntrySizes {
	if (sizes.unpacked !== IN_ZIP64 && sizes.packed !== IN_ZIP64 && sizes.position !== IN_ZIP64) {
		return sizes;
	}
	const field = findExtraField(extra, ZIP64_EXTRA);
	let read = 0;
	const widen = (value: number) => {
		if (value !== IN_ZIP64 || field === undefined || read + 8 > field.length) return value;
		read += 8;
		return toNumber(field.readBigUInt64LE(read - 8));
	};
	return {
		unpacked: widen(sizes.unpacked),
		packed: widen(sizes.packed),
		position: widen(sizes.position),
	};
}

function findExtraField(extra: Buffer, id: number): Buffer | undefined {
	for (let position = 0; position + 4 <= extra.length;) {
		const end = position + 4 + extra.readUInt16LE(position + 2);
		if (extra.readUInt16LE(position) === id) return extra.subarray(position + 4, end);
		position = end;
	}
	return undefined;
}

function toNumber(value: bigint): number {
	if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw damaged('its list of parts is not valid');
	return Number(value);
}
