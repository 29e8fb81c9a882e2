import { pipeline, Readable } from 'node:stream';
import { constants, crc32, createDeflateRaw } from 'node:zlib';

/** A file to go into an archive: its path, and its text in pieces. */
export interface ZipEntry {
	path: string;
	text: AsyncIterable<string> | Iterable<string>;
}

interface WrittenEntry {
	path: Buffer;
	crc: number;
	packed: number;
	unpacked: number;
	at: number;
}

/** Names are UTF-8, and sizes stand behind the data: they are not known before. */
const FLAGS = 0x0808;
const DEFLATE = 8;
const VERSION = 20;
/** 1 January 1980, the first day that the format knows: the same rows make the same file. */
const DATE = 0x21;

/**
 * A zip archive, piece by piece, while its files are made (PKWARE APPNOTE 6.3.10, 4.3). No file may be larger than 4 GB:
 * there is no ZIP64 here.
 */
export async function* zipStream(entries: Iterable<ZipEntry>): AsyncGenerator<Uint8Array> {
	const written: WrittenEntry[] = [];
	let length = 0;
	for (const { path, text } of entries) {
		const entry = { path: Buffer.from(path), crc: 0, packed: 0, unpacked: 0, at: length };
		const header = localHeader(entry);
		yield header;
		const deflate = createDeflateRaw({ level: constants.Z_BEST_SPEED });
		// what goes wrong comes out of the loop below
		pipeline(Readable.from(counted(text, entry), { objectMode: false }), deflate, () => undefined);
		for await (const chunk of deflate as AsyncIterable<Uint8Array>) {
			entry.packed += chunk.length;
			yield chunk;
		}
		const sizes = descriptor(entry);
		yield sizes;
		length += header.length + entry.packed + sizes.length;
		written.push(entry);
	}
	const directory = Buffer.concat(written.map(centralHeader));
	yield directory;
	yield endOfDirectory(written.length, directory.length, length);
}

async function* counted(text: ZipEntry['text'], entry: WrittenEntry): AsyncGenerator<Uint8Array> {
	for await (const piece of text) {
		const bytes = Buffer.from(piece);
		entry.crc = crc32(bytes, entry.crc);
		entry.unpacked += bytes.length;
		yield bytes;
	}
}

/** Numbers in little endian order: each with its width in bytes. */
function numbers(...fields: Array<readonly [value: number, width: 2 | 4]>): Buffer {
	const bytes = Buffer.alloc(fields.reduce((sum, [, width]) => sum + width, 0));
	let at = 0;
	for (const [value, width] of fields) at = bytes.writeUIntLE(value, at, width);
	return bytes;
}

function localHeader({ path }: WrittenEntry): Buffer {
	const fields = numbers(
		[0x04034b50, 4],
		[VERSION, 2],
		[FLAGS, 2],
		[DEFLATE, 2],
		[0, 2],
		[DATE, 2],
		[0, 4],
		[0, 4],
		[0, 4],
		[path.length, 2],
		[0, 2],
	);
	return Buffer.concat([fields, path]);
}

const descriptor = ({ crc, packed, unpacked }: WrittenEntry): Buffer =>
	numbers([0x08074b50, 4], [crc, 4], [packed, 4], [unpacked, 4]);

function centralHeader({ path, crc, packed, unpacked, at }: WrittenEntry): Buffer {
	const fields = numbers(
		[0x02014b50, 4],
		[VERSION, 2],
		[VERSION, 2],
		[FLAGS, 2],
		[DEFLATE, 2],
		[0, 2],
		[DATE, 2],
		[crc, 4],
		[packed, 4],
		[unpacked, 4],
		[path.length, 2],
		[0, 2],
		[0, 2],
		[0, 2],
		[0, 2],
		[0, 4],
		[at, 4],
	);
	return Buffer.concat([fields, path]);
}

const endOfDirectory = (count: number, length: number, at: number): Buffer =>
	numbers([0x06054b50, 4], [0, 2], [0, 2], [count, 2], [count, 2], [length, 4], [at, 4], [0, 2]);
