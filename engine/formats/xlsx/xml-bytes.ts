import { damaged } from '../zip';
import { documentTypeRefused } from './xml-part';
import { decodeCharacterData, decodeEscapes, trimSpace } from './xml-text';

/*
 * XML read from bytes as they come from the archive, without making strings of what is not a value. Positions are indexes
 * into a buffer that holds XML up to `end`, followed by PADDING zero bytes, so that looking a few bytes ahead needs no check.
 * Functions return INCOMPLETE when the markup goes on behind `end`: the caller waits for more bytes and asks again.
 */

export const PADDING = 32;
export const INCOMPLETE = -1;

export const CR = 0x0d;
export const SPACE = 0x20;
const EXCLAMATION = 0x21;
export const DOUBLE_QUOTE = 0x22;
export const AMPERSAND = 0x26;
export const SINGLE_QUOTE = 0x27;
export const SLASH = 0x2f;
const COLON = 0x3a;
export const LESS = 0x3c;
export const EQUALS = 0x3d;
export const GREATER = 0x3e;
const QUESTION = 0x3f;
export const UNDERSCORE = 0x5f;
const UPPER_X = 0x58;
const LOWER_X = 0x78;

const COMMENT = Buffer.from('<!--');
const COMMENT_END = Buffer.from('-->');
const CDATA = Buffer.from('<![CDATA[');
const CDATA_END = Buffer.from(']]>');
const INSTRUCTION_END = Buffer.from('?>');

type MarkupKind = 'open' | 'empty' | 'close' | 'text' | 'cdata' | 'ignored';

/** A piece of XML that was found: its kind, and where the name of the element or the text lies. */
export interface Markup {
	kind: MarkupKind;
	/** Of an element: its local name, behind the prefix. Of text: the text. */
	start: number;
	end: number;
}

export function matchesAt(bytes: Buffer, position: number, pattern: Uint8Array): boolean {
	for (let index = 0; index < pattern.length; index++) {
		if (bytes[position + index] !== pattern[index]) return false;
	}
	return true;
}

/** Whether the byte behind an underscore may begin an escape such as `_x000D_`. */
export function isEscape(byte: number | undefined): boolean {
	return byte === LOWER_X || byte === UPPER_X;
}

/** Whether the piece between two positions is exactly the given name. */
export function isName(bytes: Buffer, markup: Markup, name: Uint8Array): boolean {
	return markup.end - markup.start === name.length && matchesAt(bytes, markup.start, name);
}

/**
 * Reads the piece of XML at a position: a tag, a comment, or text up to the next `<`.
 *
 * @param found where the result is put, so that none has to be made
 * @returns the position behind it, or INCOMPLETE
 * @throws ImportError FILE_UNREADABLE for a document type
 */
export function nextMarkup(bytes: Buffer, position: number, end: number, found: Markup): number {
	if (position >= end) return INCOMPLETE;
	if (bytes[position] !== LESS) {
		const next = bytes.indexOf(LESS, position);
		if (next < 0 || next >= end) return INCOMPLETE;
		found.kind = 'text';
		found.start = position;
		found.end = next;
		return next;
	}
	const second = bytes[position + 1];
	if (second === EXCLAMATION) return declaration(bytes, position, end, found);
	if (second === QUESTION) {
		found.kind = 'ignored';
		return behind(bytes, INSTRUCTION_END, position + 2, end);
	}
	return tag(bytes, position, end, found);
}

function declaration(bytes: Buffer, position: number, end: number, found: Markup): number {
	if (matchesAt(bytes, position, COMMENT)) {
		found.kind = 'ignored';
		return behind(bytes, COMMENT_END, position + COMMENT.length, end);
	}
	if (matchesAt(bytes, position, CDATA)) {
		const next = behind(bytes, CDATA_END, position + CDATA.length, end);
		found.kind = 'cdata';
		found.start = position + CDATA.length;
		found.end = next - CDATA_END.length;
		return next;
	}
	if (end - position < CDATA.length) return INCOMPLETE;
	throw documentTypeRefused();
}

function behind(bytes: Buffer, pattern: Buffer, position: number, end: number): number {
	const found = bytes.indexOf(pattern, position);
	return found < 0 || found + pattern.length > end ? INCOMPLETE : found + pattern.length;
}

function tag(bytes: Buffer, position: number, end: number, found: Markup): number {
	const closing = bytes[position + 1] === SLASH;
	let nameStart = position + (closing ? 2 : 1);
	let nameEnd = nameStart;
	for (; nameEnd < end; nameEnd++) {
		const byte = bytes[nameEnd] ?? 0;
		if (byte === COLON) nameStart = nameEnd + 1;
		else if (byte <= SPACE || byte === GREATER || byte === SLASH) break;
	}
	const next = endOfTag(bytes, nameEnd, end);
	if (next === INCOMPLETE) return INCOMPLETE;
	found.start = nameStart;
	found.end = nameEnd;
	if (closing) found.kind = 'close';
	else found.kind = bytes[next - 2] === SLASH ? 'empty' : 'open';
	return next;
}

/** The position behind the `>` of a tag; one inside an attribute value ends nothing. */
export function endOfTag(bytes: Buffer, position: number, end: number): number {
	for (let quote = 0; position < end; position++) {
		const byte = bytes[position] ?? 0;
		if (quote !== 0) {
			if (byte === quote) quote = 0;
		} else if (byte === GREATER) return position + 1;
		else if (byte === DOUBLE_QUOTE || byte === SINGLE_QUOTE) quote = byte;
	}
	return INCOMPLETE;
}

const V = Buffer.from('v');
const T = Buffer.from('t');
const PHONETIC = Buffer.from('rPh');
const PRESERVE = Buffer.from('preserve');

/**
 * The text inside a cell (`c`) or a shared string (`si`), however it is written: in runs, with comments, CDATA or
 * references. Phonetic readings (`rPh`, ECMA-376 part 1, 18.4.6) are not part of the text.
 */
export class ElementText {
	/** Of `v`, references replaced; `undefined` when there is none. */
	value: string | undefined;

	/** Of all `t` together, references and escapes replaced; `undefined` when there is none. */
	text: string | undefined;

	readonly #name: Buffer;

	readonly #markup: Markup = { kind: 'ignored', start: 0, end: 0 };

	/** @param name local name of the element */
	constructor(name: string) {
		this.#name = Buffer.from(name);
	}

	/**
	 * @param position behind the tag that begins the element
	 * @returns the position behind the tag that ends it, or INCOMPLETE
	 * @throws ImportError FILE_UNREADABLE when the tags do not fit each other
	 */
	read(bytes: Buffer, position: number, end: number): number {
		this.value = undefined;
		this.text = undefined;
		const markup = this.#markup;
		let inside: 'v' | 't' | undefined;
		let piece = '';
		let preserve = false;
		let phonetic = 0;
		for (let depth = 0, next = position; ; position = next) {
			next = nextMarkup(bytes, position, end, markup);
			if (next === INCOMPLETE) return INCOMPLETE;
			if (markup.kind === 'text' && inside !== undefined) {
				piece += decodeCharacterData(bytes.toString('utf8', markup.start, markup.end));
			} else if (markup.kind === 'cdata' && inside !== undefined) {
				piece += bytes.toString('utf8', markup.start, markup.end);
			} else if (markup.kind === 'open') {
				depth++;
				if (isName(bytes, markup, PHONETIC)) phonetic++;
				else if (isName(bytes, markup, V)) inside = 'v';
				else if (isName(bytes, markup, T) && phonetic === 0) inside = 't';
				piece = '';
				preserve = bytes.subarray(markup.end, next).includes(PRESERVE);
			} else if (markup.kind === 'close') {
				if (--depth < 0) {
					if (isName(bytes, markup, this.#name)) return next;
					throw damaged('one of its parts is not valid XML');
				}
				if (inside === 'v') this.value = piece;
				else if (inside === 't') this.#addText(preserve ? piece : trimSpace(piece));
				inside = undefined;
				if (isName(bytes, markup, PHONETIC)) phonetic--;
			}
		}
	}

	#addText(piece: string): void {
		this.text = (this.text ?? '') + decodeEscapes(piece);
	}
}
