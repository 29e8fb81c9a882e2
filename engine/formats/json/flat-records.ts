import { mayHoldDoubtfulNumbers } from './parse-json';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const COMMA = 0x2c;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;

/**
 * Parses lines of flat objects at one go, as one list, which is faster than one by one.
 *
 * It does so only where every line begins with a brace and ends with the only closing brace in it: an element of the list
 * can begin and end nowhere else then. As many elements as lines are the values of the lines for certain; where lines ran
 * into each other there would be fewer.
 *
 * @param framed whole lines of UTF-8, with a line feed before the first and behind each; unchanged when it returns
 * @returns the value of each line; undefined where one of them is not JSON, is not flat or has numbers to be looked at
 */
export function parseFlatRecords(framed: Buffer): unknown[] | undefined {
	const breaks = breaksBetweenObjects(framed);
	if (breaks === undefined) return undefined;
	const last = framed.length - 1;
	framed[0] = OPENING_BRACKET;
	for (const at of breaks) framed[at] = COMMA;
	framed[last] = CLOSING_BRACKET;
	// a line feed that is left stands inside an object
	const text = framed.includes(LINE_FEED) ? undefined : framed.toString('utf8');
	framed[0] = LINE_FEED;
	for (const at of breaks) framed[at] = LINE_FEED;
	framed[last] = LINE_FEED;
	if (text === undefined || mayHoldDoubtfulNumbers(text)) return undefined;
	try {
		const records = JSON.parse(text) as unknown[];
		return records.length === breaks.length + 1 ? records : undefined;
	} catch {
		return undefined;
	}
}

/** Where line feeds stand between two objects; undefined where a closing brace stands anywhere but before one. */
function breaksBetweenObjects(framed: Buffer): number[] | undefined {
	if (framed[1] !== OPENING_BRACE) return undefined;
	const last = framed.length - 1;
	const breaks: number[] = [];
	for (let brace = framed.indexOf(CLOSING_BRACE); ;) {
		if (brace === -1) return undefined;
		const at = framed[brace + 1] === CARRIAGE_RETURN ? brace + 2 : brace + 1;
		if (framed[at] !== LINE_FEED) return undefined;
		if (at === last) return breaks;
		if (framed[at + 1] !== OPENING_BRACE) return undefined;
		breaks.push(at);
		brace = framed.indexOf(CLOSING_BRACE, at);
	}
}
