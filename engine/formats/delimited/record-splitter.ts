import { readBrokenRecord, type FoundRecord } from './broken-record';
import { countLineEnds, findLineEnd } from './line-ends';
import { LooseQuotes } from './loose-quotes';
import { parseFast, suitsPapaParse } from './papa-parse';
import { CommentLine, RecordBatch, type FileRecord, type RecordNote } from './record-batch';
import { readSound, suitsReadSound, type SoundRecords } from './sound-records';
import { Tokenizer, type Dialect } from './tokenizer';

/** Records that the careful way gives out at a time. */
const CAREFUL_RECORDS = 500;

/** A record that grows longer is read anew only once it has doubled, so that its length costs linear time. */
const LONG_RECORD = 64 * 1024;

/** A quote inside a cell that has none around it is looked for in so much of a file, in characters. */
const SEARCHED_FOR_LOOSE_QUOTE = 4 * 1024 * 1024;

/** Whether a record is not a blank line, which says nothing about the number of cells. */
const isFilled = (cells: readonly string[]): boolean => cells.length > 1 || cells[0] !== '';

/** Takes pieces of text and gives the records that they complete. */
export class RecordSplitter {
	readonly #dialect: Dialect;

	readonly #maxRecordLength: number;

	readonly #isSuitable: boolean;

	readonly #isPlain: boolean;

	readonly #looseQuotes: LooseQuotes;

	/** Text of a record that is not complete. */
	#rest = '';

	/** How long the text must be until it is worth a look. */
	#wanted = 0;

	/** Whether the text up to the next line end belongs to a line that was too long. */
	#isSkipping = false;

	/**
	 * A carriage return at the end of a piece, which may be the first half of a line end. It is not looked at before the
	 * other half is there.
	 */
	#heldReturn = '';

	/** Characters that were taken: where in the file the text of `#rest` begins. */
	#position = 0;

	/**
	 * Whether quotes inside cells that have none around them need no longer be searched. They do no harm and the first is
	 * reported; to look for it in all of a large file would cost more than it tells.
	 */
	#isLooseQuoteNoted = false;

	#firstRecord = 1;

	#firstLine = 1;

	/** The number of cells of the last sound record that is not blank. */
	#width: number | undefined;

	constructor(dialect: Dialect, maxRecordLength: number) {
		this.#dialect = dialect;
		this.#maxRecordLength = maxRecordLength;
		this.#isSuitable = suitsPapaParse(dialect);
		this.#isPlain = this.#isSuitable && suitsReadSound(dialect);
		this.#looseQuotes = new LooseQuotes(dialect);
	}

	/** Takes a piece of text. @returns the records that are complete now */
	*add(piece: string): Generator<RecordBatch> {
		this.#append(piece);
		if (this.#isSkipping && !this.#skipLongLine()) return;
		if (this.#rest.length < this.#wanted && this.#rest.length < this.#tooLong) return;
		const isWaiting = yield* this.#split();
		const isLong = isWaiting || this.#rest.length > LONG_RECORD;
		this.#wanted = isLong ? 2 * this.#rest.length : 0;
	}

	/** Says that no more text follows. @returns the last records */
	*end(): Generator<RecordBatch> {
		this.#rest += this.#heldReturn;
		this.#heldReturn = '';
		if (this.#isSkipping && !this.#skipLongLine()) return;
		yield* this.#splitCarefully(true);
	}

	#append(piece: string): void {
		const isHalf = piece.endsWith('\r');
		this.#rest += this.#heldReturn + (isHalf ? piece.slice(0, -1) : piece);
		this.#heldReturn = isHalf ? '\r' : '';
	}

	/** Text of one record that is so long shows that the record is beyond the limit, or where it ends. */
	get #tooLong(): number {
		return this.#maxRecordLength + this.#dialect.delimiter.length + 4;
	}

	/** @returns whether a broken record waits for the text behind it */
	*#split(): Generator<RecordBatch, boolean> {
		const text = this.#rest;
		const fast = this.#mayBeFast(text) ? this.#readFast(text) : undefined;
		if (fast === undefined) return yield* this.#splitCarefully(false);
		if (fast.records.length === 0) return false;
		this.#width = fast.records.findLast(isFilled)?.length ?? this.#width;
		yield this.#take(fast.length, fast.records, { lines: fast.lines });
		return false;
	}

	/** Papa Parse reads the dialects that the plain way does not know, and blanks behind quotes. */
	#readFast(text: string): SoundRecords | undefined {
		const sound = this.#isPlain ? readSound(text, this.#dialect, this.#width) : undefined;
		return sound ?? parseFast(text, this.#dialect);
	}

	/** Whether nothing speaks against the fast way, which sees broken quotes around cells and nothing else. */
	#mayBeFast(text: string): boolean {
		const { quote, escape, comment, newline } = this.#dialect;
		// a text that is shorter has no record beyond the limit
		if (!this.#isSuitable || text.length > this.#maxRecordLength) return false;
		if (newline === '\r' && text.includes('\n')) return false;
		if (comment !== '' && (text.startsWith(comment) || text.includes(newline + comment)))
			return false;
		if (quote === '' || !text.includes(quote)) return true;
		if (escape !== quote && text.includes(escape + escape)) return false;
		return !this.#isSearched(this.#position) || !this.#looseQuotes.areIn(text);
	}

	/** Whether a quote inside a cell without quotes is reported in a record that begins at a position of the file. */
	#isSearched(position: number): boolean {
		return !this.#isLooseQuoteNoted && position < SEARCHED_FOR_LOOSE_QUOTE;
	}

	/** Cuts the text of some records off and makes a batch of them. */
	#take(
		length: number,
		records: FileRecord[],
		known: {
			starts?: number[];
			notes?: ReadonlyMap<number, RecordNote>;
			lines?: number | undefined;
		} = {},
	): RecordBatch {
		const all = this.#rest;
		const text = all.slice(0, length);
		this.#rest = all.slice(length);
		const at = {
			firstRecord: this.#firstRecord,
			firstLine: this.#firstLine,
			position: this.#position,
		};
		this.#position += length;
		this.#firstRecord += records.length;
		this.#firstLine += known.lines ?? countLineEnds(all, this.#dialect.newline, length);
		return new RecordBatch(records, at, text, this.#dialect, known);
	}

	/** @returns whether a broken record waits for the text behind it */
	*#splitCarefully(isEnd: boolean): Generator<RecordBatch, boolean> {
		const text = this.#rest;
		const from = this.#position;
		const tokenizer = new Tokenizer(text, this.#dialect, isEnd);
		let records: FileRecord[] = [];
		let starts: number[] = [];
		let notes = new Map<number, RecordNote>();
		let position = 0;
		let taken = 0;
		let isWaiting = false;
		while (position < text.length) {
			const isWhole = tokenizer.read(position);
			const isSound = isWhole && tokenizer.fault === undefined;
			if (isSound && this.#isWithinLimit(text, position, tokenizer.end)) {
				starts.push(position - taken);
				if (tokenizer.isComment) {
					records.push(new CommentLine(text.slice(position, tokenizer.end).trimEnd()));
				} else {
					if (tokenizer.hasLooseQuote && this.#isSearched(from + position)) {
						// the fast way knows no cells: what it passes over is not reported here either
						if (this.#looseQuotes.areIn(text.slice(position, tokenizer.end))) {
							this.#isLooseQuoteNoted = true;
							notes.set(records.length, 'loose-quote');
						}
					}
					if (isFilled(tokenizer.cells)) this.#width = tokenizer.cells.length;
					records.push(tokenizer.cells);
				}
				position = tokenizer.end;
			} else {
				if (!isWhole && text.length - position < this.#tooLong) break;
				const found = this.#readBroken(text, position, isEnd);
				isWaiting = found === undefined;
				if (found === undefined) break;
				starts.push(position - taken);
				if (Array.isArray(found.record)) notes.set(records.length, 'broken-quotes');
				records.push(found.record);
				this.#isSkipping = found.end === -1;
				position = found.end === -1 ? text.length : found.end;
			}
			if (records.length < CAREFUL_RECORDS) continue;
			starts.push(position - taken);
			yield this.#take(position - taken, records, { starts, notes });
			taken = position;
			[records, starts, notes] = [[], [], new Map<number, RecordNote>()];
		}
		if (records.length === 0) return isWaiting;
		starts.push(position - taken);
		yield this.#take(position - taken, records, { starts, notes });
		return isWaiting;
	}

	/** Whether a record is not longer than it may be, its line end left out. */
	#isWithinLimit(text: string, start: number, end: number): boolean {
		const excess = end - start - this.#maxRecordLength;
		return excess <= 0 || (excess <= 2 && /^(?:\r?\n|\r)$/.test(text.slice(end - excess, end)));
	}

	#readBroken(text: string, start: number, isEnd: boolean): FoundRecord | undefined {
		return readBrokenRecord(text, start, {
			dialect: this.#dialect,
			widths: new Set([this.#width, this.#dialect.width]),
			maxRecordLength: this.#maxRecordLength,
			isEnd,
		});
	}

	/** Drops the text up to the next line end. @returns whether there is one */
	#skipLongLine(): boolean {
		const end = findLineEnd(this.#rest, 0, this.#dialect.newline);
		this.#isSkipping = end === undefined;
		this.#position += end?.next ?? this.#rest.length;
		this.#rest = end === undefined ? '' : this.#rest.slice(end.next);
		if (end !== undefined) this.#firstLine++;
		return end !== undefined;
	}
}
