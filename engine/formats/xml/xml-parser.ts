import { SaxesParser } from 'saxes';
import { ImportError, quoteValue } from '../../issues';
import { entityTexts, type UndefinedEntities } from './entities';

/** What a parser tells of. Names are given with their namespace prefixes. */
export interface XmlListener {
	onOpen(name: string, attributes: Readonly<Record<string, string>>): void;
	onText(text: string): void;
	onClose(): void;
}

/** Elements within one another. */
const MAX_NESTING = 200;

const MOST_ATTRIBUTES = 1024;

/** Characters that the parser is given at a time: what it keeps is looked at in between. */
const SLICE_LENGTH = 64 * 1024;

/** Longest record, text, comment or attribute, in characters. */
export const MAX_RECORD_LENGTH = 16 * 1024 * 1024;

/** Given for every element without attributes: most have none. */
export const NO_ATTRIBUTES: Readonly<Record<string, string>> = Object.freeze({});

/**
 * Parses XML 1.0 as it comes, in constant memory. Well-formedness is held to strictly; entities are the five that XML
 * has itself, numeric ones, and the characters that HTML has names for, which exports that were made by hand take for
 * granted. A document type may be named, and is not fetched; entities that it defines are refused: they may grow, and may
 * be files of the server.
 */
export class XmlParser {
	readonly #parser = new SaxesParser();

	readonly #maxLength: number;

	#depth = 0;

	#attributes = 0;

	/** Where the parser last told of something. */
	#told = 0;

	/** A document type may define what HTML has names for, in a file that is not fetched. */
	#hasDoctype = false;

	/**
	 * @param undefinedEntities keeps account of entities that nobody defines, which are kept as text; without it they are a
	 * fault
	 */
	constructor(listener: XmlListener, maxLength: number, undefinedEntities?: UndefinedEntities) {
		this.#maxLength = maxLength;
		const parser = this.#parser;
		parser.ENTITIES = entityTexts(
			undefinedEntities && {
				onHtmlName: (name) => {
					if (!this.#hasDoctype) undefinedEntities.noteHtmlName(name, () => this.#placeOf(name));
				},
				onUndefined: (name) => undefinedEntities.noteUndefined(name, () => this.#placeOf(name)),
			},
		);
		// no more listeners than these: with nine of them V8 takes the parser for a dictionary, and it is five times slower
		parser.on('doctype', (text) => {
			this.#told = parser.position;
			this.#hasDoctype = true;
			refuseDefinitions(text, this.#place);
		});
		parser.on('attribute', () => {
			this.#told = parser.position;
			if (++this.#attributes > MOST_ATTRIBUTES) {
				throw unreadable(`An element has more than ${MOST_ATTRIBUTES} attributes${this.#place}`);
			}
		});
		parser.on('opentag', ({ name, attributes }) => {
			this.#told = parser.position;
			const isPlain = this.#attributes === 0;
			this.#attributes = 0;
			if (++this.#depth > MAX_NESTING) {
				throw unreadable(`The XML is nested deeper than ${MAX_NESTING}${this.#place}`);
			}
			listener.onOpen(name, isPlain ? NO_ATTRIBUTES : attributes);
		});
		parser.on('closetag', () => {
			this.#told = parser.position;
			this.#depth--;
			listener.onClose();
		});
		const onText = (text: string) => {
			this.#told = parser.position;
			if (text.length > maxLength) throw this.tooLong();
			listener.onText(text);
		};
		parser.on('text', onText);
		parser.on('cdata', onText);
	}

	/** Characters read so far. */
	get position(): number {
		return this.#parser.position;
	}

	/** @throws ImportError FILE_UNREADABLE with line and column; FILE_TOO_LARGE */
	write(text: string): void {
		for (let start = 0; start < text.length; start += SLICE_LENGTH) {
			this.#guard(() => this.#parser.write(text.slice(start, start + SLICE_LENGTH)));
			if (this.#parser.position - this.#told > this.#maxLength) throw this.tooLong();
		}
	}

	/** @throws ImportError FILE_UNREADABLE when the document is not complete */
	end(): void {
		this.#guard(() => this.#parser.close());
	}

	tooLong(): ImportError {
		return new ImportError(
			'FILE_TOO_LARGE',
			`A record or text of the XML file is longer than ${this.#maxLength} characters${this.#place}`,
			{
				hint: 'Set Record Path if the wrong element was taken for a record, or raise Largest Record.',
			},
		);
	}

	get #place(): string {
		return ` (line ${this.#parser.line}, column ${this.#parser.columnIndex + 1})`;
	}

	/** Where the reference begins that the parser has just read. */
	#placeOf(name: string): string {
		const column = this.#parser.columnIndex + 1 - `&${name};`.length;
		return `line ${this.#parser.line}, column ${column}`;
	}

	/** Without a listener for errors the parser throws them, with the place before the reason. */
	#guard(parse: () => void): void {
		try {
			parse();
		} catch (error) {
			const reason =
				error instanceof Error ? /^\d+:\d+: (.*)/s.exec(error.message)?.[1] : undefined;
			if (reason === undefined) throw error;
			// a "&" without a ";" takes the parser to the end, which then misses other things
			const { entity = '' } = this.#parser as unknown as { entity?: string };
			const fault = entity === '' ? reason : `"${quoteValue(`&${entity}`)}" begins no entity`;
			const hint = /entity/.test(fault) ? { hint: WRITE_AMP } : {};
			throw unreadable(`The XML is broken${this.#place}: ${fault}`, hint);
		}
	}
}

const WRITE_AMP =
	'A "&" begins an entity such as &amp;. Write a "&" that is meant as such as &amp; and make the file again.';

function unreadable(message: string, fields: { hint?: string } = {}): ImportError {
	return new ImportError('FILE_UNREADABLE', message, fields);
}

function refuseDefinitions(doctype: string, place: string): void {
	const subset = doctype.slice(doctype.indexOf('[') + 1);
	const isBare = subset.length === doctype.length;
	if (!isBare && /<!ENTITY|%/.test(subset)) {
		throw new ImportError(
			'FILE_UNREADABLE',
			`The file has a document type that defines entities${place}: such definitions are not read`,
			{
				hint: 'Save the file without a document type (<!DOCTYPE …>); characters that HTML has names for, such as &nbsp;, need none.',
			},
		);
	}
}
