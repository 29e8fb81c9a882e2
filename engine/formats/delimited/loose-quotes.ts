import type { Dialect } from './tokenizer';

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** Finds quotes that touch neither a border of a cell nor an escape. It may find too many, as it knows no cells. */
export class LooseQuotes {
	readonly #quote: string;

	readonly #quoteCode: number;

	readonly #escapeCode: number;

	/** The first and the last character of the delimiter. */
	readonly #first: number;

	readonly #last: number;

	constructor({ quote, escape, delimiter }: Dialect) {
		this.#quote = quote;
		this.#quoteCode = quote.charCodeAt(0);
		this.#escapeCode = escape === '' ? this.#quoteCode : escape.charCodeAt(0);
		this.#first = delimiter.charCodeAt(0);
		this.#last = delimiter.charCodeAt(delimiter.length - 1);
	}

	/** Called with all text of a file: it looks at the quotes alone, and at two characters beside each. */
	areIn(text: string): boolean {
		const quote = this.#quote;
		for (let at = text.indexOf(quote); at !== -1; at = text.indexOf(quote, at + 1)) {
			const behind = text.charCodeAt(at + 1);
			if (behind === this.#first || behind === this.#quoteCode || behind <= CARRIAGE_RETURN)
				continue;
			const before = text.charCodeAt(at - 1);
			if (before === this.#last || before === LINE_FEED || before === CARRIAGE_RETURN) continue;
			if (before === this.#quoteCode || before === this.#escapeCode) continue;
			if (at > 0 && at + 1 < text.length) return true;
		}
		return false;
	}
}
