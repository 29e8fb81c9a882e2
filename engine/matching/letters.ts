/** Letters that are no letter with a mark, in the letters that stand for them where marks are left out. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
	æ: 'ae',
	œ: 'oe',
	ø: 'o',
	ð: 'd',
	đ: 'd',
	þ: 'th',
	ħ: 'h',
	ı: 'i',
	ĸ: 'k',
	ł: 'l',
	ŋ: 'n',
	ŧ: 't',
	ſ: 's',
	ß: 'ss',
	ə: 'e',
	ɛ: 'e',
	ɔ: 'o',
};

const EVERY_PLAIN = new RegExp(`[${Object.keys(PLAIN_LETTERS).join('')}]`, 'g');

/** Marks on Latin, Greek and Cyrillic letters, Hebrew points, Arabic vowel signs and the line that stretches words. */
const MARKS =
	/[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670\u0640]/g;

const ASCII = /^[\0-\x7f]*$/;

/** Hyphens that may be, joiners, signs of direction and of variants. */
const INVISIBLE =
	/\u200d|[\u00ad\u061c\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]|[\ufe00-\ufe0f]|\u034f/g;

const BLANKS = /[\s\u0085\u180e]+/g;

/** Without blanks at the ends and with one blank where several stood; signs that cannot be seen are left out. */
export function trimmed(text: string): string {
	const seen = ASCII.test(text) ? text : text.normalize('NFC').replace(INVISIBLE, '');
	return seen.replace(BLANKS, ' ').trim();
}

/** All letters alike in case: of forms that differ in nothing else, such as `ß` and `SS`, one is left. */
export function caseless(text: string): string {
	if (ASCII.test(text)) return text.toLowerCase();
	// there and back: upper case takes small forms together that lower case alone would keep apart
	return text
		.toLowerCase()
		.toUpperCase()
		.toLowerCase()
		.replaceAll('ς', 'σ')
		.replaceAll('i\u0307', 'i')
		.normalize('NFC');
}

/** Letters without their marks, in small letters: `Müller` as `muller`, `Łódź` as `lodz`. */
export function withoutMarks(text: string): string {
	const folded = caseless(text);
	if (ASCII.test(folded)) return folded;
	// signs such as № and ℌ stand for capital letters
	return folded
		.normalize('NFKD')
		.toLowerCase()
		.replace(MARKS, '')
		.normalize('NFC')
		.replace(EVERY_PLAIN, (letter) => PLAIN_LETTERS[letter] ?? letter);
}

/** Digits of any script as `0` to `9`, everything else as it is. */
export const withPlainDigits = (text: string): string =>
	ASCII.test(text) ? text : text.replace(/\p{Nd}/gu, (digit) => digitsOf(digit));

/** Digits of any script as `0` to `9`, everything else left out. */
export function digitsOf(text: string): string {
	let digits = '';
	for (const char of ASCII.test(text) ? text : text.normalize('NFKC')) {
		if (char >= '0' && char <= '9') digits += char;
		else if (char > '\x7f' && /\p{Nd}/u.test(char)) digits += String(digitValue(char));
	}
	return digits;
}

/** Unicode keeps the digits of a script together, from zero to nine: https://www.unicode.org/versions/latest/core-spec/chapter-4/#G124206 */
function digitValue(char: string): number {
	const code = char.codePointAt(0) ?? 0;
	let value = 0;
	while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value++;
	// some scripts follow each other without a gap
	return value === 9 && /\p{Nd}/u.test(String.fromCodePoint(code - 10)) ? mathDigit(code) : value;
}

/** Mathematical digits stand in five rows behind each other. NFKC turns them into plain ones before they come here. */
const mathDigit = (code: number): number => (code - 0x1d7ce) % 10;
