import { once } from 'node:events';
import { crc32, createDeflateRaw } from 'node:zlib';

const LOCAL_HEADER = 0x04034b50;
const DIRECTORY_HEADER = 0x02014b50;
const END = 0x06054b50;
const DATA_DESCRIPTOR = 0x08074b50;
const SIZES_FOLLOW = 0x0008;
const DEFLATED = 8;

/** Writes a zip archive part by part into a stream, without knowing sizes in advance. Archives below 4 GB. */
export class ZipWriter {
	#out;
	#position = 0;
	#directory = [];

	constructor(out) {
		this.#out = out;
	}

	/** @param {string} name @param {Iterable<string>} pieces text of the part */
	async add(name, pieces) {
		const part = { name: Buffer.from(name), position: this.#position, crc: 0, packed: 0, size: 0 };
		await this.#write(header(LOCAL_HEADER, 30, part, { sizes: false }));
		const deflate = createDeflateRaw({ level: 6, chunkSize: 256 * 1024 });
		const packing = this.#drain(deflate, part);
		for (const piece of pieces) {
			const bytes = Buffer.from(piece);
			part.crc = crc32(bytes, part.crc);
			part.size += bytes.length;
			if (!deflate.write(bytes)) await once(deflate, 'drain');
		}
		deflate.end();
		await packing;
		await this.#write(uint32s(DATA_DESCRIPTOR, part.crc, part.packed, part.size));
		this.#directory.push(part);
	}

	async end() {
		const start = this.#position;
		for (const part of this.#directory) {
			await this.#write(header(DIRECTORY_HEADER, 46, part, { sizes: true }));
		}
		const end = Buffer.alloc(22);
		end.writeUInt32LE(END, 0);
		end.writeUInt16LE(this.#directory.length, 8);
		end.writeUInt16LE(this.#directory.length, 10);
		end.writeUInt32LE(this.#position - start, 12);
		end.writeUInt32LE(start, 16);
		await this.#write(end);
		this.#out.end();
		await once(this.#out, 'finish');
	}

	async #drain(deflate, part) {
		for await (const chunk of deflate) {
			part.packed += chunk.length;
			await this.#write(chunk);
		}
	}

	async #write(bytes) {
		this.#position += bytes.length;
		if (!this.#out.write(bytes)) await once(this.#out, 'drain');
	}
}

/** The fields that both kinds of header share stand at the same distance behind the version fields. */
function header(signature, length, part, { sizes }) {
	const bytes = Buffer.alloc(length);
	const version = signature === DIRECTORY_HEADER ? 6 : 4;
	bytes.writeUInt32LE(signature, 0);
	bytes.writeUInt16LE(20, version);
	bytes.writeUInt16LE(SIZES_FOLLOW, version + 2);
	bytes.writeUInt16LE(DEFLATED, version + 4);
	if (sizes) {
		bytes.writeUInt32LE(part.crc, version + 10);
		bytes.writeUInt32LE(part.packed, version + 14);
		bytes.writeUInt32LE(part.size, version + 18);
		bytes.writeUInt32LE(part.position, 42);
	}
	bytes.writeUInt16LE(part.name.length, version + 22);
	return Buffer.concat([bytes, part.name]);
}

function uint32s(...values) {
	const bytes = Buffer.alloc(4 * values.length);
	values.forEach((value, index) => bytes.writeUInt32LE(value, 4 * index));
	return bytes;
}
