import { ImportError } from '../../issues';
import { damaged } from '../zip';
import { asUtf8 } from './xml-encoding';
import {
	AMPERSAND,
	CR,
	ElementText,
	INCOMPLETE,
	isEscape,
	isName,
	LESS,
	matchesAt,
	nextMarkup,
	SPACE,
	UNDERSCORE,
	type Markup,
} from './xml-bytes';
import { XmlWindow } from './xml-window';

const SLAB_BITS = 20;
const SLAB_BYTES = 2 ** SLAB_BITS;
const LARGEST_TOTAL_BYTES = 1024 ** 3;
const LENGTH_BYTES = 4;
const PLACES_BITS = 16;
const PLACES = 2 ** PLACES_BITS;
const CACHE_SIZE = 4096;

/**
 * Texts kept as UTF-8 outside the heap of JavaScript: a workbook can have millions, and as strings they would take several
 * times the memory. A text becomes a string when it is asked for; those asked for lately are kept. What is stored is
 * never moved, so that growing takes no more memory than the texts themselves.
 */
export class TextStore {
	/** Each text with its length before it. One that is larger than a slab gets a slab of its own. */
	readonly #slabs: Buffer[] = [];

	#slab: Buffer = Buffer.alloc(0);

	#slabUsed = SLAB_BYTES;

	/** For each text, the number of its slab and its position there, in one number. */
	readonly #places: Uint32Array[] = [];

	#newestPlaces = new Uint32Array(0);

	#count = 0;

	#total = 0;

	readonly #cachedIndex = new Int32Array(CACHE_SIZE).fill(-1);

	readonly #cachedText = new Array<string>(CACHE_SIZE).fill('');

	get size(): number {
		return this.#count;
	}

	get(index: number): string | undefined {
		const slot = index % CACHE_SIZE;
		if (this.#cachedIndex[slot] === index) return this.#cachedText[slot];
		if (!(index >= 0 && index < this.#count)) return undefined;
		const place = this.#places[index >>> PLACES_BITS]?.[index & (PLACES - 1)] ?? 0;
		const slab = this.#slabs[place >>> SLAB_BITS] ?? this.#slab;
		const start = (place & (SLAB_BYTES - 1)) + LENGTH_BYTES;
		const text = slab.toString('utf8', start, start + slab.readUInt32LE(start - LENGTH_BYTES));
		this.#cachedIndex[slot] = index;
		this.#cachedText[slot] = text;
		return text;
	}

	/** Adds a text, given as UTF-8. @throws ImportError FILE_TOO_LARGE */
	add(bytes: Buffer, start: number, end: number): void {
		const stored = LENGTH_BYTES + end - start;
		this.#total += stored;
		if (this.#total > LARGEST_TOTAL_BYTES) {
			throw new ImportError(
				'FILE_TOO_LARGE',
				'The texts of the workbook take more than 1 GB of memory.',
			);
		}
		if (this.#slabUsed + stored > SLAB_BYTES) this.#nextSlab(stored);
		this.#slab.writeUInt32LE(end - start, this.#slabUsed);
		bytes.copy(this.#slab, this.#slabUsed + LENGTH_BYTES, start, end);
		this.#addPlace(((this.#slabs.length - 1) << SLAB_BITS) | this.#slabUsed);
		this.#slabUsed += stored;
	}

	#nextSlab(atLeast: number): void {
		this.#slab = Buffer.allocUnsafeSlow(Math.max(SLAB_BYTES, atLeast));
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

const SI = Buffer.from('si');
const PLAIN_START = Buffer.from('<si><t>');
const PRESERVED_START = Buffer.from('<si><t xml:space="preserve">');
const PLAIN_END = Buffer.from('</t></si>');

/**
 * The texts that the cells of a workbook share (`sst`, ECMA-376 part 1, 18.4.9). The part is read only as far as texts were
 * asked for: a preview of a large workbook needs few of them.
 */
export class SharedStrings {
	readonly #texts = new TextStore();

	readonly #tokenizer: SharedStringsTokenizer;

	readonly #chunks: AsyncGenerator<Uint8Array, void, undefined>;

	#isComplete = false;

	/** @param chunks bytes of the part; none when the workbook has no such part */
	constructor(chunks: AsyncIterable<Uint8Array> | undefined, largestRecord?: number) {
		this.#tokenizer = new SharedStringsTokenizer(this.#texts, largestRecord);
		this.#isComplete = chunks === undefined;
		this.#chunks = asUtf8(chunks ?? noChunks());
	}

	/** Whether all texts were read. */
	get isComplete(): boolean {
		return this.#isComplete;
	}

	/** The text at an index from 0; `undefined` when there is none, or when it was not read yet. */
	get(index: number): string | undefined {
		return this.#texts.get(index);
	}

	/** Reads on until there is a text at the index, or no more. @throws ImportError FILE_UNREADABLE, FILE_TOO_LARGE */
	async readUpTo(index: number): Promise<void> {
		while (!this.#isComplete && this.#texts.size <= index) {
			const chunk = await this.#chunks.next();
			if (chunk.done === true) {
				this.#tokenizer.end();
				this.#isComplete = true;
			} else {
				this.#tokenizer.add(chunk.value);
			}
		}
	}

	/** Lets go of the part. */
	async close(): Promise<void> {
		await this.#chunks.return();
	}
}

async function* noChunks(): AsyncGenerator<Uint8Array, void, undefined> {
	// nothing to read
}

class SharedStringsTokenizer {
	readonly #texts: TextStore;

	readonly #window: XmlWindow;

	readonly #element = new ElementText('si');

	readonly #markup: Markup = { kind: 'ignored', start: 0, end: 0 };

	#depth = 0;

	#isFinished = false;

	constructor(texts: TextStore, largestRecord: number | undefined) {
		this.#texts = texts;
		this.#window = new XmlWindow(largestRecord);
	}

	add(chunk: Uint8Array): void {
		if (!this.#isFinished && this.#window.add(chunk)) this.#read();
	}

	/** Says that there are no more bytes. @throws ImportError FILE_UNREADABLE when the list is not at its end */
	end(): void {
		this.#read();
		if (!this.#isFinished) throw damaged('its list of texts ends before its end');
	}

	#read(): void {
		const { bytes, end } = this.#window;
		let position = 0;
		while (!this.#isFinished) {
			const next = this.#plainText(bytes, position, end) ?? this.#markupAt(bytes, position, end);
			if (next === INCOMPLETE) break;
			position = next;
		}
		this.#window.keepFrom(position);
	}

	/** The common case, `<si><t>text</t></si>` and nothing to replace in it: its bytes are the text. */
	#plainText(bytes: Buffer, position: number, end: number): number | undefined {
		const preserved = !matchesAt(bytes, position, PLAIN_START);
		if (preserved && !matchesAt(bytes, position, PRESERVED_START)) return undefined;
		const start = position + (preserved ? PRESERVED_START.length : PLAIN_START.length);
		let textEnd = start;
		for (; textEnd < end; textEnd++) {
			const byte = bytes[textEnd];
			if (byte === LESS) break;
			if (byte === AMPERSAND || byte === CR) return undefined;
			if (byte === UNDERSCORE && isEscape(bytes[textEnd + 1])) return undefined;
		}
		if (!matchesAt(bytes, textEnd, PLAIN_END)) return undefined;
		if (!preserved && ((bytes[start] ?? 0) <= SPACE || (bytes[textEnd - 1] ?? 0) <= SPACE))
			return undefined;
		this.#texts.add(bytes, start, textEnd);
		return textEnd + PLAIN_END.length;
	}

	#markupAt(bytes: Buffer, position: number, end: number): number {
		const markup = this.#markup;
		const next = nextMarkup(bytes, position, end, markup);
		if (next === INCOMPLETE) return INCOMPLETE;
		const { kind } = markup;
		if (kind === 'close') this.#depth--;
		if (kind === 'open' && isName(bytes, markup, SI)) return this.#richText(bytes, next, end);
		if (kind === 'open') this.#depth++;
		if (kind === 'empty' && isName(bytes, markup, SI)) this.#texts.add(bytes, 0, 0);
		if (this.#depth === 0 && (kind === 'close' || kind === 'empty')) this.#isFinished = true;
		return next;
	}

	#richText(bytes: Buffer, position: number, end: number): number {
		const next = this.#element.read(bytes, position, end);
		if (next === INCOMPLETE) return INCOMPLETE;
		const text = Buffer.from(this.#element.text ?? '');
		this.#texts.add(text, 0, text.length);
		return next;
	}
}
