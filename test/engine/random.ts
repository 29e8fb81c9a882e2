/** Numbers and choices that look random and are the same for the same seed (mulberry32). */
export class Random {
	#state: number;

	constructor(seed: number) {
		this.#state = seed >>> 0;
	}

	/** The generator of one input: inputs that follow each other have nothing in common. */
	static of(seed: number, input: number): Random {
		return new Random(Math.imul(seed ^ 0x5bd1e995, 0x85ebca6b) ^ Math.imul(input + 1, 0xc2b2ae35));
	}

	/** From 0 to below 1. */
	next(): number {
		this.#state = (this.#state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	}

	/** A whole number from 0 to below `bound`. */
	below(bound: number): number {
		return Math.floor(this.next() * bound);
	}

	between(least: number, most: number): number {
		return least + this.below(most - least + 1);
	}

	chance(share: number): boolean {
		return this.next() < share;
	}

	of<T>(list: readonly T[]): T {
		if (list.length === 0) throw new RangeError('There is nothing to choose from');
		return list[this.below(list.length)] as T;
	}

	times<T>(count: number, make: (index: number) => T): T[] {
		return Array.from({ length: count }, (_, index) => make(index));
	}
}
