import type { FieldKind } from './field-kind';
import type { PreparedValue } from './prepared-value';

/** Kinds whose values mix: a name in the wrong field, a model number within a title. */
const ALPHABET: Readonly<Partial<Record<FieldKind, string>>> = {
	'first-name': 'n',
	'last-name': 'n',
	name: 'n',
	text: 't',
	company: 't',
	code: 't',
	address: 'a',
};

const CODES: Readonly<Record<string, string>> = Object.fromEntries(
	['bfpv', 'cgjkqsxz', 'dt', 'l', 'mn', 'r'].flatMap((letters, i) =>
		Array.from(letters, (letter) => [letter, String(i + 1)]),
	),
);

/**
 * How a word sounds: its first letter and the classes of its consonants. After Soundex (R. C. Russell, US patent
 * 1,261,167), of which it differs in that it counts five consonants and takes `h` and `w` for vowels.
 */
export function soundOf(word: string): string {
	let sound = word.charAt(0);
	let last = CODES[sound];
	for (let i = 1; i < word.length && sound.length < 6; i++) {
		const code = CODES[word.charAt(i)];
		if (code !== undefined && code !== last) sound += code;
		last = code;
	}
	return sound;
}

const LATIN_WORD = /^[a-z]{4,}$/;

/** Words, how they sound, and what two of them give when they are written as one. */
function* keysOfWords(alphabet: string, { tokens, text }: PreparedValue): Generator<string> {
	for (const [i, token] of tokens.entries()) {
		if (token.length > 1) yield `${alphabet}:${token}`;
		if (LATIN_WORD.test(token)) yield `${alphabet}~${soundOf(token)}`;
		const next = tokens[i + 1];
		if (next !== undefined) yield `${alphabet}:${token}${next}`;
	}
	if (tokens.length === 0) yield `${alphabet}:${text}`;
}

function* keysOfCode({ text }: PreparedValue, field: string): Generator<string> {
	yield `t:${text}`;
	if (text.length < 4) return;
	yield `${field}<${text.slice(0, Math.ceil(text.length / 2))}`;
	yield `${field}>${text.slice(-Math.ceil(text.length / 2))}`;
}

function* keysOfDate({ date }: PreparedValue, field: string): Generator<string> {
	if (date === undefined) return;
	const { year, month, day } = date;
	yield `${field}:${year}-${Math.min(month, day)}-${Math.max(month, day)}`;
	yield `${field}:${year}-${month}`;
	yield `${field}:${year}--${day}`;
	yield `${field}:-${month}-${day}`;
	yield `${field}:${year}`;
}

/**
 * What a value gives to find its like by: each key is shared by most values that are alike in some respect.
 *
 * @param field a short name for the field, for kinds that do not mix with others
 */
export function* keysOfValue(
	value: PreparedValue,
	kind: FieldKind,
	field: string,
): Generator<string> {
	switch (kind) {
		case 'date':
			yield* keysOfDate(value, field);
			break;
		case 'email':
			yield `e:${value.text}`;
			yield `e:${value.text.split('@')[0] ?? ''}`;
			yield `e<${value.text.slice(0, 5)}`;
			break;
		case 'phone':
			yield `p:${value.text.slice(-7)}`;
			yield `p>${value.text.slice(-4)}`;
			yield `p<${value.text.slice(-7, -3)}`;
			break;
		case 'number':
			yield `${field}:${value.text}`;
			break;
		case 'code':
			yield* keysOfCode(value, field);
			break;
		default:
			yield* keysOfWords(ALPHABET[kind] ?? field, value);
	}
}
