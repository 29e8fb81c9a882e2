import { TextDecoder } from 'node:util';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { ImportError } from '../../issues';
import { damaged } from '../zip';
import { asUtf8 } from './xml-encoding';

/** An element of a small part: the names of element and attributes without their namespace prefixes. */
export interface XmlElement {
	name: string;
	attributes: Record<string, string | undefined>;
}

const LARGEST_PART_BYTES = 64 * 1024 * 1024;

// Far more than any genuine part has; an attack would have millions.
const MOST_ELEMENTS = 2_000_000;
const DEEPEST_ELEMENT = 256;
const MOST_ATTRIBUTES = 1024;

/**
 * Reads a small XML part (workbook, relationships, styles) and tells of every element that begins and ends. Prefixes are
 * removed, as writers choose them freely; the transitional and the strict namespaces are treated alike.
 *
 * @throws ImportError FILE_UNREADABLE when the part is not well-formed, or declares a document type: the Open Packaging
 * Conventions forbid it (ECMA-376 part 2, 8.1.4), as its entities are a way to attack the reader; FILE_TOO_LARGE
 */
export async function readXmlPart(
	name: string,
	chunks: AsyncIterable<Uint8Array>,
	onOpen: (element: XmlElement) => void,
	onClose: (name: string) => void = () => undefined,
): Promise<void> {
	const failures: Error[] = [];
	const fail = (failure: Error) => failures.push(failure);
	const parser = listeningParser(name, onOpen, onClose, fail);
	const decoder = new TextDecoder();
	let size = 0;
	for await (const chunk of asUtf8(chunks)) {
		size += chunk.byteLength;
		if (size > LARGEST_PART_BYTES) fail(partTooLarge(name));
		parser.write(decoder.decode(chunk, { stream: true }));
		if (failures[0] !== undefined) throw failures[0];
	}
	parser.write(decoder.decode()).close();
	if (failures[0] !== undefined) throw failures[0];
}

function listeningParser(
	part: string,
	onOpen: (element: XmlElement) => void,
	onClose: (name: string) => void,
	fail: (failure: Error) => void,
): SaxesParser {
	const parser = new SaxesParser();
	let depth = 0;
	let attributes = 0;
	let elements = 0;
	parser.on('error', (error) => {
		fail(damaged(`its part ${part} is not valid XML`, error));
	});
	parser.on('doctype', () => {
		fail(documentTypeRefused());
	});
	parser.on('attribute', () => {
		if (++attributes > MOST_ATTRIBUTES) fail(partTooLarge(part));
	});
	parser.on('opentag', (tag) => {
		attributes = 0;
		if (++elements > MOST_ELEMENTS || ++depth > DEEPEST_ELEMENT) fail(partTooLarge(part));
		onOpen(withoutPrefixes(tag));
	});
	parser.on('closetag', (tag) => {
		depth--;
		onClose(localName(tag.name));
	});
	return parser;
}

function partTooLarge(part: string): ImportError {
	return new ImportError(
		'FILE_TOO_LARGE',
		`The part ${part} of the file is larger or deeper than any genuine workbook needs.`,
	);
}

export function documentTypeRefused(): Error {
	return damaged('it declares an XML document type, which no genuine workbook does');
}

function withoutPrefixes(tag: SaxesTagPlain): XmlElement {
	const attributes: XmlElement['attributes'] = Object.create(null) as XmlElement['attributes'];
	for (const [name, value] of Object.entries(tag.attributes)) attributes[localName(name)] = value;
	return { name: localName(tag.name), attributes };
}

function localName(name: string): string {
	return name.slice(name.indexOf(':') + 1);
}
