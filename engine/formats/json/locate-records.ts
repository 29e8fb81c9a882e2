import { JsonScanner } from './json-scanner';

/** Where the records of a JSON document lie. */
export interface RecordPlace {
	/** An array of records; the document as the only record; a value that holds no records; or no text at all. */
	kind: 'array' | 'object' | 'value' | 'nothing';
	/** Dotted path of the array, `''` for the document itself. */
	path: string;
	/** Offset in bytes of the array's `[`. */
	start: number;
	/** Objects around the array. */
	depth: number;
}

/** Keys that may lead to records which nobody has named. */
const MAX_DEPTH = 4;

const OPEN_BRACKET = 0x5b;
const OPEN_BRACE = 0x7b;

/**
 * Finds the records of a JSON document: the document itself when it is an array, else the first array that is reached
 * through keys alone and starts with an object. Reads no further than to that array, however long the way is.
 *
 * @param chunks the document in UTF-8, without a byte order mark
 * @param wanted dotted path set by a person
 * @returns the place of the records, or undefined when there is nothing at the wanted path
 * @throws ImportError FILE_UNREADABLE when what is read on the way is not JSON
 */
export async function locateRecords(
	chunks: AsyncIterable<Uint8Array>,
	wanted = '',
): Promise<RecordPlace | undefined> {
	let found: RecordPlace | undefined;
	const scanner = new JsonScanner(({ path, start, depth, firstByte }) => {
		const fits = wanted === '' ? depth <= MAX_DEPTH && firstByte === OPEN_BRACE : path === wanted;
		if (fits) found = { kind: 'array', path, start, depth };
		return fits;
	});
	let position = 0;
	let first: number | undefined;
	for await (const chunk of chunks) {
		if (first === undefined) {
			const at = chunk.findIndex((byte) => !isSpace(byte));
			first = chunk[at];
			if (first === OPEN_BRACKET && wanted === '') {
				return { kind: 'array', path: '', start: position + at, depth: 0 };
			}
		}
		if (scanner.write(chunk)) return found;
		position += chunk.length;
	}
	const whole = { path: '', start: 0, depth: 0 };
	if (first === undefined) return { kind: 'nothing', ...whole };
	scanner.end();
	if (wanted !== '') return undefined;
	return { kind: first === OPEN_BRACE ? 'object' : 'value', ...whole };
}

function isSpace(byte: number): boolean {
	return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

export function skipSpace(text: string, start: number): number {
	let i = start;
	while (i < text.length && ' \t\r\n'.includes(text.charAt(i))) i++;
	return i;
}
