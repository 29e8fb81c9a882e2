import type { TextSource, TextStore } from '../workbook';
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

const SI = Buffer.from('si');
const PLAIN_START = Buffer.from('<si><t>');
const PRESERVED_START = Buffer.from('<si><t xml:space="preserve">');
const PLAIN_END = Buffer.from('</t></si>');

/** The texts that the cells of a workbook share (`sst`, ECMA-376 part 1, 18.4.9). */
export class SharedStrings implements TextSource {
	readonly #tokenizer: SharedStringsTokenizer;

	readonly #chunks: AsyncGenerator<Uint8Array, void, undefined>;

	/** @param chunks bytes of the part */
	constructor(chunks: AsyncIterable<Uint8Array>, largestRecord?: number) {
		this.#tokenizer = new SharedStringsTokenizer(largestRecord);
		this.#chunks = asUtf8(chunks);
	}

	async read(texts: TextStore): Promise<boolean> {
		const chunk = await this.#chunks.next();
		if (chunk.done === true) this.#tokenizer.end(texts);
		else this.#tokenizer.add(chunk.value, texts);
		return chunk.done !== true;
	}

	async close(): Promise<void> {
		await this.#chunks.return();
	}
}

class SharedStringsTokenizer {
	readonly #window: XmlWindow;

	readonly #element = new ElementText('si');

	readonly #markup: Markup = { kind: 'ignored', start: 0, end: 0 };

	#depth = 0;

	#isFinished = false;

	constructor(largestRecord: number | undefined) {
		this.#window = new XmlWindow(largestRecord);
	}

	add(chunk: Uint8Array, texts: TextStore): void {
		if (!this.#isFinished && this.#window.add(chunk)) this.#read(texts);
	}

	/** Says that there are no more bytes. @throws ImportError FILE_UNREADABLE when the list is not at its end */
	end(texts: TextStore): void {
		this.#read(texts);
		if (!this.#isFinished) throw damaged('its list of texts ends before its end');
	}

	#read(texts: TextStore): void {
		const { bytes, end } = this.#window;
		let position = 0;
		while (!this.#isFinished) {
			const next =
				plainText(bytes, position, end, texts) ?? this.#markupAt(bytes, position, end, texts);
			if (next === INCOMPLETE) break;
			position = next;
		}
		this.#window.keepFrom(position);
	}

	#markupAt(bytes: Buffer, position: number, end: number, texts: TextStore): number {
		const markup = this.#markup;
		const next = nextMarkup(bytes, position, end, markup);
		if (next === INCOMPLETE) return INCOMPLETE;
		const { kind } = markup;
		if (kind === 'close') this.#depth--;
		if (kind === 'open' && isName(bytes, markup, SI))
			return this.#richText(bytes, next, end, texts);
		if (kind === 'open') this.#depth++;
		if (kind === 'empty' && isName(bytes, markup, SI)) texts.add(bytes, 0, 0, 'utf8');
		if (this.#depth === 0 && (kind === 'close' || kind === 'empty')) this.#isFinished = true;
		return next;
	}

	#richText(bytes: Buffer, position: number, end: number, texts: TextStore): number {
		const next = this.#element.read(bytes, position, end);
		if (next === INCOMPLETE) return INCOMPLETE;
		const text = Buffer.from(this.#element.text ?? '');
		texts.add(text, 0, text.length, 'utf8');
		return next;
	}
}

/** The common case, `<si><t>text</t></si>` and nothing to replace in it: its bytes are the text. */
function plainText(
	bytes: Buffer,
	position: number,
	end: number,
	texts: TextStore,
): number | undefined {
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
	texts.add(bytes, start, textEnd, 'utf8');
	return textEnd + PLAIN_END.length;
}
