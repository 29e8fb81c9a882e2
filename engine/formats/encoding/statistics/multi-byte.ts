import { frequentCharacters } from './frequent-characters';
import type { Sample } from './sample';
import type { Guess } from './single-byte';

/** Negative logarithms of one character of a kind; from the share of the kind in text and the number of characters in it. */
const COST = {
	/** Kana, and the full stops and brackets of Japanese. */
	kana: 4.2,
	/** One of the frequent characters of the language. */
	frequent: 6.1,
	/** Of the level that a standard gives to characters in common use. */
	usual: 9.2,
	/** Punctuation and letters of full width. */
	sign: 6.5,
	/** Of the level for names of persons and places, or another script. */
	rare: 12.5,
	/** Of an extension. */
	veryRare: 15,
	halfWidthKana: 5.5,
	invalid: 18,
	/** A letter of ASCII beside such a character: words are seldom mixed. */
	mixed: 3,
};

/** What stands at a place: how many bytes it has, and which kind of character it is. */
interface Step {
	length: number;
	cost: number;
}

interface MultiByteCandidate {
	encoding: string;
	language: string;
	handicap: number;
	/** The characters that cost less than their row. */
	frequent: string;
	/** The kind of a character by its first byte (always 0x80 or above) and the bytes behind it. */
	step(bytes: Buffer, at: number): Step;
}

const invalid: Step = { length: 1, cost: COST.invalid };
const within = (byte: number, low: number, high: number) => byte >= low && byte <= high;
const isLetter = (byte: number) => within(byte | 0x20, 0x61, 0x7a) && byte < 0x80;
const isHalfWidth = (byte: number) => within(byte, 0xa1, 0xdf);
const pair = (cost: number): Step => ({ length: 2, cost });

const candidates: readonly MultiByteCandidate[] = [
	{
		// JIS X 0208 shifted (JIS X 0208 Annex 1); first level of Kanji: rows 16 to 47
		encoding: 'shift_jis',
		language: 'Japanese',
		handicap: 1,
		frequent: frequentCharacters.japaneseKanji,
		step(bytes, at) {
			const first = bytes[at] ?? 0;
			if (isHalfWidth(first)) {
				const alone = !isHalfWidth(bytes[at - 1] ?? 0) && !isHalfWidth(bytes[at + 1] ?? 0);
				return { length: 1, cost: COST.halfWidthKana + (alone ? 4 : 0) };
			}
			const second = bytes[at + 1] ?? 0;
			if (first === 0x80 || first === 0xa0 || first > 0xfc) return invalid;
			if (second < 0x40 || second === 0x7f || second > 0xfc) return invalid;
			if (first === 0x82) return pair(second >= 0x9f ? COST.kana : COST.sign + 2);
			if (first === 0x83) return pair(second <= 0x96 ? COST.kana : COST.rare);
			if (first === 0x81) return pair(within(second, 0x41, 0x7a) ? COST.sign : COST.usual);
			if (within(first, 0x89, 0x97) || (first === 0x88 && second >= 0x9f)) return pair(COST.usual);
			if (first === 0x98) return pair(second <= 0x72 ? COST.usual : COST.rare);
			return pair(within(first, 0x99, 0xea) ? COST.rare : COST.veryRare);
		},
	},
	{
		encoding: 'euc-jp',
		language: 'Japanese',
		handicap: 1.5,
		frequent: frequentCharacters.japaneseKanji,
		step(bytes, at) {
			const first = bytes[at] ?? 0;
			const second = bytes[at + 1] ?? 0;
			if (first === 0x8e)
				return within(second, 0xa1, 0xdf) ? pair(COST.halfWidthKana + 3) : invalid;
			if (first === 0x8f) {
				const third = bytes[at + 2] ?? 0;
				return second > 0xa0 && third > 0xa0 ? { length: 3, cost: COST.veryRare } : invalid;
			}
			if (first < 0xa1 || second < 0xa1 || first === 0xff || second === 0xff) return invalid;
			if (first === 0xa4 || first === 0xa5) return pair(second <= 0xf6 ? COST.kana : COST.rare);
			if (first === 0xa1) return pair(COST.sign);
			if (first === 0xa3) return pair(COST.sign + 2);
			if (within(first, 0xb0, 0xcf)) return pair(COST.usual);
			return pair(within(first, 0xd0, 0xf4) ? COST.rare : COST.veryRare);
		},
	},
	{
		// GB 2312: rows 16 to 55 are the first level; what lies outside came with GBK
		encoding: 'gb18030',
		language: 'Chinese',
		handicap: 1,
		frequent: frequentCharacters.simplifiedChinese,
		step(bytes, at) {
			const first = bytes[at] ?? 0;
			const second = bytes[at + 1] ?? 0;
			if (first === 0x80 || first === 0xff) return invalid;
			if (within(second, 0x30, 0x39)) {
				const four =
					within(bytes[at + 2] ?? 0, 0x81, 0xfe) && within(bytes[at + 3] ?? 0, 0x30, 0x39);
				return four ? { length: 4, cost: COST.veryRare } : invalid;
			}
			if (second < 0x40 || second === 0x7f || second === 0xff) return invalid;
			if (second < 0xa1 || first < 0xa1) return pair(COST.veryRare);
			if (first === 0xa1 || first === 0xa3) return pair(COST.sign);
			if (within(first, 0xb0, 0xd7)) return pair(COST.usual);
			return pair(within(first, 0xd8, 0xf7) ? COST.rare : COST.rare + 1);
		},
	},
	{
		// Big5: first bytes A4 to C6 are the characters in common use
		encoding: 'big5',
		language: 'Chinese (traditional)',
		handicap: 1,
		frequent: frequentCharacters.traditionalChinese,
		step(bytes, at) {
			const first = bytes[at] ?? 0;
			const second = bytes[at + 1] ?? 0;
			if (first < 0x81 || first === 0xff) return invalid;
			if (!within(second, 0x40, 0x7e) && !within(second, 0xa1, 0xfe)) return invalid;
			if (within(first, 0xa4, 0xc5) || (first === 0xc6 && second <= 0x7e)) return pair(COST.usual);
			if (first === 0xa1) return pair(COST.sign);
			if (first === 0xa2 || first === 0xa3) return pair(COST.usual);
			return pair(within(first, 0xc9, 0xf9) ? COST.rare : COST.veryRare);
		},
	},
	{
		// KS X 1001: rows 16 to 40 are the syllables in common use; UHC has the others
		encoding: 'euc-kr',
		language: 'Korean',
		handicap: 1,
		frequent: frequentCharacters.hangul,
		step(bytes, at) {
			const first = bytes[at] ?? 0;
			const second = bytes[at + 1] ?? 0;
			if (first < 0x81 || first === 0xff) return invalid;
			const letter = within(second, 0x41, 0x5a) || within(second, 0x61, 0x7a);
			if (!letter && (second < 0x81 || second === 0xff)) return invalid;
			if (first < 0xa1 || second < 0xa1) {
				return first <= 0xc6 ? pair(COST.veryRare - 1) : invalid;
			}
			if (within(first, 0xb0, 0xc8)) return pair(COST.usual - 0.5);
			if (first === 0xa1 || first === 0xa3) return pair(COST.sign + 0.5);
			if (first === 0xa4) return pair(COST.usual);
			return pair(COST.rare);
		},
	},
];

const frequentPairs = new Map<string, Uint8Array>();

/** 1 for each pair of bytes that stands for a frequent character. */
function pairsOf({ encoding, frequent }: MultiByteCandidate): Uint8Array {
	const known = frequentPairs.get(encoding);
	if (known !== undefined) return known;
	const wanted = new Set(frequent);
	const decoder = new TextDecoder(encoding);
	const pairs = new Uint8Array(65536);
	const row = new Uint8Array(3 * 0x100);
	for (let first = 0x81; first < 0xff; first++) {
		for (let second = 0; second < 0x100; second++) {
			// a line end behind each pair, so that an invalid one does not touch the next
			row.set([first, Math.max(second, 0x40), 0x0a], second * 3);
		}
		const characters = decoder.decode(row).split('\n');
		characters.forEach((character, second) => {
			if (wanted.has(character)) pairs[(first << 8) | second] = 1;
		});
	}
	frequentPairs.set(encoding, pairs);
	return pairs;
}

/** Makes the tables that the first guess would make, a piece at a time. */
export function* prepareMultiByte(): Generator<void> {
	for (const candidate of candidates) {
		pairsOf(candidate);
		yield;
	}
}

/** How well each encoding of several bytes a character explains the lines of the sample. */
export function guessMultiByte({ lines }: Sample): Guess[] {
	let highBytes = 0;
	for (const byte of lines) if (byte >= 0x80) highBytes++;
	const guesses: Guess[] = [];
	for (const candidate of candidates) {
		const total = costOf(candidate, lines, highBytes * COST.rare);
		if (total === undefined) continue;
		const { encoding, handicap, language } = candidate;
		guesses.push({ encoding, cost: total / highBytes, handicap, language });
	}
	return guesses;
}

/** The cost of all characters beyond ASCII; nothing when it grows beyond all that is plausible. */
function costOf(candidate: MultiByteCandidate, lines: Buffer, limit: number): number | undefined {
	const frequent = pairsOf(candidate);
	let total = 0;
	let behindLetter = false;
	for (let at = 0; at < lines.length;) {
		const first = lines[at] ?? 0;
		if (first < 0x80) {
			behindLetter = isLetter(first);
			at++;
			continue;
		}
		const { length, cost } = candidate.step(lines, at);
		const second = lines[at + 1] ?? 0;
		total += length === 2 && frequent[(first << 8) | second] === 1 ? COST.frequent : cost;
		if (behindLetter) total += COST.mixed;
		behindLetter = false;
		at += length;
		if (isLetter(lines[at] ?? 0)) total += COST.mixed;
		if (total > limit) return undefined;
	}
	return total;
}
