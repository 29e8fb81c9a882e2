import { findLineEnd, type LineEnd, type Newline } from './line-ends';

/** How a delimited file is written. */
export interface Dialect {
	/** What stands between cells; one character or several. */
	delimiter: string;
	/** The sign around cells; `''` where there is none. */
	quote: string;
	/** The sign before a quote that is part of a quoted cell; the quote itself where it is doubled. */
	escape: string;
	/** How a line that is a comment begins; `''` where there are none. */
	comment: string;
	newline: Newline;
	/** Whether the blanks around cells belong to none of them. */
	padded: boolean;
	/** Whether lines of dashes stand between the rows; where it is missing, there are none. */
	drawn?: boolean;
	/** The number of cells that most records have, as far as it is known. */
	width?: number;
}

/** Why a record is not what RFC 4180 has it. */
type Fault =
	/** text follows a closing quote */
	| 'stray'
	/** a quote is not closed before the text ends */
	| 'open';

const isBlankAt = (text: string, at: number): boolean => text[at] === ' ' || text[at] === '\t';

/** Whether a sign counts as nothing behind a closing quote: all that `trim` takes off, as Papa Parse has it. */
function isSpaceAt(text: string, at: number, newline: Newline): boolean {
	if (isBlankAt(text, at)) return true;
	const sign = text[at];
	if (sign === undefined || sign === '\n' || sign.trim() !== '') return false;
	return sign !== '\r' || (newline === '\n' && text[at + 1] !== '\n');
}

/**
 * Takes one record after another out of a text, character positions known. It is exact where Papa Parse is fast: it sees
 * quotes that are not closed or that text follows, and quotes inside of cells that have none around them.
 */
export class Tokenizer {
	/** Cells of the record that was read last. */
	cells: string[] = [];

	/** Where the next record begins. */
	end = 0;

	fault: Fault | undefined;

	/** Whether a quote stands inside a cell without quotes around it. */
	hasLooseQuote = false;

	isComment = false;

	/** Places of the cells that had quotes around them. */
	quoted: number[] = [];

	readonly #text: string;

	readonly #dialect: Dialect;

	readonly #isEnd: boolean;

	/** What comes next, and from where it was searched: behind a fault reading goes on at a place that was passed already. */
	#nextDelimiter = -1;

	#delimiterFrom = Infinity;

	#nextQuote = -1;

	#quoteFrom = Infinity;

	#nextLineEnd: LineEnd | undefined;

	#lineEndFrom = -1;

	/** @param isEnd whether no more text follows behind the last record */
	constructor(text: string, dialect: Dialect, isEnd: boolean) {
		this.#text = text;
		this.#dialect = dialect;
		this.#isEnd = isEnd;
	}

	/**
	 * Reads the record at a position.
	 *
	 * @returns false when the text ends before the record does; with a fault, `end` is not meaningful
	 */
	read(start: number): boolean {
		this.cells = [];
		this.fault = undefined;
		this.hasLooseQuote = false;
		this.isComment = false;
		this.quoted = [];
		const { comment, quote } = this.#dialect;
		if (comment !== '' && this.#text.startsWith(comment, start)) return this.#readComment(start);
		for (let position = start; ;) {
			const opening = quote === '' ? -1 : this.#openingQuote(position);
			const next = opening === -1 ? this.#readPlain(position) : this.#readQuoted(opening);
			if (next === 'unfinished') return false;
			if (next === 'ended') return true;
			position = next;
		}
	}

	#readComment(start: number): boolean {
		const lineEnd = this.#lineEnd(start);
		if (lineEnd === undefined && !this.#isEnd) return false;
		this.isComment = true;
		this.end = lineEnd?.next ?? this.#text.length;
		return true;
	}

	#openingQuote(position: number): number {
		const { quote, padded } = this.#dialect;
		const at = padded ? this.#behindBlanks(position) : position;
		return this.#text.startsWith(quote, at) ? at : -1;
	}

	#readPlain(position: number): number | 'unfinished' | 'ended' {
		const text = this.#text;
		const delimiter = this.#findDelimiter(position);
		const lineEnd = this.#lineEnd(position);
		if (delimiter !== -1 && (lineEnd === undefined || delimiter < lineEnd.at)) {
			this.#push(position, delimiter);
			return delimiter + this.#dialect.delimiter.length;
		}
		if (lineEnd === undefined && !this.#isEnd) return 'unfinished';
		this.#push(position, lineEnd?.at ?? text.length);
		this.end = lineEnd?.next ?? text.length;
		return 'ended';
	}

	#push(start: number, end: number): void {
		const { quote } = this.#dialect;
		const cell = this.#text.slice(start, end);
		this.cells.push(this.#dialect.padded ? cell.trim() : cell);
		if (quote === '') return;
		if (start < this.#quoteFrom || (this.#nextQuote !== -1 && this.#nextQuote < start)) {
			this.#nextQuote = this.#text.indexOf(quote, start);
			this.#quoteFrom = start;
		}
		if (this.#nextQuote !== -1 && this.#nextQuote < end) this.hasLooseQuote = true;
	}

	#readQuoted(opening: number): number | 'unfinished' | 'ended' {
		const text = this.#text;
		const { delimiter, quote } = this.#dialect;
		const start = opening + quote.length;
		const closing = findClosingQuote(text, start, this.#dialect);
		if (closing === -1) {
			if (!this.#isEnd) return 'unfinished';
			this.fault = 'open';
			return 'ended';
		}
		let behind = closing + quote.length;
		if (!text.startsWith(delimiter, behind)) behind = this.#behindSpace(behind);
		// what stands at the very end may be the first part of a delimiter, of CRLF or of a doubled quote
		if (behind + Math.max(2, delimiter.length) > text.length && !this.#isEnd) return 'unfinished';
		const isLast = behind === text.length;
		if (isLast || text.startsWith(delimiter, behind)) {
			this.#pushQuoted(start, closing);
			this.end = behind;
			return isLast ? 'ended' : behind + delimiter.length;
		}
		const lineEnd = this.#lineEnd(behind);
		if (lineEnd?.at === behind) {
			this.#pushQuoted(start, closing);
			this.end = lineEnd.next;
			return 'ended';
		}
		this.fault = 'stray';
		return 'ended';
	}

	#pushQuoted(start: number, end: number): void {
		this.quoted.push(this.cells.length);
		this.cells.push(unescapeCell(this.#text.slice(start, end), this.#dialect));
	}

	#behindBlanks(position: number): number {
		const { delimiter } = this.#dialect;
		let at = position;
		while (isBlankAt(this.#text, at) && !this.#text.startsWith(delimiter, at)) at++;
		return at;
	}

	#behindSpace(position: number): number {
		const { delimiter, newline } = this.#dialect;
		let at = position;
		while (isSpaceAt(this.#text, at, newline) && !this.#text.startsWith(delimiter, at)) at++;
		return at;
	}

	#findDelimiter(position: number): number {
		const next = this.#nextDelimiter;
		if (position < this.#delimiterFrom || (next !== -1 && next < position)) {
			this.#nextDelimiter = this.#text.indexOf(this.#dialect.delimiter, position);
			this.#delimiterFrom = position;
		}
		return this.#nextDelimiter;
	}

	#lineEnd(position: number): LineEnd | undefined {
		const known = this.#nextLineEnd;
		const isKnown =
			this.#lineEndFrom !== -1 &&
			this.#lineEndFrom <= position &&
			(known?.at ?? Infinity) >= position;
		if (!isKnown) {
			const found = findLineEnd(this.#text, position, this.#dialect.newline);
			this.#nextLineEnd = found;
			this.#lineEndFrom = position;
		}
		const lineEnd = this.#nextLineEnd;
		// a carriage return at the very end may be the first half of CRLF
		const isHalf =
			!this.#isEnd && this.#dialect.newline !== '\n' && lineEnd?.next === this.#text.length;
		return isHalf && this.#text.endsWith('\r') ? undefined : lineEnd;
	}
}

/** The first quote at or behind a position that is not part of the cell; -1 where there is none. */
export function findClosingQuote(
	text: string,
	from: number,
	{ quote, escape }: Pick<Dialect, 'quote' | 'escape'>,
): number {
	for (let at = text.indexOf(quote, from); at !== -1; at = text.indexOf(quote, at + quote.length)) {
		if (escape === quote) {
			if (!text.startsWith(quote, at + quote.length)) return at;
			at += quote.length;
		} else if (!isEscaped(text, from, at, escape)) return at;
	}
	return -1;
}

/** Whether an odd number of escapes stands before a position. */
function isEscaped(text: string, from: number, at: number, escape: string): boolean {
	if (escape === '') return false;
	let count = 0;
	for (let i = at - escape.length; i >= from && text.startsWith(escape, i); i -= escape.length) {
		count++;
	}
	return count % 2 === 1;
}

/** The text of a quoted cell without the escapes. An escape that stands before neither a quote nor an escape is text. */
export function unescapeCell(
	text: string,
	{ quote, escape }: Pick<Dialect, 'quote' | 'escape'>,
): string {
	if (escape === '' || !text.includes(escape)) return text;
	if (escape === quote) return text.replaceAll(quote + quote, () => quote);
	let cell = '';
	let position = 0;
	for (;;) {
		const at = text.indexOf(escape, position);
		if (at === -1) return cell + text.slice(position);
		const behind = at + escape.length;
		const escaped = [quote, escape].find((sign) => text.startsWith(sign, behind));
		cell += text.slice(position, escaped === undefined ? behind : at) + (escaped ?? '');
		position = behind + (escaped?.length ?? 0);
	}
}
