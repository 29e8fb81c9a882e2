/** Beginnings of up to four signs count extra, by a tenth each: Winkler's own figures. */
const LONGEST_PREFIX = 4;
const PREFIX_SCALE = 0.1;

/** Longer texts are compared by their words; what stands behind this many signs does not count. */
const LONGEST = 64;

const codesA = new Uint16Array(LONGEST);
const codesB = new Uint16Array(LONGEST);
const usedA = new Uint8Array(LONGEST);
const usedB = new Uint8Array(LONGEST);

/** Reads into the buffers that all calls share: this runs for millions of pairs. */
function load(text: string, codes: Uint16Array, used: Uint8Array): number {
	const length = Math.min(text.length, LONGEST);
	for (let i = 0; i < length; i++) codes[i] = text.charCodeAt(i);
	used.fill(0, 0, length);
	return length;
}

/** Counts signs that both have, not further apart than half of the longer text. */
function matchSigns(lengthA: number, lengthB: number): number {
	const reach = Math.max(0, (Math.max(lengthA, lengthB) >> 1) - 1);
	let matches = 0;
	for (let i = 0; i < lengthA; i++) {
		const end = Math.min(lengthB, i + reach + 1);
		for (let j = Math.max(0, i - reach); j < end; j++) {
			if (usedB[j] === 1 || codesA[i] !== codesB[j]) continue;
			usedA[i] = usedB[j] = 1;
			matches++;
			break;
		}
	}
	return matches;
}

/** Counts matched signs that stand in another order. */
function misplacedSigns(lengthA: number): number {
	let misplaced = 0;
	for (let i = 0, j = 0; i < lengthA; i++) {
		if (usedA[i] === 0) continue;
		while (usedB[j] === 0) j++;
		if (codesA[i] !== codesB[j]) misplaced++;
		j++;
	}
	return misplaced;
}

/**
 * How alike two short texts are, from 0 to 1.
 *
 * M. A. Jaro, Advances in record-linkage methodology (1989); W. E. Winkler, String comparator metrics (1990).
 */
export function jaroWinkler(a: string, b: string): number {
	if (a === b) return a === '' ? 0 : 1;
	const lengthA = load(a, codesA, usedA);
	const lengthB = load(b, codesB, usedB);
	const matches = lengthA === 0 || lengthB === 0 ? 0 : matchSigns(lengthA, lengthB);
	if (matches === 0) return 0;
	const transposed = misplacedSigns(lengthA) / 2;
	const jaro = (matches / lengthA + matches / lengthB + (matches - transposed) / matches) / 3;
	let prefix = 0;
	const most = Math.min(LONGEST_PREFIX, lengthA, lengthB);
	while (prefix < most && codesA[prefix] === codesB[prefix]) prefix++;
	return jaro + prefix * PREFIX_SCALE * (1 - jaro);
}

/** True where one sign was left out, put in or replaced, or two neighbours were swapped. */
export function isOneEditApart(a: string, b: string): boolean {
	const [short, long] = a.length <= b.length ? [a, b] : [b, a];
	if (long.length - short.length > 1) return false;
	let start = 0;
	while (start < short.length && short[start] === long[start]) start++;
	let end = 0;
	const rest = short.length - start;
	while (end < rest && short.at(-1 - end) === long.at(-1 - end)) end++;
	if (short.length < long.length) return end === rest;
	if (rest - end <= 1) return true;
	return rest - end === 2 && short[start] === long[start + 1] && short[start + 1] === long[start];
}
