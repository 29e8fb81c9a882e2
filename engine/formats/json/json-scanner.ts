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

/** An array that is reached through the keys of objects alone, seen at its first element. */
export interface ArrayPlace {
	/** Dotted keys that lead to it. */
	path: string;
	/** Offset in bytes of its `[`. */
	start: number;
	/** Objects around it. */
	depth: number;
	/** The byte that its first element starts with; that of `]` when it is empty. */
	firstByte: number;
}

/**
 * Reads over JSON text (RFC 8259) byte by byte, in constant memory: holds it to the grammar, and tells of arrays on the
 * way. It serves what stands around the records; records themselves are parsed.
 */
export class JsonScanner {
	readonly #onArray: (place: ArrayPlace) => boolean;

	readonly #open: number[];

	readonly #keys: string[] = [];

	#arrays = 0;

	#arrayStart = 0;

	#expect: Expect;

	#isKey = false;

	#token: number[] = [];

	#hexDigits = 0;

	#position = 0;

	/**
	 * @param onArray told of each array that only objects are around; true ends the scan there
	 * @param insideObjects starts behind a value inside so many objects, and not at the start of a document
	 */
	constructor(onArray: (place: ArrayPlace) => boolean = () => false, insideObjects?: number) {
		this.#onArray = onArray;
		this.#open = new Array<number>(insideObjects ?? 0).fill(OPEN_BRACE);
		this.#expect = insideObjects === undefined ? Expect.Value : Expect.CommaOrEnd;
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
		throw new ImportError('FILE_UNREADABLE', 'The JSON file ends in the middle of the document');
	}

	/** A byte outside of strings and scalars. */
	#structure(byte: number, i: number): boolean {
		switch (this.#expect) {
			case Expect.ValueOrEnd:
				if (this.#arrays === 1 && this.#open.length === this.#keys.length + 1) {
					if (this.#tellOfArray(byte)) return true;
				}
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
				if (byte === COMMA && this.#open.length > 0) {
					this.#expect = this.#open.at(-1) === OPEN_BRACE ? Expect.Key : Expect.Value;
				} else this.#close(byte, i);
				return false;
		}
	}

	#startValue(byte: number, i: number): void {
		if (byte === QUOTE) {
			this.#isKey = false;
			this.#expect = Expect.InString;
		} else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
			if (this.#open.push(byte) > MAX_NESTING) throw nestedTooDeep();
			if (byte === OPEN_BRACKET) {
				if (this.#arrays++ === 0) this.#arrayStart = this.#position + i;
			}
			this.#expect = byte === OPEN_BRACE ? Expect.KeyOrEnd : Expect.ValueOrEnd;
		} else {
			this.#token = [byte];
			this.#expect = Expect.InScalar;
		}
	}

	#close(byte: number, i: number): void {
		const opening = this.#open.pop();
		if (byte !== (opening === OPEN_BRACE ? CLOSE_BRACE : CLOSE_BRACKET)) this.#fail(i);
		if (opening === undefined) this.#fail(i);
		if (opening === OPEN_BRACKET) this.#arrays--;
		this.#expect = Expect.CommaOrEnd;
	}

	#startKey(): void {
		this.#isKey = true;
		this.#token = [];
		this.#expect = Expect.InString;
	}

	#keep(byte: number): void {
		if (this.#arrays === 0 && this.#token.length < LONGEST_KEY) this.#token.push(byte);
	}

	#endString(): void {
		if (!this.#isKey) {
			this.#expect = Expect.CommaOrEnd;
			return;
		}
		this.#expect = Expect.Colon;
		if (this.#arrays > 0) return;
		this.#keys.length = this.#open.length - 1;
		this.#keys.push(readKey(Buffer.from(this.#token).toString('utf8')));
	}

	#endScalar(i: number): void {
		if (!SCALAR.test(Buffer.from(this.#token).toString('latin1'))) this.#fail(i);
		this.#expect = Expect.CommaOrEnd;
	}

	#tellOfArray(firstByte: number): boolean {
		const path = this.#keys.join('.');
		const depth = this.#open.length - 1;
		return this.#onArray({ path, start: this.#arrayStart, depth, firstByte });
	}

	#fail(i: number): never {
		throw new ImportError(
			'FILE_UNREADABLE',
			this.#open.length === 0 && this.#expect === Expect.CommaOrEnd
				? 'The JSON file goes on behind the end of its document'
				: `The JSON is broken at byte ${this.#position + i + 1}`,
		);
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
