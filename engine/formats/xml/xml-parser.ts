import { SaxesParser } from 'saxes';
import { ImportError } from '../../issues';

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

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Parses XML 1.0 as it comes, in constant memory. Well-formedness is held to strictly; entities are the five that XML
 * has itself, and numeric ones. A document type may be named, but what it could define or fetch is refused: entities
 * that grow, and files of the server.
 */
export class XmlParser {
	readonly #parser = new SaxesParser();

	readonly #maxLength: number;

	#depth = 0;

	#attributes = 0;

	/** Where the parser last told of something. */
	#told = 0;

	constructor(listener: XmlListener, maxLength: number) {
		this.#maxLength = maxLength;
		const parser = this.#parser;
		parser.ENTITIES = Object.assign(Object.create(null) as Record<string, string>, ENTITIES);
		// no more listeners than these: with nine of them V8 takes the parser for a dictionary, and it is five times slower
		parser.on('doctype', (text) => {
			this.#told = parser.position;
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

	/** Without a listener for errors the parser throws them, with the place before the reason. */
	#guard(parse: () => void): void {
		try {
			parse();
		} catch (error) {
			const reason =
				error instanceof Error ? /^\d+:\d+: (.*)/s.exec(error.message)?.[1] : undefined;
			if (reason === undefined) throw error;
			throw unreadable(`The XML is broken${this.#place}: ${reason}`);
		}
	}
}

function unreadable(message: string): ImportError {
	return new ImportError('FILE_UNREADABLE', message);
}

function refuseDefinitions(doctype: string, place: string): void {
	const isExternal = /^\s*[^\s[]+\s+(?:SYSTEM|PUBLIC)\b/.test(doctype);
	if (isExternal || /<!ENTITY|%/.test(doctype)) {
		throw new ImportError(
			'FILE_UNREADABLE',
			`The file has a document type with definitions${place}: document type definitions are not read`,
			{ hint: 'Save the file without a document type (<!DOCTYPE …>).' },
		);
	}
}
