/** Where the records of a JSON document lie. */
export interface RecordPlace {
	/** Dotted path of the array, `''` for the document itself. */
	path: string;
	/** Offset in characters of the array's `[`, or of the `{` of a single record. */
	offset: number;
	kind: 'array' | 'object';
}

/**
 * Finds the arrays and objects at the head of a JSON document that may hold the records: the document itself when it is
 * an array, else the arrays that start with an object, nested at most `MAX_DEPTH` keys deep.
 */
const MAX_DEPTH = 4;

/**
 * @param head text from the start of the document; may be cut off anywhere
 * @param wanted dotted path set by a person
 * @returns the place of the records, or undefined when the head holds none
 */
export function locateRecords(head: string, wanted?: string): RecordPlace | undefined {
	const start = skipSpace(head, 0);
	if (wanted === undefined || wanted === '') {
		if (head[start] === '[') return { path: '', offset: start, kind: 'array' };
	}
	if (head[start] !== '{') return undefined;
	const found = arraysInside(head, start);
	if (wanted !== undefined && wanted !== '') return found.find(({ path }) => path === wanted);
	return (
		found.find(({ offset }) => head[skipSpace(head, offset + 1)] === '{') ?? {
			path: '',
			offset: start,
			kind: 'object',
		}
	);
}

/** Walks the head once and notes every array that is reached through object keys alone. */
function arraysInside(head: string, start: number): RecordPlace[] {
	const places: RecordPlace[] = [];
	const keys: string[] = [];
	const open: Array<'{' | '['> = [];
	let arrays = 0;
	for (let i = start; i < head.length; i++) {
		const char = head[i];
		if (char === '"') {
			const end = endOfString(head, i);
			if (end === -1) break;
			const colon = skipSpace(head, end + 1);
			if (arrays === 0 && open.at(-1) === '{' && head[colon] === ':') {
				keys.length = open.length - 1;
				keys.push(readKey(head.slice(i, end + 1)));
				i = colon;
			} else {
				i = end;
			}
		} else if (char === '{' || char === '[') {
			if (char === '[' && arrays === 0 && open.length <= MAX_DEPTH) {
				places.push({ path: keys.slice(0, open.length).join('.'), offset: i, kind: 'array' });
			}
			if (char === '[') arrays++;
			open.push(char);
		} else if (char === '}' || char === ']') {
			if (open.pop() === '[') arrays--;
			if (open.length === 0) break;
		}
	}
	return places;
}

function readKey(quoted: string): string {
	try {
		return String(JSON.parse(quoted));
	} catch {
		return quoted.slice(1, -1);
	}
}

function endOfString(text: string, start: number): number {
	for (let i = start + 1; i < text.length; i++) {
		if (text[i] === '\\') i++;
		else if (text[i] === '"') return i;
	}
	return -1;
}

export function skipSpace(text: string, start: number): number {
	let i = start;
	while (i < text.length && ' \t\r\n'.includes(text.charAt(i))) i++;
	return i;
}
