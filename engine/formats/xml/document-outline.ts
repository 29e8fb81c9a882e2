import { ImportError } from '../../issues';
import type { ElementFinder, ElementSpan } from './element-finder';
import { XmlParser, type XmlListener } from './xml-parser';

/** The parser is given so many characters at a time, so that the rows they make are handed over in between. */
const PIECE_LENGTH = 32 * 1024;

/**
 * Looks through a document that consists of a head and some large elements: the head is parsed, the elements are only
 * found.
 *
 * @param finder knows the elements
 * @param head is told of what stands before the first of them
 * @throws ImportError FILE_UNREADABLE, FILE_TOO_LARGE
 */
export async function readOutline(
	text: AsyncIterable<string>,
	finder: ElementFinder,
	head: XmlListener,
	maxLength: number,
): Promise<readonly ElementSpan[]> {
	const parser = new XmlParser(head, maxLength);
	let position = 0;
	let pending = '';
	const parseUpTo = (end: number) => {
		parser.write(pending.slice(0, end - position));
		pending = pending.slice(end - position);
		position = end;
	};
	for await (const piece of text) {
		const isInHead = finder.spans.length === 0;
		finder.add(piece);
		if (!isInHead) continue;
		pending += piece;
		parseUpTo(finder.spans[0]?.start ?? finder.position);
	}
	finder.end();
	const first = finder.spans[0]?.start ?? Infinity;
	if (position < first) parseUpTo(first);
	if (first === Infinity) parser.end();
	return finder.spans;
}

/** Blanks that stand for what is before an element are no more than this. */
const MOST_LINES = 1_000_000;
const MOST_COLUMNS = 10_000;

/** Blanks in the place of the text before an element, so that a parser names the lines as they are in the document. */
class TextBefore {
	#lines = 0;

	#columns = 0;

	add(text: string): void {
		let lineStart = 0;
		for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', lineStart)) {
			this.#lines++;
			this.#columns = 0;
			lineStart = end + 1;
		}
		this.#columns += text.length - lineStart;
	}

	get blanks(): string {
		const lines = '\n'.repeat(Math.min(this.#lines, MOST_LINES));
		return lines + ' '.repeat(Math.min(this.#columns, MOST_COLUMNS));
	}
}

/**
 * The text of an element, in pieces, behind blanks that take the lines before it. The parts of the document before it are
 * passed over, those behind it not read.
 */
export async function* elementText(
	text: AsyncIterable<string>,
	{ start, end }: ElementSpan,
): AsyncGenerator<string, void, undefined> {
	let position = 0;
	const before = new TextBefore();
	for await (const piece of text) {
		if (position <= start) before.add(piece.slice(0, start - position));
		if (position <= start && position + piece.length > start) yield before.blanks;
		const stop = Math.min(piece.length, end - position);
		for (let from = Math.max(0, start - position); from < stop; from += PIECE_LENGTH) {
			yield piece.slice(from, Math.min(stop, from + PIECE_LENGTH));
		}
		position += piece.length;
		if (position >= end) return;
	}
}

/** The attributes of a start tag. @throws ImportError FILE_UNREADABLE */
export function attributesOf(tag: string): Readonly<Record<string, string>> {
	let found: Readonly<Record<string, string>> = {};
	const listener: XmlListener = {
		onOpen: (_, attributes) => {
			found = attributes;
		},
		onText: () => undefined,
		onClose: () => undefined,
	};
	new XmlParser(listener, tag.length + 1).write(tag);
	return found;
}

/** What is said of a cell whose text is longer than the limit, in characters. */
export function cellTooLarge(limit: number): ImportError {
	return new ImportError(
		'FILE_TOO_LARGE',
		`A single cell of the workbook is larger than the limit of ${limit} characters.`,
	);
}
