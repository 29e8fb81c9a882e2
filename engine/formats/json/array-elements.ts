import { ImportError } from '../../issues';
import type { KeyedText } from './duplicate-keys';
import { ElementBoundary } from './element-boundary';
import {
	JsonScanner,
	MAX_NESTING,
	nestedTooDeep,
	type ArrayPlace,
	type JsonPath,
} from './json-scanner';
import type { Nested } from './json-records';
import { mostKeys } from './key-count';
import { refuseTooManyKeys } from './key-limit';
import { parseRecords } from './parse-json';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const COMMA = 0x2c;

/** The values of one or more whole elements, in order. */
export interface ElementGroup extends KeyedText {
	records: readonly unknown[];
}

/**
 * Reads the elements of a JSON array out of a stream of UTF-8 bytes, in constant memory, and holds the rest of the
 * document to the grammar of JSON.
 *
 * @param place.start offset in bytes of the array's `[`
 * @param place.steps the path of the array
 * @param onOther told of each array behind this one that only objects are around
 * @throws ImportError FILE_UNREADABLE when the document is broken, cut off, or followed by something else;
 * FILE_TOO_LARGE when one element exceeds `maxBytes`, or has more keys than a table may have columns
 */
export async function* arrayElements(
	chunks: AsyncIterable<Uint8Array>,
	{ start, steps }: { start: number; steps: JsonPath },
	{ maxBytes, nested }: { maxBytes: number; nested: Nested },
	onOther: (place: ArrayPlace) => void = () => undefined,
): AsyncGenerator<ElementGroup, void, undefined> {
	const elements = new ElementBuffer(nested);
	const tailScanner = () => {
		const tell = (place: ArrayPlace) => {
			onOther(place);
			return false;
		};
		return new JsonScanner(tell, { behind: steps });
	};
	let tail: JsonScanner | undefined;
	let skip = start;
	for await (const bytes of chunks) {
		if (skip >= bytes.length) {
			skip -= bytes.length;
			continue;
		}
		const chunk = skip > 0 ? bytes.subarray(skip) : bytes;
		skip = 0;
		if (tail !== undefined) {
			tail.write(chunk);
			continue;
		}
		elements.append(chunk);
		const group = elements.take();
		if (group !== undefined) yield group;
		if (elements.closed) {
			tail = tailScanner();
			tail.write(elements.rest);
		} else if (elements.length > maxBytes) {
			throw new ImportError(
				'FILE_TOO_LARGE',
				`A record of the JSON file is larger than ${maxBytes} bytes`,
			);
		}
	}
	while (tail === undefined) {
		const group = elements.take();
		if (elements.closed) {
			tail = tailScanner();
			tail.write(elements.rest);
		} else if (group === undefined) {
			throw new ImportError(
				'FILE_UNREADABLE',
				'The JSON file ends in the middle: the array is not closed',
			);
		}
		if (group !== undefined) yield group;
	}
	tail.end();
}

/**
 * What was read and not yet given out: starts with the `[` of the array, later with the comma before the next element.
 *
 * Where an element ends is guessed first, from how the last one ended. A guess needs no check of its own: JSON is read
 * from left to right, so bytes that parse as a list of elements are a list of elements. Only where the guess fails are
 * strings and brackets counted byte by byte.
 */
class ElementBuffer {
	#bytes = Buffer.allocUnsafeSlow(256 * 1024);

	#end = 0;

	#taken = 0;

	readonly #boundary = new ElementBoundary();

	readonly #nested: Nested;

	// where counting stands
	#scanned = 1;

	#depth = 0;

	#inString = false;

	#escaped = false;

	#close = -1;

	constructor(nested: Nested) {
		this.#nested = nested;
	}

	get closed(): boolean {
		return this.#close >= 0;
	}

	/** Bytes behind the closing bracket. */
	get rest(): Uint8Array {
		return this.#bytes.subarray(this.#close + 1, this.#end);
	}

	get length(): number {
		return this.#end;
	}

	append(chunk: Uint8Array): void {
		if (this.#end + chunk.length > this.#bytes.length) {
			const larger = Buffer.allocUnsafeSlow(2 * (this.#end + chunk.length));
			this.#bytes.copy(larger, 0, 0, this.#end);
			this.#bytes = larger;
		}
		this.#bytes.set(chunk, this.#end);
		this.#end += chunk.length;
	}

	/** The elements that are complete; undefined when the next one is not. */
	take(): ElementGroup | undefined {
		const guessed = this.#boundary.guess(this.#bytes, this.#scanned, this.#end);
		if (guessed > 0) {
			const group = this.#tryParse(guessed);
			this.#boundary.judge(group !== undefined);
			if (group !== undefined) return group;
		}
		const cut = this.#scan();
		if (this.closed) {
			return this.#isEmptyArray() ? undefined : this.#parse(this.#close);
		}
		if (cut < 0) return undefined;
		this.#boundary.learn(this.#bytes, cut, this.#end);
		return this.#parse(cut);
	}

	#tryParse(cut: number): ElementGroup | undefined {
		const after = this.#bytes[cut];
		try {
			return this.#parse(cut);
		} catch (error) {
			if (!(error instanceof ImportError)) throw error;
			this.#bytes[cut] = after ?? 0;
			return undefined;
		}
	}

	/** Parses what stands before `cut`, and lets go of it. */
	#parse(cut: number): ElementGroup {
		const after = this.#bytes[cut] ?? 0;
		this.#bytes[0] = OPEN_BRACKET;
		this.#bytes[cut] = CLOSE_BRACKET;
		// before the text is parsed: the bytes are near at hand still
		const keys = mostKeys(this.#bytes.subarray(0, cut));
		const text = this.#bytes.toString('utf8', 0, cut + 1);
		refuseTooManyKeys(text, this.#nested);
		const records = parseRecords(text, this.#taken);
		// a slice is an empty list of its own, but between two commas an element is missing
		if (records.length === 0) throw missingElement(this.#taken);
		this.#bytes[cut] = after;
		this.#taken += records.length;
		const group = { records, keys, texts: () => [text] };
		if (this.closed) return group;
		this.#bytes.copyWithin(0, cut, this.#end);
		this.#end -= cut;
		this.#scanned = 1;
		this.#depth = 0;
		this.#inString = false;
		this.#escaped = false;
		return group;
	}

	/** Nothing but space between the brackets, and no element before. */
	#isEmptyArray(): boolean {
		if (this.#taken > 0) return false;
		return this.#bytes.toString('latin1', 1, this.#close).trim() === '';
	}

	/** Counts strings and brackets over what is new. @returns the last comma between two elements, or -1 */
	#scan(): number {
		const bytes = this.#bytes;
		let depth = this.#depth;
		let inString = this.#inString;
		let escaped = this.#escaped;
		let cut = -1;
		let i = this.#scanned;
		for (; i < this.#end; i++) {
			const byte = bytes[i];
			if (inString) {
				if (escaped) escaped = false;
				else if (byte === BACKSLASH) escaped = true;
				else if (byte === QUOTE) inString = false;
			} else if (byte === QUOTE) inString = true;
			else if (byte === COMMA) {
				if (depth === 0) cut = i;
			} else if (byte === OPEN_BRACKET || byte === OPEN_BRACE) {
				if (++depth >= MAX_NESTING) throw nestedTooDeep();
			} else if (byte === CLOSE_BRACKET || byte === CLOSE_BRACE) {
				if (--depth < 0) {
					if (byte === CLOSE_BRACE) throw wrongBracket(this.#taken);
					this.#close = i;
					break;
				}
			}
		}
		this.#scanned = i;
		this.#depth = depth;
		this.#inString = inString;
		this.#escaped = escaped;
		return cut;
	}
}

function missingElement(recordsBefore: number): ImportError {
	return new ImportError(
		'FILE_UNREADABLE',
		`The JSON is broken behind record ${recordsBefore}: a comma stands where a record is expected`,
		{ row: recordsBefore + 1 },
	);
}

function wrongBracket(recordsBefore: number): ImportError {
	return new ImportError(
		'FILE_UNREADABLE',
		`The JSON is broken behind record ${recordsBefore}: the array ends with "}"`,
		{ row: recordsBefore + 1 },
	);
}
