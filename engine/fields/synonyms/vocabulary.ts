/**
 * What headers are made of, in one language. Names are written as people write them, with commas between them; they are
 * normalised when the vocabularies are put together.
 */
export interface Vocabulary {
	/**
	 * Names for what a column holds, by concept; concepts are the same in all languages. `phone/mobile` is the concept in
	 * that variety, `street#2` the second of its kind. A name that ends in `…` stands for all that begin like it.
	 */
	concepts: Readonly<Record<string, string>>;
	/** Names that mean several things, with their concepts, the likeliest first. */
	ambiguous?: Readonly<Record<string, readonly string[]>>;
	/** Words that tell varieties of one thing apart: the phone at work, the address for the invoice. */
	qualifiers: Readonly<Record<string, string>>;
	/** Words for somebody other than the person or thing that the row is about: `guardian`, `manager`. */
	parties: Readonly<Record<string, string>>;
	/** Words that number things: `second`. Digits need no words. */
	ordinals: Readonly<Record<number, string>>;
	/** Words for what the row is about, which change nothing in a file of such rows: `customer phone`. */
	owners: string;
	/** Words that say of what kind a value is, which many concepts say by themselves: `number`, `name`, `date`. */
	kinds: Readonly<Partial<Record<Kind, string>>>;
	/** Words that say nothing. */
	fillers: string;
}

export type Kind = 'number' | 'name' | 'code' | 'date' | 'address' | 'amount';
