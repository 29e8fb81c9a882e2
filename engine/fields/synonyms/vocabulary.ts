/**
 * What headers are made of, in one language. All words are written as people write them; they are normalised when the
 * vocabularies are put together.
 */
export interface Vocabulary {
	/**
	 * Names for what a column holds, by concept. A concept with qualifiers behind a slash (`phone/mobile`) is the concept
	 * in that variety. Concepts are the same in all languages.
	 */
	concepts: Readonly<Record<string, readonly string[]>>;
	/** Words that tell varieties of a concept apart: the phone at work, the address for the invoice. */
	qualifiers: Readonly<Record<string, readonly string[]>>;
	/** Words that number things: `second`. Digits need no words. */
	ordinals: Readonly<Record<number, readonly string[]>>;
	/** Words about whose column it is, which change nothing in a file of such people: `customer phone`. */
	owners: readonly string[];
	/** Words that say nothing. */
	fillers: readonly string[];
}
