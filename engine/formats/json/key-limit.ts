import { MOST_COLUMNS, tooManyNames } from '../column-limit';
import { MAX_NESTING } from './json-scanner';
import { skipSpace } from './locate-records';
import type { Nested } from './json-records';
import { endOfString } from './parse-json';

const QUOTE = 0x22;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** The shortest key with its value and a comma, in characters: `"":1,`. */
const SHORTEST_ENTRY = 5;

/** Whether a text of so many characters can hold more keys than a table may have columns. */
export const mayHoldTooManyKeys = (length: number): boolean =>
	length > MOST_COLUMNS * SHORTEST_ENTRY;

/** An object or array that is open. */
interface Level {
	isObject: boolean;
	/** Where its keys are counted: objects inside objects share it where each of their keys makes a column. */
	keys: { count: number };
}

/**
 * Refuses a record with more keys than a table may have columns. It is to be asked before the text is parsed: a parser
 * would keep the event loop for seconds with a million different keys. Texts that are too short for so many are not
 * looked at.
 *
 * @param text JSON, sound or not
 * @throws ImportError FILE_TOO_LARGE
 */
export function refuseTooManyKeys(text: string, nested: Nested): void {
	if (!mayHoldTooManyKeys(text.length)) return;
	const open: Level[] = [];
	for (let i = 0; i < text.length; i++) {
		switch (text.charCodeAt(i)) {
			case QUOTE: {
				const end = endOfString(text, i);
				const level = open.at(-1);
				if (level?.isObject === true && text.charCodeAt(skipSpace(text, end)) === COLON) {
					if (++level.keys.count > MOST_COLUMNS) throw tooManyNames();
				}
				i = end - 1;
				break;
			}
			case OPEN_BRACE: {
				const around = open.at(-1);
				if (nested === 'flatten' && around?.isObject === true) {
					// its own keys take the place of the key that leads to it
					around.keys.count--;
					open.push({ isObject: true, keys: around.keys });
				} else open.push({ isObject: true, keys: { count: 0 } });
				break;
			}
			case OPEN_BRACKET:
				open.push({ isObject: false, keys: { count: 0 } });
				break;
			case CLOSE_BRACE:
			case CLOSE_BRACKET:
				open.pop();
		}
		// the parser refuses it
		if (open.length > MAX_NESTING) return;
	}
}
