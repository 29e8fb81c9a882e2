import { issue, quoteValue, type Issue } from '../../issues';
import { fewerKeys } from './key-count';
import { skipSpace } from './locate-records';
import { endOfString } from './parse-json';

/** Issues that name a record and its key; more of them are counted. */
const MOST_NAMED = 10;

const QUOTE = 0x22;
const COLON = 0x3a;
const COMMA = 0x2c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** Some records of a file that were parsed together. */
export interface KeyedText {
	/** At least as many keys as their text holds: see `mostKeys`. */
	keys: number;
	/** JSON arrays of the records, one or several. */
	texts: () => readonly string[];
}

/**
 * Watches for keys that stand twice in one object: of their values a parser keeps the last and says nothing. A text that
 * has no more keys than its values is passed over; else it is read once more.
 */
export class DuplicateKeys {
	#issues: Issue[] = [];

	#found = 0;

	#unnamed: Issue | undefined;

	/**
	 * @param parsed how many keys the values of the text have
	 * @param rowOf the row of a record, counted from 0; undefined for one that was not read
	 */
	check(
		{ keys, texts }: KeyedText,
		parsed: number,
		rowOf: (record: number) => number | undefined,
	): void {
		if (keys === parsed) return;
		const all = texts();
		if (all.reduce((count, text) => count + fewerKeys(text), 0) === parsed) return;
		let before = 0;
		let last: number | undefined;
		for (const text of all) {
			findRepeatedKeys(text, (path, element) => {
				const row = rowOf(before + element);
				if (row !== undefined && row !== last) this.#tell(row, path);
				last = row;
			});
			before++;
		}
	}

	/** What was found since the last call. */
	take(): Issue[] {
		const issues = this.#issues;
		if (issues.length > 0) this.#issues = [];
		return issues;
	}

	/** What is left at the end: how many records there were beyond those that were named. */
	rest(): Issue[] {
		const more = this.#found - MOST_NAMED;
		if (this.#unnamed === undefined) return this.take();
		const message = `${more} more records hold a key twice; the first of them is record ${this.#unnamed.row}`;
		return [...this.take(), { ...this.#unnamed, message, count: more }];
	}

	#tell(row: number, path: string): void {
		this.#found++;
		const column = quoteValue(path);
		const message = `Record ${row} holds the key "${column}" twice: only the last value is read`;
		const found = issue('ROW_DUPLICATE_KEY', message, { row, column });
		if (this.#found <= MOST_NAMED) this.#issues.push(found);
		else this.#unnamed ??= found;
	}
}

/** An object or array that is open. */
interface Level {
	/** Of an object. */
	keys: Set<string> | undefined;
	/** The key whose value is being read. */
	key: string;
}

/**
 * Finds the keys that stand in one object more than once.
 *
 * @param text sound JSON
 * @param onRepeated is given the keys that lead there, joined with dots, and the place in the array
 */
function findRepeatedKeys(text: string, onRepeated: (path: string, element: number) => void): void {
	const levels: Level[] = [];
	let element = 0;
	for (let i = 0; i < text.length; i++) {
		switch (text.charCodeAt(i)) {
			case QUOTE: {
				const end = endOfString(text, i);
				const level = levels.at(-1);
				if (level?.keys !== undefined && text.charCodeAt(skipSpace(text, end)) === COLON) {
					level.key = JSON.parse(text.slice(i, end)) as string;
					if (level.keys.has(level.key)) onRepeated(pathOf(levels), element);
					level.keys.add(level.key);
				}
				i = end - 1;
				break;
			}
			case OPEN_BRACE:
				levels.push({ keys: new Set(), key: '' });
				break;
			case OPEN_BRACKET:
				levels.push({ keys: undefined, key: '' });
				break;
			case CLOSE_BRACE:
			case CLOSE_BRACKET:
				levels.pop();
				break;
			case COMMA:
				if (levels.length === 1 && levels[0]?.keys === undefined) element++;
		}
	}
}

const pathOf = (levels: readonly Level[]): string =>
	levels
		.filter(({ keys }) => keys !== undefined)
		.map(({ key }) => key)
		.join('.');
