const CLOSE_BRACE = 0x7d;
const OPEN_BRACE = 0x7b;
const COLON = 0x3a;
const COMMA = 0x2c;

const MOST_FAILURES = 8;
const LONGEST_BOUNDARY = 64;

/**
 * How one record ends and the next begins in this file, such as `},{"id":`. Programs write all records alike, so the
 * boundary of one finds the others without a look at every byte.
 */
export class ElementBoundary {
	#pattern: Buffer | undefined;

	#comma = 0;

	#failures = 0;

	/** Takes the boundary around a comma that is known to stand between two elements. */
	learn(bytes: Buffer, comma: number, end: number): void {
		if (this.#pattern !== undefined || this.#failures > MOST_FAILURES) return;
		let before = comma - 1;
		while (before > 0 && isSpace(bytes[before])) before--;
		let after = comma + 1;
		while (after < end && isSpace(bytes[after])) after++;
		if (bytes[before] !== CLOSE_BRACE || bytes[after] !== OPEN_BRACE) return;
		const colon = bytes.subarray(after, Math.min(end, after + LONGEST_BOUNDARY)).indexOf(COLON);
		if (colon < 0 || after - before > LONGEST_BOUNDARY) return;
		// a copy: the bytes move on
		this.#pattern = Buffer.from(bytes.subarray(before, after + colon + 1));
		this.#comma = comma - before;
	}

	/** @returns the offset of the last comma between `from` and `end` that looks like a boundary, or -1 */
	guess(bytes: Buffer, from: number, end: number): number {
		if (this.#pattern === undefined) return -1;
		const at = bytes.subarray(from, end).lastIndexOf(this.#pattern);
		if (at < 0) {
			this.judge(false);
			return -1;
		}
		const comma = from + at + this.#comma;
		return bytes[comma] === COMMA ? comma : -1;
	}

	/** After several guesses that were wrong, no more are made. */
	judge(right: boolean): void {
		if (right) this.#failures = 0;
		else if (++this.#failures > MOST_FAILURES) this.#pattern = undefined;
	}
}

function isSpace(byte: number | undefined): boolean {
	return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
