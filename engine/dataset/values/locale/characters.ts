/** Digits of every decimal numbering system that the runtime knows, by the system (`arab`, `deva`, `hanidec` ...). */
function digitsOfAllSystems(): Map<string, string> {
	const values = new Map<string, string>();
	for (const system of Intl.supportedValuesOf('numberingSystem')) {
		const format = new Intl.NumberFormat(`en-u-nu-${system}`, { useGrouping: false });
		for (let digit = 0; digit < 10; digit++) {
			const written = format.format(digit);
			if (/^.$/u.test(written)) values.set(written, String(digit));
		}
	}
	return values;
}

let allDigits: Map<string, string> | undefined;

/** Digits have the category Nd; the Han numerals are letters. */
const foreignDigit = /[\p{Nd}〇一二三四五六七八九]/gu;

const notAscii = /[^\0-\x7f]/;

const isAscii = (text: string): boolean => !notAscii.test(text);

/** The text with the digits of all scripts as 0 to 9; Han numerals only where `han` says so, for they are words too. */
export function asciiDigits(text: string, han = false): string {
	if (isAscii(text)) return text;
	return text.replace(foreignDigit, (character) => {
		if (character <= '9' || (!han && /\p{L}|〇/u.test(character))) return character;
		allDigits ??= digitsOfAllSystems();
		return allDigits.get(character) ?? character;
	});
}

/** Marks that turn the direction of writing, and joiners: they are never seen. */
const invisible = /[\u200b-\u200f\u061c\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]/g;

export const withoutMarks = (text: string): string =>
	isAscii(text) ? text : text.replace(invisible, '');

/** White space of every width as one blank each. */
export const plainBlanks = (text: string): string => text.replace(/\s/g, ' ');

const accents = /[\u0300-\u036f]/g;

/**
 * A text in the form in which words are compared: lower case, no accents of Latin, Greek and Cyrillic letters, ASCII
 * digits, single blanks, no direction marks. Vowel signs of other scripts stay, because they tell words apart.
 */
export function foldWords(text: string): string {
	const lower = asciiDigits(withoutMarks(text)).toLowerCase();
	const plain = isAscii(lower)
		? lower
		: lower.normalize('NFD').replace(accents, '').normalize('NFC').replace(/ı/g, 'i');
	return plain.replace(/\s+/g, ' ').trim();
}
