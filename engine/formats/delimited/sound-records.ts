import type { Dialect } from './tokenizer';

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** Records, how much of the text they fill, and how many lines that is where it is known. */
export interface SoundRecords {
	records: string[][];
	length: number;
	lines?: number;
}

/** Whether `readSound` reads a dialect that Papa Parse can read too: that of nearly all files. */
export function suitsReadSound({ delimiter, quote, escape, newline }: Dialect): boolean {
	return newline === '\n' && delimiter.length === 1 && escape === quote;
}

/**
 * Splits a text into records, as Papa Parse's core does and in less time. It gives up on all that is not plain: text or
 * blanks behind a closing quote. The last record is left out, as it may go on behind the text.
 *
 * @param width how many cells a record is likely to have
 * @returns undefined where it gave up
 */
export function readSound(text: string, dialect: Dialect, width = 1): SoundRecords | undefined {
	const reader = new SoundReader(text, dialect, width);
	const records: string[][] = [];
	for (let cells = reader.read(); cells !== undefined; cells = reader.read()) records.push(cells);
	return reader.isSound ? { records, length: reader.length, lines: reader.lines } : undefined;
}

/** A method for one record, and no loop over all of them: V8 optimizes for good what is called often. */
class SoundReader {
	/** How much of the text the records that were read fill, in characters and in lines. */
	length = 0;

	lines = 0;

	isSound = true;

	readonly #text: string;

	readonly #delimiter: string;

	readonly #delimiterCode: number;

	readonly #quote: string;

	readonly #quoteCode: number;

	/** An empty record of the width of the last one. */
	#template: readonly string[];

	/** Places at or before the end of the last record are out of date; -1 where there are no more. */
	#nextDelimiter: number;

	#nextLine: number;

	constructor(text: string, { delimiter, quote }: Dialect, width: number) {
		this.#text = text;
		this.#delimiter = delimiter;
		this.#delimiterCode = delimiter.charCodeAt(0);
		this.#quote = quote;
		this.#quoteCode = quote === '' ? -1 : quote.charCodeAt(0);
		this.#template = emptyCells(width);
		this.#nextDelimiter = text.indexOf(delimiter);
		this.#nextLine = text.indexOf('\n');
	}

	/** @returns undefined where the text ends before the record does, or it is not sound */
	read(): string[] | undefined {
		let nextLine = this.#nextLine;
		if (nextLine === -1) return undefined;
		const text = this.#text;
		const quoteCode = this.#quoteCode;
		const width = this.#template.length;
		// a copy, and no literal: `ReadRow` tells why; it has its final size from the start
		const cells = this.#template.slice();
		let nextDelimiter = this.#nextDelimiter;
		let position = this.length;
		let count = 0;
		let breaks = 1;
		for (let isEnd = false; !isEnd; count++) {
			let cell: string;
			if (text.charCodeAt(position) === quoteCode) {
				const closing = this.#closingQuote(position + 1);
				if (closing === -1) return undefined;
				cell = this.#unescaped(position + 1, closing);
				position = closing + 1;
				for (; nextLine !== -1 && nextLine < position; breaks++) {
					nextLine = text.indexOf('\n', nextLine + 1);
				}
				if (nextLine === -1) return undefined;
				const behind = text.charCodeAt(position);
				if (behind === LINE_FEED) isEnd = true;
				else if (behind === CARRIAGE_RETURN && nextLine === position + 1) isEnd = true;
				else if (behind !== this.#delimiterCode) {
					this.isSound = false;
					return undefined;
				}
				position = isEnd ? nextLine + 1 : position + 1;
			} else {
				if (nextDelimiter !== -1 && nextDelimiter < position) {
					nextDelimiter = text.indexOf(this.#delimiter, position);
				}
				isEnd = nextDelimiter === -1 || nextLine < nextDelimiter;
				let end = isEnd ? nextLine : nextDelimiter;
				const next = end + 1;
				if (isEnd && end > position && text.charCodeAt(end - 1) === CARRIAGE_RETURN) end--;
				cell = text.slice(position, end);
				position = next;
			}
			if (count < width) cells[count] = cell;
			else cells.push(cell);
		}
		if (count !== width) {
			cells.length = count;
			this.#template = emptyCells(count);
		}
		this.length = position;
		this.lines += breaks;
		this.#nextDelimiter = nextDelimiter;
		this.#nextLine = text.indexOf('\n', position);
		return cells;
	}

	/** The first quote that is not doubled; -1 where there is none. */
	#closingQuote(start: number): number {
		const text = this.#text;
		let closing = text.indexOf(this.#quote, start);
		while (closing !== -1 && text.charCodeAt(closing + 1) === this.#quoteCode) {
			closing = text.indexOf(this.#quote, closing + 2);
		}
		return closing;
	}

	#unescaped(start: number, end: number): string {
		const cell = this.#text.slice(start, end);
		const quote = this.#quote;
		return cell.includes(quote) ? cell.replaceAll(quote + quote, () => quote) : cell;
	}
}

function emptyCells(width: number): string[] {
	const cells: string[] = [];
	while (cells.length < width) cells.push('');
	return cells;
}
