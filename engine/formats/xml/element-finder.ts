import { damaged } from '../zip';

/** An element that was found: where it lies in the text, in characters. */
export interface ElementSpan {
	start: number;
	/** Behind its end tag. */
	end: number;
	/** Its start tag, such as `<table:table table:name="People">`. */
	tag: string;
	/** What was noted inside of it: the local name of an element, and the text behind its start tag. */
	notes: Map<string, string>;
}

/** No genuine tag is longer, in characters. */
const LONGEST_TAG = 1024 * 1024;

/** Longer than `<`, any prefix and any name that is looked for. */
const LONGEST_NAME = 128;

/** So much of the text of a noted element is kept. */
const LONGEST_NOTE = 64;

const COMMENT = '<!--';
const COMMENT_END = '-->';
const CDATA_END = ']]>';

/**
 * Finds elements of one name in XML that comes in pieces, many times faster than a parser would, since it looks at no
 * others. Prefixes do not count. What lies inside of a found element, or of one that is passed over, is not found.
 */
export class ElementFinder {
	readonly spans: ElementSpan[] = [];

	readonly #name: string;

	readonly #passed: readonly string[];

	readonly #pattern: RegExp;

	#text = '';

	/** Position of `#text` in the document. */
	#offset = 0;

	#depth = 0;

	/** What ends the comment or CDATA section that was begun. */
	#awaited: string | undefined;

	/**
	 * @param name local name of the elements to find
	 * @param options passed: local names of elements whose inside is passed over; noted: of those inside a found element
	 * whose text is noted
	 */
	constructor(name: string, { passed = [] as string[], noted = [] as string[] } = {}) {
		this.#name = name;
		this.#passed = passed;
		const names = [name, ...passed, ...noted].join('|');
		this.#pattern = new RegExp(`<!--|<!\\[CDATA\\[|<(/?)(?:[\\w.-]+:)?(${names})(?=[\\s>/])`, 'g');
	}

	/** Elements that begin before this position are found. */
	get position(): number {
		return this.#offset;
	}

	/** @throws ImportError FILE_UNREADABLE */
	add(text: string): void {
		this.#text += text;
		const position = this.#scan(false);
		this.#offset += position;
		this.#text = this.#text.slice(position);
	}

	/** Says that there is no more. @throws ImportError FILE_UNREADABLE when an element is still open */
	end(): void {
		this.#scan(true);
		if (this.#depth > 0 || this.#awaited !== undefined) throw damaged('it ends before its end');
	}

	/** @returns how much of the text is done with */
	#scan(isLast: boolean): number {
		const text = this.#text;
		const pattern = this.#pattern;
		for (let position = 0; ;) {
			if (this.#awaited !== undefined) {
				const found = text.indexOf(this.#awaited, position);
				if (found < 0) return Math.max(position, text.length - 2);
				position = found + this.#awaited.length;
				this.#awaited = undefined;
			}
			pattern.lastIndex = position;
			const match = pattern.exec(text);
			if (match === null) return Math.max(position, text.length - LONGEST_NAME);
			const [start, closing, name] = match;
			if (name === undefined) {
				this.#awaited = start === COMMENT ? COMMENT_END : CDATA_END;
				position = pattern.lastIndex;
				continue;
			}
			const end = endOfTag(text, pattern.lastIndex);
			const isWhole = end > 0 && (isLast || closing !== '' || text.length - end >= LONGEST_NOTE);
			if (!isWhole) {
				if (text.length - match.index > LONGEST_TAG) throw damaged('it holds a tag without an end');
				return match.index;
			}
			this.#take(name, closing !== '', match.index, end);
			position = end;
		}
	}

	#take(name: string, isClosing: boolean, start: number, end: number): void {
		const isFound = name === this.#name;
		const isContainer = isFound || this.#passed.includes(name);
		if (!isContainer) {
			if (isClosing) return;
			const text = this.#text.slice(end, end + LONGEST_NOTE);
			if (this.#depth > 0) this.spans.at(-1)?.notes.set(name, text.split('<', 1)[0]?.trim() ?? '');
		} else if (isClosing) {
			this.#depth = Math.max(0, this.#depth - 1);
			const last = this.spans.at(-1);
			if (this.#depth === 0 && isFound && last?.end === Infinity) last.end = this.#offset + end;
		} else {
			const isEmpty = this.#text[end - 2] === '/';
			if (this.#depth === 0 && isFound) this.#begin(start, end, isEmpty);
			if (!isEmpty) this.#depth++;
		}
	}

	#begin(start: number, end: number, isEmpty: boolean): void {
		this.spans.push({
			start: this.#offset + start,
			end: isEmpty ? this.#offset + end : Infinity,
			tag: this.#text.slice(start, end),
			notes: new Map(),
		});
	}
}

/** The position behind the `>` of a tag; one inside an attribute value ends nothing. -1 when it is not there. */
function endOfTag(text: string, position: number): number {
	for (let quote = ''; position < text.length; position++) {
		const sign = text.charAt(position);
		if (quote !== '') {
			if (sign === quote) quote = '';
		} else if (sign === '>') return position + 1;
		else if (sign === '"' || sign === "'") quote = sign;
	}
	return -1;
}
