/** Memory is taken for so many pages at a time: small pieces of it between others that come and go keep those from being given back. */
const PAGES_AT_ONCE = 128;

/** In the place of the slot of a page that was there and had to make way. */
const GONE = -1;

/**
 * Pages of a file, numbered from 0, that were read lately, in memory that is taken once and then used again and again. The
 * memory grows only where a page is asked for that had to make way: whoever reads in order is not helped by more.
 */
export class PageCache {
	readonly #pageBytes: number;

	readonly #most: number;

	readonly #mostWanted: number;

	readonly #slots: Buffer[] = [];

	/** The memory that slots were taken from last. */
	#newest: Buffer = Buffer.alloc(0);

	/** For each slot its page, and whether it was asked for since it was last passed over. */
	readonly #pages: number[] = [];

	readonly #wasUsed: boolean[] = [];

	/** For each page its slot, or GONE. A list and not a Map: entries come and go with every page that is read. */
	readonly #slotOf: (number | undefined)[] = [];

	#hand = 0;

	/**
	 * @param pageBytes size of the largest page
	 * @param most how many are kept
	 * @param mostWanted how many are kept where pages are asked for again and again
	 */
	constructor(pageBytes: number, most: number, mostWanted = most) {
		this.#pageBytes = pageBytes;
		this.#most = most;
		this.#mostWanted = mostWanted;
	}

	/** How many pages there is memory for by now. */
	get size(): number {
		return this.#slots.length;
	}

	get(page: number): Buffer | undefined {
		const slot = this.#slotOf[page];
		if (slot === undefined || slot === GONE) return undefined;
		this.#wasUsed[slot] = true;
		return this.#slots[slot];
	}

	/** @returns memory for a page that is not kept yet; it replaces one that nobody asked for in a while */
	take(page: number): Buffer {
		const most = this.#slotOf[page] === GONE ? this.#mostWanted : this.#most;
		const slot = this.#slots.length < most ? this.#newSlot() : this.#freeSlot();
		this.#pages[slot] = page;
		this.#wasUsed[slot] = false;
		this.#slotOf[page] = slot;
		return this.#slots[slot] as Buffer;
	}

	#newSlot(): number {
		const slot = this.#slots.length;
		const place = slot % PAGES_AT_ONCE;
		if (place === 0) this.#newest = Buffer.allocUnsafeSlow(PAGES_AT_ONCE * this.#pageBytes);
		const start = place * this.#pageBytes;
		this.#slots.push(this.#newest.subarray(start, start + this.#pageBytes));
		return slot;
	}

	/** Second chance, an approximation to "least recently used" that costs nothing where a page is found. */
	#freeSlot(): number {
		while (this.#wasUsed[this.#hand] === true) {
			this.#wasUsed[this.#hand] = false;
			this.#hand = (this.#hand + 1) % this.#slots.length;
		}
		const slot = this.#hand;
		this.#hand = (slot + 1) % this.#slots.length;
		this.#slotOf[this.#pages[slot] ?? 0] = GONE;
		return slot;
	}
}
