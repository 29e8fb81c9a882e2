import { ImportError } from '../../issues';
import { charactersOf } from './record-text';

const SLAB_BITS = 20;
const SLAB_BYTES = 2 ** SLAB_BITS;
const DEFAULT_LIMIT = 1024 ** 3;
const HEADER_BYTES = 4;
const PLACES_BITS = 14;
const PLACES = 2 ** PLACES_BITS;
const CACHE_SIZE = 4096;

/**
 * Texts kept as the bytes of the file, outside the heap of JavaScript: a workbook can have millions, and as strings they would
 * take several times the memory. A text becomes a string when it is asked for; those asked for lately are kept.
 */
export class TextStore {
	/** Each text with its length before it; what is stored is never moved. */
	readonly #slabs: Buffer[] = [];

	#slab: Buffer = Buffer.alloc(0);

	#slabUsed = SLAB_BYTES;

	/** For each text, the number of its slab and its position there, in one number. */
	readonly #places: Uint32Array[] = [];

	#newestPlaces = new Uint32Array(0);

	#count = 0;

	#total = 0;

	readonly #limit: number;

	readonly #cachedIndex = new Int32Array(CACHE_SIZE).fill(-1);

	readonly #cachedText = new Array<string>(CACHE_SIZE).fill('');

	/** @param limit bytes that all texts together may take */
	constructor(limit = DEFAULT_LIMIT) {
		this.#limit = Math.min(limit, DEFAULT_LIMIT);
	}

	get size(): number {
		return this.#count;
	}

	get(index: number): string | undefined {
		const slot = index % CACHE_SIZE;
		if (this.#cachedIndex[slot] === index) return this.#cachedText[slot];
		if (!(index >= 0 && index < this.#count)) return undefined;
		const place = this.#places[index >>> PLACES_BITS]?.[index & (PLACES - 1)] ?? 0;
		const slab = this.#slabs[place >>> SLAB_BITS] ?? this.#slab;
		const start = (place & (SLAB_BYTES - 1)) + HEADER_BYTES;
		const header = slab.readUInt32LE(start - HEADER_BYTES);
		const text = charactersOf(slab, start, start + (header >>> 1), (header & 1) === 1);
		this.#cachedIndex[slot] = index;
		this.#cachedText[slot] = text;
		return text;
	}

	/**
	 * Adds a text, given as UTF-16 or as the lower bytes of it. It is shorter than 64K characters.
	 *
	 * @throws ImportError FILE_TOO_LARGE
	 */
	add(bytes: Buffer, start: number, end: number, isWide: boolean): void {
		const stored = HEADER_BYTES + end - start;
		this.#total += stored;
		if (this.#total > this.#limit) {
			throw new ImportError(
				'FILE_TOO_LARGE',
				`The texts of the workbook take more than ${Math.round(this.#limit / 1024 ** 2)} MB of memory, which is the limit.`,
			);
		}
		if (this.#slabUsed + stored > SLAB_BYTES) this.#nextSlab();
		this.#slab.writeUInt32LE((end - start) * 2 + (isWide ? 1 : 0), this.#slabUsed);
		bytes.copy(this.#slab, this.#slabUsed + HEADER_BYTES, start, end);
		this.#addPlace((((this.#slabs.length - 1) << SLAB_BITS) | this.#slabUsed) >>> 0);
		this.#slabUsed += stored;
	}

	#nextSlab(): void {
		this.#slab = Buffer.allocUnsafeSlow(SLAB_BYTES);
		this.#slabs.push(this.#slab);
		this.#slabUsed = 0;
	}

	#addPlace(place: number): void {
		const position = this.#count & (PLACES - 1);
		if (position === 0) {
			this.#newestPlaces = new Uint32Array(PLACES);
			this.#places.push(this.#newestPlaces);
		}
		this.#newestPlaces[position] = place;
		this.#count++;
	}
}
