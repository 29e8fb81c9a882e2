import { ImportError } from '../../issues';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const COMMA = 0x2c;
const COLON = 0x3a;

/** Arrays and objects within one another. Genuine files have a few. */
export const MAX_NESTING = 512;

const LONGEST_KEY = 4096;
const LONGEST_SCALAR = 65_536;

const SCALAR = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;
const SCALAR_STARTS = new Set(Buffer.from('-0123456789tfn'));
const ESCAPES = new Set(Buffer.from('"\\/bfnrt'));

/** What may come next. */
const enum Expect {
	Value,
	ValueOrEnd,
	Key,
	KeyOrEnd,
	Colon,
	CommaOrEnd,
	InString,
	InEscape,
	InHexDigits,
	InScalar,
}

/** What leads to a value: the keys of objects, and places in arrays, from the outermost. */
export type JsonPath = ReadonlyArray<string | number>;

/** An array, seen at its first element. */
export interface ArrayPlace {
	path: JsonPath;
	/** Offset in bytes of its `[`. */
	start: number;
	/** The byte that its first element starts with; that of `]` when it is empty. */
	firstByte: number;
	/** Elements that were seen so far, unless other arrays were told of in between. */
	elements: number;
}

/** Where JSON is broken. */
export interface ScanFault {
	/** Offset in bytes. */
	offset: number;
	/** What is wrong there, as part of a sentence. */
	reason: string;
}

/** What may be wrong where something was to come, in the order of `Expect`. */
const REASONS = [
	'a value is expected here',
	'a value or "]" is expected here',
	'a key in double quotes is expected here',
	'a key in double quotes or "}" is expected here',
	'":" is expected here',
	'"," or a closing bracket is expected here',
	'a text holds a line end or another control character',
	'a text holds an escape that JSON does not have',
	'a text holds an escape that JSON does not have',
	'this is no value of JSON',
];

/**
 * Reads over JSON text (RFC 8259) byte by byte, in constant memory: holds it to the grammar, and tells of arrays on the
 * way. It serves what stands around the records; records themselves are parsed.
 */
export class JsonScanner {
	readonly #onArray: (place: ArrayPlace) => boolean;

	readonly #looksIntoArrays: boolean;

	readonly #open: number[];

	/** One for each open bracket: the key, or the place, that stands there. */
	readonly #path: Array<string | number>;

	#arrays = 0;

	#told: ArrayPlace | undefined;

	#toldDepth = -1;

	#fault: ScanFault | undefined;

	#arrayStart = 0;

	#expect: Expect;

	#isKey = false;

	#token: number[] = [];

	#tokenStart = 0;

	#hexDigits = 0;

	#position = 0;

	/**
	 * @param onArray told of each array that only objects are around; true ends the scan there
	 * @param options.looksIntoArrays tells of arrays inside of arrays, too
	 * @param options.behind starts behind the value at that path, and not at the start of a document
	 */
	constructor(
		onArray: (place: ArrayPlace) => boolean = () => false,
		{ looksIntoArrays = false, behind }: { looksIntoArrays?: boolean; behind?: JsonPath } = {},
	) {
		this.#onArray = onArray;
		this.#looksIntoArrays = looksIntoArrays;
		this.#path = [...(behind ?? [])];
		this.#open = this.#path.map((step) => (typeof step === 'number' ? OPEN_BRACKET : OPEN_BRACE));
		this.#arrays = this.#open.filter((bracket) => bracket === OPEN_BRACKET).length;
		this.#expect = behind === undefined ? Expect.Value : Expect.CommaOrEnd;
	}

	/** Where the JSON is broken, once `write` or `end` has thrown for that. */
	get fault(): ScanFault | undefined {
		return this.#fault;
	}

	/**
	 * @returns whether `onArray` ended the scan
	 * @throws ImportError FILE_UNREADABLE
	 */
	write(bytes: Uint8Array): boolean {
		// every byte of a long preamble comes by here: one flat loop
		for (let i = 0; i < bytes.length; i++) {
			const byte = bytes[i] ?? 0;
			switch (this.#expect) {
				case Expect.InString:
					if (byte === QUOTE) this.#endString();
					else if (byte < 0x20) this.#fail(i);
					else {
						if (byte === BACKSLASH) this.#expect = Expect.InEscape;
						if (this.#isKey) this.#keep(byte);
					}
					continue;
				case Expect.InEscape:
					if (byte === 0x75) {
						this.#expect = Expect.InHexDigits;
						this.#hexDigits = 0;
					} else if (ESCAPES.has(byte)) this.#expect = Expect.InString;
					else this.#fail(i);
					if (this.#isKey) this.#keep(byte);
					continue;
				case Expect.InHexDigits:
					if (!isHexDigit(byte)) this.#fail(i);
					if (++this.#hexDigits === 4) this.#expect = Expect.InString;
					if (this.#isKey) this.#keep(byte);
					continue;
				case Expect.InScalar:
					if (!endsScalar(byte)) {
						if (this.#token.push(byte) > LONGEST_SCALAR) this.#fail(i);
						continue;
					}
					this.#endScalar(i);
			}
			if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) continue;
			if (this.#structure(byte, i)) return true;
		}
		this.#position += bytes.length;
		return false;
	}

	/** @throws ImportError FILE_UNREADABLE when the document is not complete */
	end(): void {
		if (this.#expect === Expect.InScalar) this.#endScalar(0);
		if (this.#open.length === 0 && this.#expect === Expect.CommaOrEnd) return;
		this.#fault = { offset: this.#position, reason: 'the file ends in the middle of the document' };
		throw new ImportError('FILE_UNREADABLE', 'The JSON file ends in the middle of the document');
	}

	/** A byte outside of strings and scalars. */
	#structure(byte: number, i: number): boolean {
		switch (this.#expect) {
			case Expect.ValueOrEnd:
				if ((this.#looksIntoArrays || this.#arrays === 1) && this.#tellOfArray(byte)) return true;
				if (byte === CLOSE_BRACKET) this.#close(byte, i);
				else this.#startValue(byte, i);
				return false;
			case Expect.Value:
				this.#startValue(byte, i);
				return false;
			case Expect.KeyOrEnd:
			case Expect.Key:
				if (byte === CLOSE_BRACE && this.#expect === Expect.KeyOrEnd) this.#close(byte, i);
				else if (byte === QUOTE) this.#startKey();
				else this.#fail(i);
				return false;
			case Expect.Colon:
				if (byte !== COLON) this.#fail(i);
				this.#expect = Expect.Value;
				return false;
			default:
				if (byte === COMMA && this.#open.length > 0) this.#goOn();
				else this.#close(byte, i);
				return false;
		}
	}

	/** Behind a comma. */
	#goOn(): void {
		const last = this.#open.length - 1;
		if (this.#open[last] === OPEN_BRACE) {
			this.#expect = Expect.Key;
			return;
		}
		this.#expect = Expect.Value;
		this.#path[last] = Number(this.#path[last]) + 1;
		if (this.#told !== undefined && this.#toldDepth === this.#open.length) this.#told.elements++;
	}

	#startValue(byte: number, i: number): void {
		if (byte === QUOTE) {
			this.#isKey = false;
			this.#expect = Expect.InString;
		} else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
			if (this.#open.push(byte) > MAX_NESTING) throw nestedTooDeep();
			this.#path.push(byte === OPEN_BRACKET ? 0 : '');
			if (byte === OPEN_BRACKET) {
				this.#arrays++;
				this.#arrayStart = this.#position + i;
			}
			this.#expect = byte === OPEN_BRACE ? Expect.KeyOrEnd : Expect.ValueOrEnd;
		} else {
			if (!SCALAR_STARTS.has(byte)) this.#fail(i);
			this.#token = [byte];
			this.#tokenStart = this.#position + i;
			this.#expect = Expect.InScalar;
		}
	}

	#close(byte: number, i: number): void {
		const opening = this.#open.at(-1);
		if (opening === undefined) this.#fail(i);
		if (byte !== (opening === OPEN_BRACE ? CLOSE_BRACE : CLOSE_BRACKET)) this.#fail(i);
		this.#open.pop();
		this.#path.pop();
		if (this.#open.length < this.#toldDepth) this.#toldDepth = -1;
		if (opening === OPEN_BRACKET) this.#arrays--;
		this.#expect = Expect.CommaOrEnd;
	}

	#startKey(): void {
		this.#isKey = true;
		this.#token = [];
		this.#expect = Expect.InString;
	}

	get #keepsKeys(): boolean {
		return this.#looksIntoArrays || this.#arrays === 0;
	}

	#keep(byte: number): void {
		if (this.#keepsKeys && this.#token.length < LONGEST_KEY) this.#token.push(byte);
	}

	#endString(): void {
		if (!this.#isKey) {
			this.#expect = Expect.CommaOrEnd;
			return;
		}
		this.#expect = Expect.Colon;
		if (!this.#keepsKeys) return;
		this.#path[this.#open.length - 1] = readKey(Buffer.from(this.#token).toString('utf8'));
	}

	#endScalar(i: number): void {
		if (!SCALAR.test(Buffer.from(this.#token).toString('latin1'))) this.#fail(i);
		this.#expect = Expect.CommaOrEnd;
	}

	#tellOfArray(firstByte: number): boolean {
		const path = this.#path.slice(0, -1);
		const elements = firstByte === CLOSE_BRACKET ? 0 : 1;
		this.#told = { path, start: this.#arrayStart, firstByte, elements };
		this.#toldDepth = this.#open.length;
		return this.#onArray(this.#told);
	}

	#fail(i: number): never {
		const offset = this.#expect === Expect.InScalar ? this.#tokenStart : this.#position + i;
		const isOver = this.#open.length === 0 && this.#expect === Expect.CommaOrEnd;
		const reason = isOver
			? 'the file goes on behind the end of its document'
			: REASONS[this.#expect];
		this.#fault = { offset, reason: reason ?? '' };
		throw new ImportError('FILE_UNREADABLE', `The JSON is broken at byte ${offset + 1}`);
	}
}

export function nestedTooDeep(): ImportError {
	return new ImportError('FILE_UNREADABLE', `The JSON is nested deeper than ${MAX_NESTING}`);
}

function endsScalar(byte: number): boolean {
	return (
		byte === COMMA ||
		byte === CLOSE_BRACE ||
		byte === CLOSE_BRACKET ||
		byte === 0x20 ||
		byte === 0x0a ||
		byte === 0x0d ||
		byte === 0x09
	);
}

function isHexDigit(byte: number): boolean {
	const letter = byte | 0x20;
	return (byte >= 0x30 && byte <= 0x39) || (letter >= 0x61 && letter <= 0x66);
}

function readKey(inside: string): string {
	try {
		return String(JSON.parse(`"${inside}"`));
	} catch {
		return inside;
	}
}
