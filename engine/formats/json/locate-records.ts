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
interface NotFound {
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

/** Keys of lists that services send along with the data: what went wrong, what the columns are, where to go on. */
const asideKey =
	/^_?(?:errors?|warnings?|messages|notices|meta|metadata|links?|paging|pagination|facets|aggregations|included)$/i;

/** How many times as many elements a list must have to be taken before another of its kind that is named as lists are. */
const NAME_WEIGHT = 2;

/** How many times as many a list must have that is sent along, by its name, to be taken before one of any other name. */
const ASIDE_WEIGHT = 20;

/** Keys that lead to such a list. */
const LIST_DEPTH = 2;

const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;

/**
 * Finds the records of a JSON document: the document itself when it is an array, else an array of objects that is reached
 * through keys alone. Of several at the head of the document the longest is taken, an array that lies less deep before
 * others, and one that is named as lists of data are (`items`) before others; what is sent along by its name (`errors`) only
 * where nothing is so named, be it empty or a list of plain values. Where the head has none it reads on to the first one, however long the way is.
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
	const best = search.instead ?? search.best;
	if (best !== undefined) return arrayPlace(best, search.candidates);
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

const isSentAlong = ({ path }: ArrayPlace): boolean =>
	path.some((key) => asideKey.test(String(key)));

const isList = (place: ArrayPlace): boolean =>
	listKey.test(String(place.path.at(-1))) && !isSentAlong(place);

const isEmptyList = (place: ArrayPlace): boolean =>
	place.firstByte === CLOSE_BRACKET && place.path.length <= LIST_DEPTH && isList(place);

const isPlainList = (place: ArrayPlace): boolean =>
	place.firstByte !== OPEN_BRACE && place.path.length <= LIST_DEPTH && isList(place);

function weightOfPath(place: ArrayPlace): number {
	const weight = isSentAlong(place) ? 1 / ASIDE_WEIGHT : isList(place) ? NAME_WEIGHT : 1;
	return weight / DEPTH_WEIGHT ** place.path.length;
}

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
	/** A list by its name that is no array of objects, where the best one is only sent along. */
	readonly instead?: ArrayPlace | undefined;
}

/** Looks for arrays of objects. */
class CandidateSearch implements Search {
	readonly candidates: ArrayPlace[] = [];

	empty: ArrayPlace | undefined;

	#plain: ArrayPlace | undefined;

	readonly scanner = new JsonScanner((place) => {
		if (isEmptyList(place)) this.empty ??= place;
		else if (isPlainList(place)) this.#plain ??= place;
		if (mayBeRecords(place) && this.candidates.length < MOST_CANDIDATES)
			this.candidates.push(place);
		return false;
	});

	get best(): ArrayPlace | undefined {
		const isNamed = this.candidates.some((place) => isList(place));
		const weight = (place: ArrayPlace) =>
			isNamed && isSentAlong(place) ? 0 : place.elements * weightOfPath(place);
		return this.candidates.reduce<ArrayPlace | undefined>(
			(best, place) => (best === undefined || weight(place) > weight(best) ? place : best),
			undefined,
		);
	}

	get instead(): ArrayPlace | undefined {
		const { best } = this;
		return best !== undefined && isSentAlong(best) ? (this.#plain ?? this.empty) : undefined;
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
