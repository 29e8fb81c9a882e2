import { ImportError } from '../../issues';
import { JsonScanner, type ArrayPlace, type JsonPath } from './json-scanner';
import { pathText, plainPath } from './json-path';

/** Another array that may be the records. */
export interface OtherRecords {
	path: string;
	/** Elements at the head of the document. */
	elements: number;
}

/** Where the records of a JSON document lie. */
export interface RecordPlace {
	/** An array of records; the document as the only record; a value that holds no records; or no text at all. */
	kind: 'array' | 'object' | 'value' | 'nothing';
	/** Path of the array; none for the document itself. */
	steps: JsonPath;
	/** Offset in bytes of the array's `[`. */
	start: number;
	/** Elements at the head of the document; 0 where they were not counted. */
	elements: number;
	/** Other arrays of objects at the head. */
	others: OtherRecords[];
}

/** There is nothing at the path that a person has set. */
export interface NotFound {
	kind: 'not found';
	/** Paths of arrays that are there, the first of them. */
	arrays: string[];
}

/** Keys that may lead to records which nobody has named. */
const MAX_DEPTH = 4;

/** How many times as many elements an array must have to be taken before one that lies a key less deep. */
const DEPTH_WEIGHT = 10;

/** An attack may have any number of arrays. */
const MOST_CANDIDATES = 100;

const MOST_NAMED = 10;

/** Keys of the lists that web services answer with. An answer without results has an empty one. */
const listKey =
	/^(?:data|items|results?|records?|rows|entries|values?|hits|objects|elements|features|list)$/i;

/** Keys that lead to such a list. */
const LIST_DEPTH = 2;

const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;

/**
 * Finds the records of a JSON document: the document itself when it is an array, else an array of objects that is reached
 * through keys alone. Of several at the head of the document the longest is taken, an array that lies less deep before
 * others. Where the head has none it reads on to the first one, however long the way is.
 *
 * @param chunks the document in UTF-8, without a byte order mark
 * @param enough bytes that are looked at for other arrays
 * @param wanted path set by a person, such as `data.items` or `data[0].items`
 * @throws ImportError FILE_UNREADABLE when what is read on the way is not JSON
 */
export async function locateRecords(
	chunks: AsyncIterable<Uint8Array>,
	enough: number,
	wanted = '',
): Promise<RecordPlace | NotFound> {
	const search: Search = wanted === '' ? new CandidateSearch() : new PathSearch(plainPath(wanted));
	const { scanner } = search;
	let position = 0;
	let first: number | undefined;
	for await (const chunk of chunks) {
		if (first === undefined) {
			const at = chunk.findIndex((byte) => !isSpace(byte));
			first = chunk[at];
			if (first === OPEN_BRACKET && wanted === '') return wholeArray(position + at);
		}
		try {
			if (scanner.write(chunk)) break;
		} catch (error) {
			// what is broken behind the records is found when they are read, and the rows before it come out
			if (!(error instanceof ImportError) || search.best === undefined) throw error;
			break;
		}
		position += chunk.length;
		if (position >= enough && search.best !== undefined) break;
	}
	if (search.best !== undefined) return arrayPlace(search.best, search.candidates);
	if (first === undefined) return { ...wholeArray(0), kind: 'nothing' };
	scanner.end();
	// an answer without results is no record
	if (search.empty !== undefined) return arrayPlace(search.empty, []);
	if (wanted !== '')
		return { kind: 'not found', arrays: search.candidates.map(({ path }) => pathText(path)) };
	return { ...wholeArray(0), kind: first === OPEN_BRACE ? 'object' : 'value' };
}

/** Whether an array that nobody has named may be the records. */
export function mayBeRecords({ path, firstByte }: ArrayPlace): boolean {
	return path.length <= MAX_DEPTH && firstByte === OPEN_BRACE;
}

const isEmptyList = ({ path, firstByte }: ArrayPlace): boolean =>
	firstByte === CLOSE_BRACKET && path.length <= LIST_DEPTH && listKey.test(String(path.at(-1)));

function wholeArray(start: number): RecordPlace {
	return { kind: 'array', steps: [], start, elements: 0, others: [] };
}

function arrayPlace(best: ArrayPlace, candidates: readonly ArrayPlace[]): RecordPlace {
	const { path, start, elements } = best;
	const others = candidates
		.filter((candidate) => candidate !== best)
		.slice(0, MOST_NAMED)
		.map((other) => ({ path: pathText(other.path), elements: other.elements }));
	return { kind: 'array', steps: path, start, elements, others };
}

interface Search {
	readonly scanner: JsonScanner;
	/** The array to take, as far as the document was read. */
	readonly best: ArrayPlace | undefined;
	readonly candidates: readonly ArrayPlace[];
	/** An array that would hold the records if there were any. */
	readonly empty?: ArrayPlace | undefined;
}

/** Looks for arrays of objects. */
class CandidateSearch implements Search {
	readonly candidates: ArrayPlace[] = [];

	empty: ArrayPlace | undefined;

	readonly scanner = new JsonScanner((place) => {
		if (isEmptyList(place)) this.empty ??= place;
		if (mayBeRecords(place) && this.candidates.length < MOST_CANDIDATES)
			this.candidates.push(place);
		return false;
	});

	get best(): ArrayPlace | undefined {
		const weight = ({ path, elements }: ArrayPlace) => elements / DEPTH_WEIGHT ** path.length;
		return this.candidates.reduce<ArrayPlace | undefined>(
			(best, place) => (best === undefined || weight(place) > weight(best) ? place : best),
			undefined,
		);
	}
}

/** Looks for the array at a path. */
class PathSearch implements Search {
	best: ArrayPlace | undefined;

	/** Arrays that a person may have meant. */
	readonly candidates: ArrayPlace[] = [];

	readonly scanner: JsonScanner;

	constructor(wanted: string) {
		this.scanner = new JsonScanner(
			(place) => {
				if (pathText(place.path) === wanted) this.best = place;
				else if (mayBeRecords(place) && this.candidates.length < MOST_NAMED) {
					if (!place.path.some((step) => typeof step === 'number')) this.candidates.push(place);
				}
				return this.best !== undefined;
			},
			{ looksIntoArrays: true },
		);
	}
}

function isSpace(byte: number): boolean {
	return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

export function skipSpace(text: string, start: number): number {
	let i = start;
	while (i < text.length && ' \t\r\n'.includes(text.charAt(i))) i++;
	return i;
}
