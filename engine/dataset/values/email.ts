/** Lengths: RFC 5321, 4.5.3.1, as corrected by erratum 1690. */
const LONGEST_ADDRESS = 254;
const LONGEST_LOCAL_PART = 64;

/**
 * The characters of HTML's `input type=email`, letters of any language (RFC 6531), no dot at an end or beside another,
 * and a domain of at least two labels. Quoted local parts and address literals do not occur in files.
 */
const address =
	/^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*@(?:[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}-]*[\p{L}\p{N}\p{M}])?\.)+(?!\d+$)[\p{L}\p{N}][\p{L}\p{N}\p{M}-]*[\p{L}\p{N}\p{M}]$/u;

const LETTER = 1;
const DIGIT = 2;
const HYPHEN = 4;
const DOT = 8;
const SIGN = 16;

/** What each ASCII character may be in an address; 0 is none of it. */
const kinds = new Uint8Array(128);
for (let code = 0; code < kinds.length; code++) {
	const character = String.fromCharCode(code);
	if (/[A-Za-z]/.test(character)) kinds[code] = LETTER;
	else if (/\d/.test(character)) kinds[code] = DIGIT;
	else if (character === '-') kinds[code] = HYPHEN;
	else if (character === '.') kinds[code] = DOT;
	else if (/[\w!#$%&'*+/=?^`{|}~]/.test(character)) kinds[code] = SIGN;
}

const AT = 0x40;

/**
 * Whether it is such an address in plain letters, as nearly every one is. One pass, because it runs for every address of
 * every row; what it does not take is left to the pattern.
 */
function isPlainAddress(text: string): boolean {
	const { length } = text;
	let last = DOT;
	let index = 0;
	for (; index < length; index++) {
		const code = text.charCodeAt(index);
		if (code === AT) break;
		const kind = kinds[code] ?? 0;
		if (kind === 0 || (kind & last) === DOT) return false;
		last = kind;
	}
	if (last === DOT || index > LONGEST_LOCAL_PART) return false;
	const domainStart = index + 1;
	let labelStart = domainStart;
	let inLabel = 0; // kinds of all characters since the last dot
	last = DOT;
	for (index = domainStart; index < length; index++) {
		const kind = kinds[text.charCodeAt(index)] ?? 0;
		if ((kind & (LETTER | DIGIT)) !== 0) {
			inLabel |= kind;
		} else if (kind === HYPHEN) {
			if (last === DOT) return false;
			inLabel |= kind;
		} else {
			if (kind !== DOT || last === DOT || last === HYPHEN) return false;
			labelStart = index + 1;
			inLabel = 0;
		}
		last = kind;
	}
	return labelStart > domainStart && inLabel === LETTER && length - labelStart >= 2;
}

/** Whether the text has the form `name@domain`. */
export function isEmail(text: string): boolean {
	if (text.length > LONGEST_ADDRESS) return false;
	if (isPlainAddress(text)) return true;
	const at = text.lastIndexOf('@');
	return at >= 1 && at <= LONGEST_LOCAL_PART && address.test(text);
}
