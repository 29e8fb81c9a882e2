import { PageStore, USUAL_PAGE_BYTES } from '../../dataset/spill/page-store';
import { ImportError } from '../../issues';

/** How the bytes of a text are read. The store keeps the place in this list. */
const ENCODINGS = ['utf8', 'utf16le', 'latin1'] as const;

type TextEncoding = (typeof ENCODINGS)[number];

const LARGEST_TOTAL_BYTES = 1024 ** 3;

/** Bytes that stay in memory; further texts go to a file. */
const MEMORY_BYTES = 8 * 1024 ** 2;

/** What stands in a page for each text beside its bytes. */
const END_BYTES = 4;

const PAGE_TEXTS = USUAL_PAGE_BYTES / END_BYTES / 2;

const CACHED_TEXTS = 4096;
const LONGEST_CACHED = 1024;

export interface TextStoreLimits {
	/** Bytes that all texts together may take; never more than 1 GiB. */
	maxBytes?: number;
	/** Bytes that stay in memory. */
	memoryBytes?: number;
}

/**
 * Texts kept as the bytes of the file, outside the heap of JavaScript: a workbook can have millions, and as strings they would
 * take several times the memory. Beyond a size they wait in a temporary file. A text becomes a string when it is asked for;
 * those asked for lately are kept.
 *
 * Texts lie in pages: where each ends among the bytes of all, with its encoding in the lowest two bits, then those bytes. As
 * cells ask for texts mostly in the order of their numbers, the page is there already.
 */
export class TextStore {
	readonly #limit: number;

	readonly #pages: PageStore;

	/** For each page the index of its first text; the last one is that of the page which is being filled. */
	readonly #firstTexts: number[] = [0];

	#count = 0;

	#total = 0;

	/** Of the page that is being filled. */
	#bytes: Buffer = Buffer.allocUnsafeSlow(USUAL_PAGE_BYTES);

	#used = 0;

	readonly #ends = new Uint32Array(PAGE_TEXTS);

	readonly #cachedIndex = new Int32Array(CACHED_TEXTS).fill(-1);

	readonly #cachedText = new Array<string>(CACHED_TEXTS).fill('');

	constructor({ maxBytes, memoryBytes = MEMORY_BYTES }: TextStoreLimits = {}) {
		this.#limit = Math.min(maxBytes ?? LARGEST_TOTAL_BYTES, LARGEST_TOTAL_BYTES);
		this.#pages = new PageStore(memoryBytes);
	}

	get size(): number {
		return this.#count;
	}

	/** The text at an index from 0; undefined when there is none. @throws the error of the file system */
	get(index: number): string | undefined {
		const slot = index % CACHED_TEXTS;
		if (this.#cachedIndex[slot] === index) return this.#cachedText[slot];
		if (!(index >= 0 && index < this.#count)) return undefined;
		const page = this.#pageOf(index);
		const first = this.#firstTexts[page] ?? 0;
		const next = this.#firstTexts[page + 1];
		const text =
			next === undefined
				? this.#ofOpenPage(index - first)
				: textAt(this.#pages.get(page), next - first, index - first);
		if (text.length <= LONGEST_CACHED) {
			this.#cachedIndex[slot] = index;
			this.#cachedText[slot] = text;
		}
		return text;
	}

	/** Adds a text. @throws ImportError FILE_TOO_LARGE */
	add(bytes: Buffer, start: number, end: number, encoding: TextEncoding): void {
		const stored = end - start + END_BYTES;
		this.#total += stored;
		if (this.#total > this.#limit) {
			throw new ImportError(
				'FILE_TOO_LARGE',
				`The texts of the workbook take more than ${Math.round(this.#limit / 1024 ** 2)} MB, which is the limit.`,
			);
		}
		let place = this.#count - this.#openFirst;
		const isFull = this.#used + place * END_BYTES + stored > USUAL_PAGE_BYTES;
		if (place > 0 && (isFull || place === PAGE_TEXTS)) {
			this.#endPage(place);
			place = 0;
		}
		// a text that is larger than a page has one of its own
		if (this.#used + stored > this.#bytes.length) this.#bytes = Buffer.allocUnsafeSlow(stored);
		bytes.copy(this.#bytes, this.#used, start, end);
		this.#used += end - start;
		this.#ends[place] = this.#used * 4 + ENCODINGS.indexOf(encoding);
		this.#count++;
	}

	/**
	 * Writes what shall not stay in memory. To be awaited now and then while texts are added.
	 *
	 * @throws ImportError FILE_UNREADABLE when there is no room for the file
	 */
	async flush(): Promise<void> {
		await this.#pages.flush();
	}

	/** Removes the file. No text is there any more. */
	close(): void {
		this.#count = 0;
		this.#cachedIndex.fill(-1);
		this.#pages.close();
	}

	get #openFirst(): number {
		return this.#firstTexts.at(-1) ?? 0;
	}

	#ofOpenPage(place: number): string {
		const start = place === 0 ? 0 : (this.#ends[place - 1] ?? 0);
		return decoded(this.#bytes, 0, start, this.#ends[place] ?? 0);
	}

	#endPage(texts: number): void {
		const ends = Buffer.from(this.#ends.buffer, 0, texts * END_BYTES);
		this.#pages.add(Buffer.concat([ends, this.#bytes.subarray(0, this.#used)]));
		this.#firstTexts.push(this.#count);
		this.#used = 0;
		if (this.#bytes.length > USUAL_PAGE_BYTES) {
			this.#bytes = Buffer.allocUnsafeSlow(USUAL_PAGE_BYTES);
		}
	}

	/** The page that holds a text, found by halves. */
	#pageOf(index: number): number {
		let low = 0;
		let high = this.#firstTexts.length - 1;
		while (low < high) {
			const middle = (low + high + 1) >>> 1;
			if ((this.#firstTexts[middle] ?? 0) <= index) low = middle;
			else high = middle - 1;
		}
		return low;
	}
}

/**
 * @param page the ends of its texts, and behind them their bytes
 * @param texts how many it has
 * @param place of the text among them
 */
function textAt(page: Buffer, texts: number, place: number): string {
	const endAt = place * END_BYTES;
	const start = place === 0 ? 0 : page.readUInt32LE(endAt - END_BYTES);
	return decoded(page, texts * END_BYTES, start, page.readUInt32LE(endAt));
}

/**
 * @param bytesAt where the bytes of the page begin
 * @param start end of the text before, with its encoding; so is `end`
 */
function decoded(bytes: Buffer, bytesAt: number, start: number, end: number): string {
	return bytes.toString(ENCODINGS[end & 3], bytesAt + (start >>> 2), bytesAt + (end >>> 2));
}
