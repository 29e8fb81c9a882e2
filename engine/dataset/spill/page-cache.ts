/** Pages of a file, numbered from 0, that were read lately, in memory that is taken once and then used again and again. */
export class PageCache {
	readonly #pageBytes: number;

	readonly #most: number;

	readonly #slots: Buffer[] = [];

	/** For each slot its page, and whether it was asked for since it was last passed over. */
	readonly #pages: number[] = [];

	readonly #wasUsed: boolean[] = [];

	/** For each page its slot. A list and not a Map: entries come and go with every page that is read. */
	readonly #slotOf: (number | undefined)[] = [];

	#hand = 0;

	/**
	 * @param pageBytes size of the largest page
	 * @param most how many are kept
	 */
	constructor(pageBytes: number, most: number) {
		this.#pageBytes = pageBytes;
		this.#most = most;
	}

	get(page: number): Buffer | undefined {
		const slot = this.#slotOf[page];
		if (slot === undefined) return undefined;
		this.#wasUsed[slot] = true;
		return this.#slots[slot];
	}

	/** @returns memory for a page that is not kept yet; it replaces one that nobody asked for in a while */
	take(page: number): Buffer {
		const slot = this.#slots.length < this.#most ? this.#newSlot() : this.#freeSlot();
		this.#pages[slot] = page;
		this.#wasUsed[slot] = false;
		this.#slotOf[page] = slot;
		return this.#slots[slot] as Buffer;
	}

	#newSlot(): number {
		return this.#slots.push(Buffer.allocUnsafeSlow(this.#pageBytes)) - 1;
	}

	/** Second chance, an approximation to "least recently used" that costs nothing where a page is found. */
	#freeSlot(): number {
		while (this.#wasUsed[this.#hand] === true) {
			this.#wasUsed[this.#hand] = false;
			this.#hand = (this.#hand + 1) % this.#most;
		}
		const slot = this.#hand;
		this.#hand = (slot + 1) % this.#most;
		this.#slotOf[this.#pages[slot] ?? 0] = undefined;
		return slot;
	}
}
