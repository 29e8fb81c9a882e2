import { Readable } from 'node:stream';
import { spool, type ByteSource } from '../../dataset';
import { beginsAs } from '../detection';
import { HEAD_BYTES } from '../encoding';

type Unpack = () => AsyncGenerator<Uint8Array, void, undefined>;

/**
 * The bytes inside a container. They are unpacked anew whenever they are read from the start; the head is kept, and what
 * lies behind it is unpacked to a temporary file once it is asked for.
 */
export class UnpackedBytes implements ByteSource {
	/** Infinite as long as the end was not seen: what a container says about its size is only a claim. */
	readonly size: number;

	readonly #unpack: Unpack;

	readonly #head: Uint8Array;

	#spooled: Promise<ByteSource> | undefined;

	private constructor(unpack: Unpack, head: Uint8Array, size: number) {
		this.#unpack = unpack;
		this.#head = head;
		this.size = size;
	}

	/**
	 * Opens what lies in a container. Formats that are read from all sides are unpacked to a temporary file at once.
	 *
	 * @throws ImportError FILE_* when not even the first bytes can be unpacked
	 */
	static async open(unpack: Unpack): Promise<ByteSource> {
		const { head, isWhole } = await readHead(unpack);
		if (isReadFromAllSides(head)) return await spoolUnpacked(unpack);
		return new UnpackedBytes(unpack, head, isWhole ? head.byteLength : Number.POSITIVE_INFINITY);
	}

	chunks(): AsyncIterable<Uint8Array> {
		return this.#unpack();
	}

	async read(position: number, length: number): Promise<Uint8Array> {
		const isInHead = position + length <= this.#head.byteLength;
		if (isInHead || this.size === this.#head.byteLength) {
			return this.#head.subarray(position, position + length);
		}
		this.#spooled ??= spoolUnpacked(this.#unpack);
		return await (await this.#spooled).read(position, length);
	}

	async close(): Promise<void> {
		const spooled = await this.#spooled?.catch(() => undefined);
		await spooled?.close();
	}
}

/** Damage behind the first bytes is met again by whoever reads that far. */
async function readHead(unpack: Unpack): Promise<{ head: Uint8Array; isWhole: boolean }> {
	const pieces: Uint8Array[] = [];
	let length = 0;
	let isWhole = true;
	try {
		for await (const chunk of unpack()) {
			pieces.push(chunk);
			length += chunk.byteLength;
			if (length <= HEAD_BYTES) continue;
			isWhole = false;
			break;
		}
	} catch (error) {
		if (length === 0) throw error;
		isWhole = false;
	}
	return { head: Buffer.concat(pieces), isWhole };
}

/** Archives and workbooks are read from their end, or have their parts anywhere. */
function isReadFromAllSides(head: Uint8Array): boolean {
	return beginsAs('zip', head) || beginsAs('compoundFile', head) || beginsAs('bareWorkbook', head);
}

async function spoolUnpacked(unpack: Unpack): Promise<ByteSource> {
	return await spool(Readable.from(unpack(), { objectMode: false }));
}
